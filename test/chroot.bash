# Chroots of Debian releases, for what is tested on other machines than this one.
# Sourced, never run.  The bases are made from the machine's own package mirror when
# they are missing, are kept and never changed: each run works in a copy.

dir=${BATTERY_MATRIX_DIR:-/var/tmp/battery-matrix}
declare -A release=([15]=bookworm [17]=trixie [18]=forky)
program=${0##*/}
copies=()

need_root()
{
	[ "$EUID" -eq 0 ] || {
		echo "$program: chroots need root's rights" >&2
		exit 3
	}
}

clean_up_copies()
{
	local rc=$? copy

	trap '' INT TERM HUP
	for copy in ${copies[@]+"${copies[@]}"}; do
		release_copy "$copy"
	done
	exit $rc
}
trap clean_up_copies EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# End what still runs there, unmount before removing, and never remove what is still
# mounted.
release_copy()
{
	local m process

	[ -d "$1" ] || return 0
	for process in /proc/[0-9]*; do
		[ "$(readlink "$process/root" || true)" != "$1" ] || kill -QUIT "${process#/proc/}" || true
	done 2>/dev/null
	for m in "$1/dev/shm" "$1/proc"; do
		! mountpoint -q "$m" || umount "$m" || umount -l "$m" || true
	done
	if mountpoint -q "$1/proc" || mountpoint -q "$1/dev/shm"; then
		echo "$program: $1 is still mounted; not removed" >&2
	else
		rm -rf --one-file-system "$1"
	fi
}

# The mirror that this machine's packages come from
mirror()
{
	apt-get indextargets --format '$(SITE)|$(ORIGIN)|$(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
		awk -F'|' '$2 == "Debian" && $3 == "main" && $1 !~ /security/ { print $1; exit }'
}

# make_base VERSION NAME [PACKAGE,...]: the release that carries PostgreSQL VERSION, as
# $dir/NAME, with nothing in it but what every Debian has and the packages named
make_base()
{
	local name=${release[$1]} base=$dir/$2 site

	command -v debootstrap >/dev/null || {
		echo "$program: debootstrap is missing (apt-get install debootstrap)" >&2
		exit 3
	}
	site=$(mirror)
	[ -n "$site" ] || {
		echo "$program: cannot tell which Debian mirror this machine uses; run apt-get update" >&2
		exit 3
	}
	# A release that debootstrap does not know yet is made as unstable is.
	[ -e "/usr/share/debootstrap/scripts/$name" ] || ln -s sid "/usr/share/debootstrap/scripts/$name"
	mkdir -p "$dir"
	rm -rf --one-file-system "$base.new"
	echo "Making $base ($name) ..."
	if ! debootstrap --variant=minbase ${3:+--include="$3"} "$name" "$base.new" "$site" >"$base.log" 2>&1; then
		tail -n 20 "$base.log" >&2
		return 1
	fi
	mv "$base.new" "$base"
}

# make_copy BASE COPY: a copy of a base in which commands can be run
make_copy()
{
	copies+=("$2")
	mkdir -p "$2"
	cp -a --reflink=auto "$1/." "$2"		# the base may be a link
	[ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$2/etc/resolv.conf"
	# the machine's mirror may be a snapshot, whose signed dates are past
	echo 'Acquire::Check-Valid-Until "false";' >"$2/etc/apt/apt.conf.d/99battery"
	mount -t proc proc "$2/proc" || true
	mount -t tmpfs -o size=1g,mode=1777 tmpfs "$2/dev/shm" || true
}

# copy_sources DIRECTORY: the checkout, without what a build has left in it
copy_sources()
{
	mkdir -p "$1"
	(cd "$top" && tar -cf - --exclude=./.git --exclude=./dist --exclude='*.o' --exclude='*.so' --exclude='*.bc' .) |
		tar -xf - -C "$1" --no-same-owner
}

# inside COPY COMMAND...: as root, with nothing of this machine's environment
inside()
{
	local copy=$1

	shift
	env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
		DEBIAN_FRONTEND=noninteractive chroot "$copy" "$@" </dev/null
}
