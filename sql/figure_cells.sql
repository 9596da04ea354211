-- What is asked of every cell: trim_cell, plain_number, plain_integer, and the
-- multiple that a figure and a unit state.  What is right is told by core's own
-- btrim, casts and regular expressions.
SET client_min_messages = warning;

CREATE TABLE cell AS
SELECT t FROM unnest(ARRAY['', ' ', E'\t\r\n', U&'\00A0', U&' \00A0 x \00A0', 'a b', ' a', 'a ', U&'\00E9 ', U&'\00A3', 'x',
	'0', '1', '007', '12.50', '.5', '5.', '1.2.3', '-1', '+1', '1e3', '1,000', ' 1', '1 ', '123456789012345', '1234567890123456',
	'1234567890.12345', '12345678901.12345', '999999999', '1234567890', '2022.0', '2022.00', '2022.01', '2022.', 'NaN', 'Infinity',
	repeat('9', 400), U&'\FF15']) AS t;
SELECT count(*) AS differ FROM cell
WHERE trim_cell(t) IS DISTINCT FROM nullif(btrim(t, E' \t\r\n' || U&'\00A0'), '');
SELECT t, plain_number(t) FROM cell
WHERE plain_number(t)::text IS DISTINCT FROM
	CASE WHEN t ~ '^[0-9]+([.][0-9]+)?$' AND length(replace(t, '.', '')) <= 15 THEN t::numeric END::text;
SELECT t, plain_integer(t) FROM cell
WHERE plain_integer(t) IS DISTINCT FROM CASE WHEN t ~ '^[0-9]{1,9}([.]0+)?$' THEN t::numeric::integer END;
-- every short number of digits
SELECT count(*) AS numbers, count(*) FILTER (WHERE plain_number(n::text) IS DISTINCT FROM n) AS wrong
FROM (SELECT round(g / 1000.0, 3) AS n FROM generate_series(0, 2000000, 7) AS g) AS s;
SELECT plain_number(NULL), plain_integer(NULL), trim_cell(NULL);
-- multiples: value and factor have them already
SELECT printed, value, scale FROM unnest(ARRAY['5', '5 million', '$5 bn', '67.5 thousand MWh', '183.6亿元', '1.2-1.5 million USD']) AS printed,
	LATERAL read_figure(printed);
SELECT printed, dimension, factor, scale, currency, unit FROM unnest(ARRAY['MWh', 'thousand MWh', 'million', 'million USD', 'k$', 'bn €', '亿元', '1000 t', '%', 'fraction', 'EUR/kW']) AS printed,
	LATERAL read_unit(printed);
