#!/bin/bash
# Engines that are no part of PostgreSQL and of no Debian package: each script of
# test/engines runs where the server has that engine, and says so where it has not.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

for script in "$(dirname "${BASH_SOURCE[0]}")"/engines/*.sh; do
	"$script" || _failed=1
done
finish
