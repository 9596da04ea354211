#!/bin/bash
# Miller 6.6.0 (Debian 6.6.0-2+b3): statistics of a column in which not all is a number.
#
# Input: a valid CSV file with a column of shares: 36.8, "1,015.8" (with a separator of
# thousands), n/a and 13.6.
# Expected of stats1: an error, or the same rows in every statistic.
# Seen, with exit status 0 and no word: sum and mean are of the two that are numbers to
# it, count says 4, so that mean is not sum through count; median and max are of all
# four, texts after numbers, so that the median is the text "1,015.8", and the
# largest is n/a.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

version=6.6.0-2+b3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q "miller=$version" >log 2>&1 || { cat log; exit 2; }
dpkg -x miller_*.deb root

printf '%s\n' 'maker,share' 'A,36.8' 'B,"1,015.8"' 'C,n/a' 'others,13.6' >in.csv
root/usr/bin/mlr --version
root/usr/bin/mlr --icsv --oxtab stats1 -a count,sum,mean,median,max -f share in.csv | tee out
printf '%s\n' 'share_count  4' 'share_sum    50.4' 'share_mean   25.2' 'share_median 1,015.8' 'share_max    n/a' >seen
if cmp -s seen out; then
	echo "as found: each statistic is of other rows"
else
	echo "not as found any more"
	exit 1
fi
