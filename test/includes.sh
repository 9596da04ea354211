#!/bin/bash
# Every room of src/ includes its own headers, those of the ground (src/*.h) and
# what the table of rooms in CONTRIBUTING.md allows it, and nothing else.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
shopt -s globstar

# allowed: "ROOM ROOM-OR-HEADER" for each permission of the table
allowed()
{
	perl -ne 'if (/^\| `src\/(\w+)` \|.*\|([^|]*)\|$/) { my ($room, $list) = ($1, $2); print "$room $_\n" for "", $list =~ /`([\w\/.]+)`/g }' \
		"$root/CONTRIBUTING.md"
}

# forbidden DIRECTORY: includes of the src/ there that the table does not allow,
# and rooms that it does not have
forbidden()
{
	(cd "$1/src" && grep -H '^#include "' -- **/*.[ch]) |
		sed 's/^\(.*\):#include "\(.*\)".*/\1 \2/' |
		while read -r file header; do
			room=${file%/*}
			[ "$room" != "$file" ] || room=ground
			if [ -e "$1/src/$header" ]; then
				of=${header%/*}
				[ "$of" != "$header" ] || of=ground
			elif [ -e "$1/src/${file%/*}/$header" ]; then
				of=$room
			else
				continue				# the server's
			fi
			if [ "$room" != ground ] && ! grep -q "^$room " "$tmp/allowed"; then
				echo "src/$room is not in the table of rooms"
			elif [ "$of" != ground ] && [ "$of" != "$room" ] && ! grep -qxF -e "$room $of" -e "$room $header" "$tmp/allowed"; then
				echo "src/$file includes $header"
			fi
		done | sort -u
}

allowed >"$tmp/allowed"
same "the rooms of CONTRIBUTING.md are the directories that have C files" \
	"$(cd "$root/src" && printf '%s\n' */*.c | cut -d/ -f1 | sort -u)" "$(cut -d' ' -f1 "$tmp/allowed" | sort -u)"
if sed 's/ .*\/.*//' "$tmp/allowed" | awk 'NF == 2' | tsort >/dev/null 2>"$tmp/circle"; then
	ok "no room may include one that may include it"
else
	not_ok "no room may include one that may include it"
	remark <"$tmp/circle"
fi

# what it must find: an include of a room above, and a room that is not named
cp -R "$root/src" "$tmp/src"
mkdir "$tmp/src/cellar"
echo '#include "compat.h"' >"$tmp/src/cellar/cellar.c"
for file in "$tmp"/src/stats/*.c; do
	echo '#include "market/market_shares.h"' >>"$file"
done
echo '#include "stats/bigfloat.h"' >>"$tmp/src/wide.h"
same "forbidden includes that were planted are found" \
	"$(cd "$root/src" && printf 'src/cellar is not in the table of rooms\n'
		printf 'src/%s includes market/market_shares.h\n' stats/*.c
		echo 'src/wide.h includes stats/bigfloat.h')" "$(forbidden "$tmp")"
forbidden "$root" >"$tmp/found"
if [ -s "$tmp/found" ]; then
	not_ok "no other room is included than CONTRIBUTING.md allows"
	remark 50 <"$tmp/found"
else
	ok "no other room is included than CONTRIBUTING.md allows"
fi

finish
