#!/bin/bash
# csvkit 1.0.7 (Debian 1.0.7-1, agate 1.6.3) and what it takes printed figures for.
#
# Input: a valid CSV file, a line of which is a maker's figures as reports print them:
#   capacity  300m           300 million (a column of such amounts)
#   range     10-12          from 10 to 12 GWh
#   month     Dec 23         December 2023
#   share     12% beside 0.3
#   price     "1,5"          one and a half, with a decimal comma
# Expected of a converter to CSV: the same texts, or a refusal; numbers and days where
# they can be nothing else.
# Seen in the output of in2csv, with exit status 0 and no word: 300 minutes ("5:00:00"),
# the 12th of October 2001, the 23rd of December of the year 1, 12 beside 0.3, and 15.
# csvstat adds the minutes up.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
packages=(csvkit=1.0.7-1 python3-csvkit=1.0.7-1 python3-agate=1.6.3-2 python3-agateexcel=0.2.5-2 python3-agatedbf=0.2.2-2 python3-agatesql=0.5.8-2
	python3-babel=2.10.3-1 python-babel-localedata=2.10.3-1 python3-dbfread=2.0.7-5 python3-isodate=0.6.1-1 python3-leather=0.3.4-2 python3-olefile=0.46-3
	python3-parsedatetime=2.6-3 python3-pytimeparse=1.1.5-3 python3-slugify=4.0.0-2 python3-unidecode=1.3.6-1 python3-xlrd=1.2.0-3
	python3-sqlalchemy=1.4.46+ds1-1 python3-openpyxl=3.0.9-1 python3-et-xmlfile=1.0.1-2.1 python3-six=1.16.0-4 python3-tz=2022.7.1-4
	python3-future=0.18.2-6)
for package in "${packages[@]}"; do
	apt-get download -q "$package" >>log 2>&1 || { cat log; exit 2; }
done
for file in *.deb; do
	dpkg -x "$file" root
done
export PYTHONPATH=$dir/root/usr/lib/python3/dist-packages

printf '%s\n' 'maker,capacity,range,month,share,price' 'A,300m,10-12,Dec 23,12%,"1,5"' 'B,450m,8-11,Jan 24,0.3,"2,5"' >in.csv
/usr/bin/python3 root/usr/bin/in2csv in.csv | tee out
/usr/bin/python3 root/usr/bin/csvstat -c capacity in.csv | grep 'Sum:' | tr -s '\t ' ' ' | tee -a out
printf '%s\n' 'maker,capacity,range,month,share,price' 'A,5:00:00,2001-10-12,0001-12-23,12,15' 'B,7:30:00,2001-08-11,0001-01-24,0.3,25' ' Sum: 12:30:00' >seen
if cmp -s seen out; then
	echo "as found: amounts become times, ranges and months become days of other years, a decimal comma is left out"
else
	echo "not as found any more"
	exit 1
fi
