#!/bin/bash
# Every decision is in the contents of docs/decisions.md, and CONTRIBUTING.md is
# short and names files that are there.  Links are docs_links.sh's.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# check DIRECTORY: what is wrong with the pages there, one a line
check()
{
	(cd "$1" && perl -CSD -Mutf8 -e '
		my (%anchors, %text);
		for my $page (@ARGV)
		{
			open(my $in, "<:encoding(UTF-8)", $page) or die "$page: $!";
			my ($code, %seen) = (0);
			while (<$in>)
			{
				$code = !$code if /^\s*```/;
				next if $code || /^\t/;
				$text{$page} .= $_;
				next unless /^#+ (.*)/;
				# as GitHub makes an anchor of a heading
				my $heading = $1;
				my $anchor = lc $heading;
				$anchor =~ s/[^\w\- ]//g;
				$anchor =~ s/ /-/g;
				$anchor .= "-" . $seen{$anchor} if $seen{$anchor}++;
				push @{$anchors{$page}}, [$anchor, $heading];
			}
		}
		my $page = "docs/decisions.md";
		for (@{$anchors{$page}})
		{
			my ($anchor, $heading) = @$_;
			next if $heading eq "Decisions" || index($text{$page}, "\n- [$heading](#$anchor)\n") >= 0;
			print "$page: not in the contents: - [$heading](#$anchor)\n";
		}
		my %missing;
		while ($text{"CONTRIBUTING.md"} =~ /`((?:src|sql|bin|docs|test|bench|data|expected)\/[\w.\/-]*)/g)
		{
			$missing{$1} = 1 unless -e $1 || $1 =~ /FROM--TO|ROOM|\/x\.|\/x_$/;
		}
		print "CONTRIBUTING.md: no file $_\n" for sort keys %missing;
		' CONTRIBUTING.md docs/decisions.md)
}

mkdir "$tmp/docs" "$tmp/src" "$tmp/src/room"
printf '# Decisions\n\n- [A, and `b`](#a-and-b)\n- [C](#d)\n\n## A, and `b`\n\n## C\n' >"$tmp/docs/decisions.md"
printf 'See `src/room/` and `src/nothing.c`.\n' >"$tmp/CONTRIBUTING.md"
same "what is wrong with planted pages is found" "CONTRIBUTING.md: no file src/nothing.c
docs/decisions.md: not in the contents: - [C](#c)" "$(check "$tmp" | LC_ALL=C sort)"
check "$root" >"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then
	not_ok "docs/decisions.md lists every decision, and the files of CONTRIBUTING.md are there"
	remark 100 <"$tmp/wrong"
else
	ok "docs/decisions.md lists every decision, and the files of CONTRIBUTING.md are there"
fi
lines=$(wc -l <"$root/CONTRIBUTING.md")
if [ "$lines" -le 200 ]; then
	ok "CONTRIBUTING.md has at most 200 lines"
else
	not_ok "CONTRIBUTING.md has at most 200 lines: $lines"
fi

finish
