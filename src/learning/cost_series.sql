-- cost_series: the cost history of one technology, a row for each period.
-- src/learning/cost_series.c

-- @flat_type
--	type = cost_series
--	argument = series
--	comment = cost history of one technology, a row a period: made by cost_series() and two_factor_series(), merged by rollup(), read by points(), wright(), moore(), curve_fits() and the other estimators
--	storage = extended

-- Aggregates.  The state is the value itself.  Each comes with the period as a
-- number of calendar years and as a timestamp (which a date becomes by
-- itself), with typed quantities and with plain numbers.

-- @movable_state
--	type = cost_series
--	argument = series
--	space = 1024
--	unbounded = yes
--	rolled_up = the series of all rows of the given ones, such as decades of one technology; series of unequal units, clocks or columns are an error, and so are two rows of one period

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period double precision, cost cost_per_gwh
--	comment = cost history, one row a period: period in calendar years, cost in US$/kWh; NULL skips a row, two rows of a period are an error
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_years

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period double precision, cumulative capacity_gwh, cost cost_per_gwh
--	comment = cost history with cumulative volume, its own period included, which may not fall: period in calendar years, in GWh and US$/kWh; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_years

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period double precision, annual capacity_gwh, cumulative capacity_gwh, cost cost_per_gwh
--	comment = cost history with annual volume, which may be 0, and the cumulative volume that includes it: period in calendar years, in GWh and US$/kWh; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_years

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period double precision, cost double precision
--	comment = cost history, one row a period: period in calendar years, cost a plain number; NULL skips a row, two rows of a period are an error
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_years_float8

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period double precision, cumulative double precision, cost double precision
--	comment = cost history with cumulative volume, its own period included, which may not fall: period in calendar years, plain numbers; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_years_float8

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period double precision, annual double precision, cumulative double precision, cost double precision
--	comment = cost history with annual volume, which may be 0, and the cumulative volume that includes it: period in calendar years, plain numbers; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_years_float8

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period timestamp without time zone, cost cost_per_gwh
--	comment = cost history, one row a period: period a date or timestamp, cost in US$/kWh; NULL skips a row, two rows of a period are an error
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_calendar

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period timestamp without time zone, cumulative capacity_gwh, cost cost_per_gwh
--	comment = cost history with cumulative volume, its own period included, which may not fall: period a date or timestamp, in GWh and US$/kWh; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_calendar

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period timestamp without time zone, annual capacity_gwh, cumulative capacity_gwh, cost cost_per_gwh
--	comment = cost history with annual volume, which may be 0, and the cumulative volume that includes it: period a date or timestamp, in GWh and US$/kWh; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_calendar

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period timestamp without time zone, cost double precision
--	comment = cost history, one row a period: period a date or timestamp, cost a plain number; NULL skips a row, two rows of a period are an error
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_calendar_float8

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period timestamp without time zone, cumulative double precision, cost double precision
--	comment = cost history with cumulative volume, its own period included, which may not fall: period a date or timestamp, plain numbers; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_calendar_float8

-- @value_aggregate
--	aggregate = cost_series
--	arguments = period timestamp without time zone, annual double precision, cumulative double precision, cost double precision
--	comment = cost history with annual volume, which may be 0, and the cumulative volume that includes it: period a date or timestamp, plain numbers; NULL skips a row
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = cost_series_accum_calendar_float8

-- The same with a second factor.  A name of its own, because a series of plain
-- numbers with a factor and without annual volumes has as many arguments, of
-- the same types, as one with annual volumes.

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period double precision, cumulative capacity_gwh, cost cost_per_gwh, factor double precision
--	comment = cost history with a second factor above zero (patents, R&D stock, a material price) for two_factor(), in GWh and US$/kWh; period in calendar years; other rules as of cost_series()
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_years

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period double precision, annual capacity_gwh, cumulative capacity_gwh, cost cost_per_gwh, factor double precision
--	comment = the same with annual volume, for curve_fits() and the families that need it, in GWh and US$/kWh; period in calendar years
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_years

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period double precision, cumulative double precision, cost double precision, factor double precision
--	comment = cost history with a second factor above zero (patents, R&D stock, a material price) for two_factor(), plain numbers; period in calendar years; other rules as of cost_series()
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_years_float8

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period double precision, annual double precision, cumulative double precision, cost double precision, factor double precision
--	comment = the same with annual volume, for curve_fits() and the families that need it, plain numbers; period in calendar years
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_years_float8

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period timestamp without time zone, cumulative capacity_gwh, cost cost_per_gwh, factor double precision
--	comment = cost history with a second factor above zero (patents, R&D stock, a material price) for two_factor(), in GWh and US$/kWh; period a date or timestamp; other rules as of cost_series()
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_calendar

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period timestamp without time zone, annual capacity_gwh, cumulative capacity_gwh, cost cost_per_gwh, factor double precision
--	comment = the same with annual volume, for curve_fits() and the families that need it, in GWh and US$/kWh; period a date or timestamp
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_calendar

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period timestamp without time zone, cumulative double precision, cost double precision, factor double precision
--	comment = cost history with a second factor above zero (patents, R&D stock, a material price) for two_factor(), plain numbers; period a date or timestamp; other rules as of cost_series()
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_calendar_float8

-- @value_aggregate
--	aggregate = two_factor_series
--	arguments = period timestamp without time zone, annual double precision, cumulative double precision, cost double precision, factor double precision
--	comment = the same with annual volume, for curve_fits() and the families that need it, plain numbers; period a date or timestamp
--	state = cost_series
--	space = 512
--	unbounded = yes
--	transition = two_factor_series_accum_calendar_float8

-- Reading a series

CREATE FUNCTION observations(series cost_series) RETURNS bigint
	AS 'MODULE_PATHNAME', 'cost_series_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(cost_series) IS 'number of rows, which is of periods';

CREATE FUNCTION units(series cost_series) RETURNS text
	AS 'MODULE_PATHNAME', 'cost_series_units' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION units(cost_series) IS
	'what volumes and costs are counted in: "GWh, US$/kWh", or "none" for a series of double precision values';

CREATE FUNCTION points(
	series cost_series,
	OUT year double precision, OUT moment timestamp without time zone,
	OUT annual double precision, OUT cumulative double precision,
	OUT cost double precision, OUT factor double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'cost_series_points' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 30;
COMMENT ON FUNCTION points(cost_series) IS
	'the rows in order of time: year (2024-07-01 is 2024 + 182/366), moment (NULL when periods are numbers), volumes in GWh and cost in US$/kWh or plain; absent columns are NULL';
