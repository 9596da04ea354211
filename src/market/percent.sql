/*-------------------------------------------------------------------------
 * market_shares_from_percent: shares as reports print them
 *-------------------------------------------------------------------------
 */

-- @market_aggregate
--	aggregate = market_shares_from_percent
--	arguments = member text, percent numeric
--	comment = market of printed percentages: what is not listed of the 100 is unattributed, NULL is withheld; each is known to half a unit of its last decimal as written (37.0 has one, 37 none)
--	add = market_shares_add_percent
--	subtract = market_shares_subtract_percent
--	reads = percent_numeric

-- @market_aggregate
--	aggregate = market_shares_from_percent
--	arguments = member text, percent numeric, stated_total numeric
--	comment = the same of a stated total (the same in every row that has one); a sum above it beyond rounding is flagged by total_exceeded
--	add = market_shares_add_percent
--	subtract = market_shares_subtract_percent
--	reads = percent_numeric

-- @market_aggregate
--	aggregate = market_shares_from_percent
--	arguments = member text, percent double precision
--	comment = the same, each known to half a unit of the last decimal of its shortest form (37.0 reads as 37: write round(percent::numeric, 1) where reports print one decimal)
--	add = market_shares_add_percent
--	subtract = market_shares_subtract_percent
--	reads = percent_float8

-- @market_aggregate
--	aggregate = market_shares_from_percent
--	arguments = member text, percent double precision, stated_total double precision
--	comment = the same of a stated total (the same in every row that has one); a sum above it beyond rounding is flagged by total_exceeded
--	add = market_shares_add_percent
--	subtract = market_shares_subtract_percent
--	reads = percent_float8
