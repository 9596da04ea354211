-- Block 2: what a GWh of new plant costs
\echo
\echo '==== 2. What a GWh of new cell plant costs ===='
\echo
\echo 'CATL: investment over capacity of six announced expansions (TCIP report), one by one and'
\echo 'together. Million US$ per GWh a year.'
\echo

SELECT site, country, capacity AS gwh, round(investment_usd / 1e9, 2) AS bn_usd,
	   to_unit(marginal_cost(investment_usd, capacity), 'million USD/GWh', 1) AS musd_per_gwh
FROM capacity_expansion
WHERE maker = 'CATL'
GROUP BY site, country, capacity, investment_usd
ORDER BY marginal_cost(investment_usd, capacity);

CREATE TABLE plant_cost AS
SELECT 1 AS n, 'CATL, all six: sum of US$ / sum of GWh' AS what, sum(capacity) AS gwh,
	   sum(investment_usd) AS usd, marginal_cost(investment_usd, capacity) AS cost
FROM capacity_expansion WHERE maker = 'CATL'
UNION ALL
SELECT 2, 'the same with the total rounded first, as printed (67.3)', sum(capacity),
	   round(sum(investment_usd), -8), marginal_cost(round(investment_usd, -8), capacity)
FROM (SELECT sum(investment_usd) AS investment_usd, sum(capacity) AS capacity
	  FROM capacity_expansion WHERE maker = 'CATL') AS rounded
UNION ALL
SELECT 3, 'CATL in China', sum(capacity), sum(investment_usd), marginal_cost(investment_usd, capacity)
FROM capacity_expansion WHERE maker = 'CATL' AND country = 'CN'
UNION ALL
SELECT 4, 'CATL abroad', sum(capacity), sum(investment_usd), marginal_cost(investment_usd, capacity)
FROM capacity_expansion WHERE maker = 'CATL' AND country <> 'CN'
UNION ALL
SELECT 5, 'others: unweighted mean of four plants (printed 115)', NULL, NULL, avg(cost)
FROM stated_marginal_cost WHERE row_kind = 'member'
UNION ALL
SELECT 6, 'others without Northvolt', NULL, NULL, avg(cost)
FROM stated_marginal_cost WHERE row_kind = 'member' AND maker <> 'Northvolt';

\echo 'Together. The report rounds US$26.44 billion to 26.4 before it divides: hence 67.3, not 67.4.'
\echo 'The mean of the others is not weighted by capacity, so it does not compare with the ratios.'
\echo

SELECT what, gwh, round(usd / 1e9, 2) AS bn_usd,
	   to_unit(cost, 'million USD/GWh', CASE n WHEN 5 THEN 2 ELSE 1 END) AS musd_per_gwh
FROM plant_cost
ORDER BY n;

\if :full
\echo 'Others state two of the six at other amounts (Debrecen and Zaragoza in data/industry). With those:'
\echo

SELECT round(sum(COALESCE(o.usd, e.investment_usd)) / 1e9, 2) AS bn_usd,
	   to_unit(marginal_cost(COALESCE(o.usd, e.investment_usd), e.capacity),
			   'million USD/GWh', 1) AS musd_per_gwh
FROM capacity_expansion AS e
LEFT JOIN other_statement AS o USING (figure_id)
WHERE e.maker = 'CATL';
\endif
