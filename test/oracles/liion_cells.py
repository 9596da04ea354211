#!/usr/bin/env python3
"""The series of lithium-ion cells as the oracles read it, from data/industry.

Prints CSV: year, US$ of 2018 per kWh, MWh and million cells sold in the year,
patents filed.  Run in the repository's root, or import rows().
"""
import csv
import sys

COLUMNS = ['year', 'price_usd2018_per_kwh', 'annual_market_mwh', 'annual_market_million_cells', 'patents_filed']


def rows():
    """One dict a year, of text as printed; '' where nothing is printed."""
    def read(kind):
        return csv.DictReader(open('data/industry/%s.zt-2021.csv' % kind, encoding='utf-8'))

    years = {r['period']: dict.fromkeys(COLUMNS, '') | {COLUMNS[0]: r['period'], COLUMNS[1]: r['cost']} for r in read('price')}
    for r in read('capacity'):
        value, unit = r['capacity'].split(' ')
        years[r['period']][COLUMNS[2]] = {'MWh': value}[unit]
    for r in read('stated_figure'):
        column = {'annual_market_cells': COLUMNS[3], 'patents_filed': COLUMNS[4]}.get(r['metric'])
        if column:
            years[r['period']][column] = r['value']
    return [years[year] for year in sorted(years)]


if __name__ == '__main__':
    out = csv.DictWriter(sys.stdout, COLUMNS, lineterminator='\n')
    out.writeheader()
    out.writerows(rows())
