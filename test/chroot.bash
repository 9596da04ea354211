# Chroots of Debian releases, for what is tested on other machines than this one.
# Sourced, never run.  The bases are made from the machine's own package mirror when
# they are missing, are kept and never changed: each run works in a copy.

dir=${BATTERY_MATRIX_DIR:-/var/tmp/battery-matrix}
declare -A release=([15]=bookworm [16]=noble [17]=trixie [18]=forky [19]=sid)
# from where what the release has not, or not in its last correction
declare -A beside=([16]=noble-updates [19]=experimental)
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
	[ -d "$1" ] || return 0
	leave "$1"
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

# ubuntu_key MIRROR DIRECTORY: the key that Ubuntu's packages are signed with, from
# Debian, which signs the package that has it
ubuntu_key()
{
	local apt=(apt-get -q -o "Dir::State::Lists=$2/lists" -o "Dir::Etc::SourceList=$2/sources.list" -o Dir::Etc::SourceParts=/dev/null
		-o "Dir::Cache=$2" -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root)

	mkdir -p "$2/lists/partial"
	echo "deb $1 sid main" >"$2/sources.list"
	(cd "$2" && "${apt[@]}" update && "${apt[@]}" download ubuntu-keyring && dpkg-deb -x ubuntu-keyring_*.deb key)
}

# enter COPY, leave COPY: with what programs expect to find there
enter()
{
	[ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$1/etc/resolv.conf"
	# the machine's mirror may be a snapshot, whose signed dates are past
	echo 'Acquire::Check-Valid-Until "false";' >"$1/etc/apt/apt.conf.d/99battery"
	mount -t proc proc "$1/proc" || true
	mount -t tmpfs -o size=1g,mode=1777 tmpfs "$1/dev/shm" || true
}

leave()
{
	local m process

	for process in /proc/[0-9]*; do
		[ "$(readlink "$process/root" || true)" != "$1" ] || kill -QUIT "${process#/proc/}" || true
	done 2>/dev/null
	for m in "$1/dev/shm" "$1/proc"; do
		! mountpoint -q "$m" || umount "$m" || umount -l "$m" || true
	done
}

# look_beside BASE SUITE: packages of the suite too.  Experimental has them for trying
# out, so that there one says which: PostgreSQL alone.
look_beside()
{
	local line

	line=$(grep '^deb ' "$1/etc/apt/sources.list")
	awk -v suite="$2" '{ $3 = suite; print }' <<<"$line" >"$1/etc/apt/sources.list.d/$2.list"
	[ "$2" != experimental ] || printf '%s\n' "Package: src:postgresql-$version" \
		'Pin: release a=experimental' 'Pin-Priority: 500' >"$1/etc/apt/preferences.d/postgresql-$version"
}

# no_cluster COPY: PostgreSQL's package makes none when it is installed
no_cluster()
{
	mkdir -p "$1/etc/postgresql-common/createcluster.d"
	echo 'create_main_cluster = false' >"$1/etc/postgresql-common/createcluster.d/none.conf"
}

# make_base VERSION NAME [PACKAGE ...]: the release that carries PostgreSQL VERSION, as
# $dir/NAME, with nothing in it but what every Debian has and the packages named
make_base()
{
	local version=$1 name=${release[$1]} base=$dir/$2 script=sid site
	local options=(--variant=minbase)

	shift 2
	command -v debootstrap >/dev/null || {
		echo "$program: debootstrap is missing (apt-get install debootstrap)" >&2
		exit 3
	}
	site=$(mirror)
	[ -n "$site" ] || {
		echo "$program: cannot tell which Debian mirror this machine uses; run apt-get update" >&2
		exit 3
	}
	mkdir -p "$dir"
	rm -rf --one-file-system "$base.new" "$base.key"
	copies+=("$base.new")
	echo "Making $base ($name) ..."
	if [ "$name" = noble ]; then
		script=gutsy
		options+=(--components=main,universe --keyring="$base.key/key/usr/share/keyrings/ubuntu-archive-keyring.gpg")
		ubuntu_key "$site" "$base.key" >"$base.log" 2>&1 || {
			tail -n 20 "$base.log" >&2
			return 1
		}
		site=${BATTERY_UBUNTU_MIRROR:-}		# else the one that debootstrap knows
	fi
	# A release that debootstrap does not know yet is made as this one is.
	[ -e "/usr/share/debootstrap/scripts/$name" ] || ln -s "$script" "/usr/share/debootstrap/scripts/$name"
	{
		debootstrap "${options[@]}" "$name" "$base.new" ${site:+"$site"} &&
			{ [ -z "${beside[$version]:-}" ] || look_beside "$base.new" "${beside[$version]}"; } &&
			enter "$base.new" && { [ $# -eq 0 ] || { no_cluster "$base.new" && install_packages "$base.new" "$@"; }; }
	} >>"$base.log" 2>&1 || {
		leave "$base.new"
		tail -n 20 "$base.log" >&2
		return 1
	}
	leave "$base.new"
	rm -rf --one-file-system "$base.key"
	mv "$base.new" "$base"
}

# make_copy BASE COPY: a copy of a base in which commands can be run
make_copy()
{
	copies+=("$2")
	mkdir -p "$2"
	cp -a --reflink=auto "$1/." "$2"		# the base may be a link
	enter "$2"
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

# install_packages COPY PACKAGE|OPTION ...
install_packages()
{
	local copy=$1

	shift
	inside "$copy" apt-get -q -y update && inside "$copy" apt-get -q -y --no-install-recommends install "$@"
}
