#!/bin/bash
# Every link between the pages leads to a file and a heading, every decision is
# in the contents of docs/decisions.md, and CONTRIBUTING.md is short and names
# files that are there.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# check DIRECTORY: what is wrong with the pages there, one a line
check()
{
	(cd "$1" && perl -CSD -Mutf8 -e '
		use File::Basename;
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
		for my $page (@ARGV)
		{
			while ($text{$page} =~ /\]\(([^)\s]+)\)/g)
			{
				my ($file, $anchor) = split /#/, $1, 2;
				next if $file =~ /^\w+:/;
				my $to = $file eq "" ? $page : dirname($page) . "/$file";
				1 while $to =~ s{(^|/)\./}{$1} or $to =~ s{[^/]+/\.\./}{};
				if (!-e $to) { print "$page: no file $file\n" }
				elsif (defined $anchor && !grep { $_->[0] eq $anchor } @{$anchors{$to}}) { print "$page: no heading $file#$anchor\n" }
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
		' $(find README.md CHANGELOG.md CONTRIBUTING.md docs src -name '*.md' | sort))
}

mkdir "$tmp/docs" "$tmp/src" "$tmp/src/room"
printf '# Decisions\n\n- [A, and `b`](#a-and-b)\n- [C](#d)\n\n## A, and `b`\n\n## C\n' >"$tmp/docs/decisions.md"
printf 'See `src/room/` and `src/nothing.c`.\n' >"$tmp/CONTRIBUTING.md"
printf '[x](docs/x.md) [d](docs/decisions.md#c) [e](docs/decisions.md#e)\n' >"$tmp/README.md"
printf '# Room\n' | tee "$tmp/CHANGELOG.md" >"$tmp/src/room/README.md"
same "what is wrong with planted pages is found" "CONTRIBUTING.md: no file src/nothing.c
README.md: no file docs/x.md
README.md: no heading docs/decisions.md#e
docs/decisions.md: no heading #d
docs/decisions.md: not in the contents: - [C](#c)" "$(check "$tmp" | LC_ALL=C sort)"
check "$root" >"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then
	not_ok "links lead somewhere, and docs/decisions.md lists every decision"
	remark 100 <"$tmp/wrong"
else
	ok "links lead somewhere, and docs/decisions.md lists every decision"
fi
lines=$(wc -l <"$root/CONTRIBUTING.md")
if [ "$lines" -le 200 ]; then
	ok "CONTRIBUTING.md has at most 200 lines"
else
	not_ok "CONTRIBUTING.md has at most 200 lines: $lines"
fi

finish
