
-- ---------------------------------------------------------------------
-- cost_per_gwh: cost per unit of capacity
-- ---------------------------------------------------------------------

-- @quantity
--	type = cost_per_gwh
--	argument = cost
--	comment = cost per unit of capacity: exact decimal US$ million/GWh (the same number as US$/kWh), stored in 10^-9 US$/kWh
--	number = US$ million/GWh
--	whole = US$/kWh
--	unit = USD/kWh
--	units = a unit such as ''USD/kWh'' or ''million USD/GWh''
--	display = US$67.3 million/GWh
