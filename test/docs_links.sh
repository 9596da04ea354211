#!/bin/bash
# The pages hang together: every relative link leads to a file and, behind #, to a
# heading; every page of docs/ is reached from its contents; every page that is named
# in prose or in a comment is there; no example stands twice; and a result that is
# shown is one that a test prints.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}

# check_pages ROOT: what is wrong, a line each; the number of links to descriptor 3
check_pages()
{
	cd "$1"
	find . -name '*.md' ! -path './.git/*' ! -path '*/node_modules/*' | sed 's|^\./||' | LC_ALL=C sort >"$tmp/pages"

	# headings as GitHub makes anchors of them, and links, each with its page
	xargs awk -v headings="$tmp/headings" -v links="$tmp/links" '
		FNR == 1 { fence = 0; split("", seen); text = "" }
		/^```/ { fence = !fence; next }
		fence { next }
		/^#+ / {
			slug = tolower($0)
			sub(/^#+ +/, "", slug)
			gsub(/[^a-z0-9 _-]/, "", slug)
			gsub(/ /, "-", slug)
			n = seen[slug]++
			print FILENAME "#" slug (n ? "-" n : "") >headings
		}
		{
			# a link may go over the end of a line, its target may not
			text = $0
			gsub(/`[^`]*`/, "", text)
			while (match(text, /\]\([^) ]+\)/)) {
				print FILENAME "\t" FNR "\t" substr(text, RSTART + 2, RLENGTH - 3) >links
				text = substr(text, RSTART + RLENGTH)
			}
		}' <"$tmp/pages"
	: >"$tmp/edges"
	while IFS=$'\t' read -r page line target; do
		case $target in *://* | mailto:*) continue ;; esac
		file=${target%%#*}
		anchor=
		[[ $target != *'#'* ]] || anchor=$(tr '[:upper:]' '[:lower:]' <<<"${target#*#}" | LC_ALL=C tr -cd 'a-z0-9_-')
		if [ -z "$file" ]; then
			file=$page
		else
			file=$(realpath -m --relative-to=. "$(dirname "$page")/$file")
		fi
		if [ ! -e "$file" ]; then
			echo "$page, line $line: $target is not there"
		elif [ -n "$anchor" ] && ! grep -q -x -F "$file#$anchor" "$tmp/headings"; then
			echo "$page, line $line: $target: no such heading"
		fi
		printf '%s\t%s\n' "$page" "$file" >>"$tmp/edges"
	done <"$tmp/links"
	wc -l <"$tmp/links" >&3

	# from the contents on
	echo docs/README.md >"$tmp/reached"
	while :; do
		awk -F '\t' 'NR == FNR { reached[$0]; next } $1 in reached { print $2 }' "$tmp/reached" "$tmp/edges" |
			LC_ALL=C sort -u - "$tmp/reached" >"$tmp/further"
		! cmp -s "$tmp/further" "$tmp/reached" || break
		mv "$tmp/further" "$tmp/reached"
	done
	grep '^docs/' "$tmp/pages" | LC_ALL=C comm -23 - "$tmp/reached" | sed 's/$/: no way leads here from docs\/README.md/'
	grep -q -P '^README.md\tdocs/README.md$' "$tmp/edges" || echo 'README.md does not link to the contents'

	# pages by their path, in prose and in the sources
	grep -r -n -o -I -E --exclude-dir=.git --exclude-dir=node_modules --exclude=docs_links.sh '\b(docs|data)/[A-Za-z/-]+\.md\b' . | sed 's|^\./||' | LC_ALL=C sort | while IFS=: read -r file line name; do
		[ -e "$name" ] || echo "$file, line $line: $name is not there"
	done

	# examples
	xargs awk '
		FNR == 1 { tag = before = body = "" }
		/^```/ && tag == "" {
			tag = $0
			if (tag == "```text" && before != "```sql" && !(before == "```sh" && FILENAME ~ /^docs\/(loading|operations|models|rollups)\.md$/) &&
				!(before ~ /^```(python|js|java|perl|php|r)$/ && FILENAME == "docs/clients.md"))
				print FILENAME ", line " FNR ": a result that nothing prints"
			body = ""
			next
		}
		/^```/ {
			if (tag == "```sql" && body in where)
				print FILENAME ", line " FNR ": the example of " where[body]
			else if (tag == "```sql")
				where[body] = FILENAME ", line " FNR
			before = tag
			tag = ""
			next
		}
		tag != "" { body = body $0 "\n" }' <"$tmp/pages"
}

(check_pages "$root") >"$tmp/wrong" 3>"$tmp/count"
if [ -s "$tmp/wrong" ]; then
	not_ok 'the pages hang together'
	remark 40 <"$tmp/wrong"
else
	ok "the pages hang together ($(wc -l <"$tmp/pages") pages, $(cat "$tmp/count") links)"
fi
same 'and there are some' yes "$([ "$(cat "$tmp/count")" -gt 50 ] && echo yes)"

# The check sees what is wrong.
mkdir -p "$tmp/bad/docs"
printf '%s\n' '# A' '[gone](docs/gone.md) [no heading](docs/README.md#nothing) [fine](docs/README.md#its-name)' \
	'```text' 'a result' '```' '```sql' 'SELECT 1;' '```' >"$tmp/bad/README.md"
printf '%s\n' '# Its name' '```sql' 'SELECT 1;' '```' >"$tmp/bad/docs/README.md"
printf '%s\n' '# Alone' 'See `docs/missing.md`.' >"$tmp/bad/docs/alone.md"
(check_pages "$tmp/bad") >"$tmp/wrong" 3>/dev/null
same 'what is wrong is found' 'README.md, line 2: docs/gone.md is not there
README.md, line 2: docs/README.md#nothing: no such heading
docs/alone.md: no way leads here from docs/README.md
README.md, line 2: docs/gone.md is not there
docs/alone.md, line 2: docs/missing.md is not there
docs/README.md, line 4: the example of README.md, line 8' "$(grep -v 'nothing prints' "$tmp/wrong")"
same 'a result that nothing prints, too' 1 "$(grep -c 'README.md, line 3: a result that nothing prints' "$tmp/wrong")"
finish
