# Makes the install script out of its parts: awk -f src/sql/expand.awk PART...
#
# A part is SQL and is copied as it is, but for the declarations in it:
#
#	-- @flat_type
#	--	type = learning_curve
#	--	argument = curve
#
# stands for the template flat_type.sql.in beside this program, with each {key}
# in it replaced by its value.  A template may itself hold declarations, with {key}
# in their values too; their templates know the outer values.  In a template
#
#	{if key}	up to	{end}	is left out where key has no value, {if !key} where it
#				has one;
#	# ...		at the start of a line is a note that is not copied.
#
# A key that a template asks for and nobody gives, and one that is given and
# that nothing asks for, are errors.
#
# What only servers from a version on have stands, in a part or a template, between
#
#	-- @server 18
#	-- @end
#
# These are whole statements, or lines within a CREATE AGGREGATE.  The script for all
# servers is without them.  awk -v step=18 makes the step that adds them: the statements,
# and the aggregates that have such lines, to be replaced by what they are there.

BEGIN {
	step += 0
	block = 0
	if (step)
		print "\\echo Use \"ALTER EXTENSION battery UPDATE\" to load this file. \\quit"
	for (i = 1; i < ARGC; i++) {
		if (i > 1)
			put("")
		copy(ARGV[i], 0)
	}
	exit failed
}

# Print a line where it belongs.
function put(line)
{
	if (!block && !in_aggregate && line ~ /^CREATE AGGREGATE /) {
		in_aggregate = 1
		aggregate = "CREATE OR REPLACE" substr(line, 7)
		is_changed = 0
		if (!step)
			print line
		return
	}
	if (in_aggregate && step) {
		if (block <= step)
			aggregate = aggregate "\n" line
		if (block == step)
			is_changed = 1
	} else if (block == step)
		print line
	if (in_aggregate && !block && line ~ /;$/) {
		in_aggregate = 0
		if (step && is_changed)
			print aggregate
	}
}

function complain(file, message)
{
	print file ": " message | "cat >&2"
	failed = 1
}

# Copy a file, with the declarations in it expanded.
function copy(file, depth,    line, status, name, key, skipping)
{
	name = ""
	while ((status = (getline line <file)) > 0) {
		if (name != "" && line ~ /^--\t[a-z_]+ = /) {
			declare(depth > 0 ? filled(file, substr(line, 4)) : substr(line, 4))
			continue
		}
		if (name != "") {
			expand(file, name, depth)
			name = ""
		}
		if (depth > 0) {
			if (line ~ /^#/)
				continue
			if (line ~ /^[{]if !?[a-z_]+[}]$/) {
				key = substr(line, 5, length(line) - 5)
				if (sub(/^!/, "", key))
					skipping = given(key)
				else
					skipping = !given(key)
				continue
			}
			if (line == "{end}") {
				skipping = 0
				continue
			}
			if (skipping)
				continue
			line = filled(file, line)
		}
		if (line ~ /^\t*-- @server [0-9]+$/) {
			if (block)
				complain(file, "@server within @server")
			block = line
			sub(/.* /, "", block)
			block += 0
		} else if (line ~ /^\t*-- @end$/) {
			if (!block)
				complain(file, "@end without @server")
			block = 0
		} else if (line ~ /^-- @[a-z_]+$/)
			name = substr(line, 5)
		else
			put(line)
	}
	if (name != "")
		expand(file, name, depth)
	if (depth == 0 && block)
		complain(file, "@server without @end")
	if (status < 0)
		complain(file, "cannot be read")
	close(file)
}

function declare(assignment,    at)
{
	at = index(assignment, " = ")
	value[substr(assignment, 1, at - 1)] = substr(assignment, at + 3)
}

# A declaration in a part begins with no values and leaves none behind.
function expand(file, name, depth,    key)
{
	copy("src/sql/" name ".sql.in", depth + 1)
	if (depth > 0)
		return
	for (key in value)
		if (!(key in used))
			complain(file, "@" name " does not use " key)
	delete value
	delete used
}

function given(key)
{
	used[key] = 1
	return key in value
}

# The line with every {key} replaced, once: values are not looked into.
function filled(file, line,    done, key)
{
	done = ""
	while (match(line, /[{][a-z_]+[}]/)) {
		key = substr(line, RSTART + 1, RLENGTH - 2)
		if (!given(key))
			complain(file, "no value for {" key "}")
		done = done substr(line, 1, RSTART - 1) value[key]
		line = substr(line, RSTART + RLENGTH)
	}
	return done line
}
