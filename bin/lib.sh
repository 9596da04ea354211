# Shared by bin/demo, bin/test and bench/run: finds or installs a PostgreSQL
# server, builds the extension, and runs a private cluster.  Sourced by bash,
# not run.
#
# Nothing of the machine's PostgreSQL is changed.  The extension is built in a
# temporary copy of the checkout and installed into a temporary copy of the
# server's directory tree (mostly symbolic links; PostgreSQL finds its files
# relative to its binaries), and the cluster lives there too.  The only lasting
# change is that missing packages have been installed.
#
# Exit codes of the commands:
#	0	all is well
#	1	a check failed, or an unexpected error
#	2	wrong usage
#	3	packages are missing and cannot be installed; they are named
#	4	no supported PostgreSQL (15 to 19) is to be had on this machine
#	129, 130, 143	interrupted (HUP, INT, TERM)

BATTERY_OLDEST=15
BATTERY_NEWEST=19

BATTERY_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

WORK=				# everything temporary is below this directory
CHILD=				# process groups that are waited for
SERVER_USER=			# who runs the cluster; empty: ourselves
PG_BIN=				# binaries of the private copy of the server
PG_CONFIG_FOUND=		# pg_config of the server that was chosen
ROOT_FILES=()			# files to remove again with root's rights

say()
{
	printf '%s\n' "$*" >&2
}

die()
{
	local code=$1

	shift
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit "$code"
}

# The caller's settings must not reach the private cluster, nor make, nor the
# names of packages.
clean_environment()
{
	local v

	for v in $(compgen -v PG); do
		case $v in
			PG_CONFIG | PG_BIN | PG_CONFIG_FOUND) ;;
			*) unset "$v" ;;
		esac
	done
	unset PSQL_HISTORY PSQL_PAGER PSQL_WATCH_PAGER PAGER CDPATH ENV BASH_ENV \
		MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES DESTDIR VPATH COPT PROFILE \
		CFLAGS CPPFLAGS LDFLAGS LD_LIBRARY_PATH POSIXLY_CORRECT GREP_OPTIONS \
		LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LANGUAGE
	export LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC PGCLIENTENCODING=UTF8
	PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
	umask 022
}

# Run a command in a process group of its own and wait for it, so that a
# signal is acted on at once and takes the command's children along.
run()
{
	local rc=0

	set -m
	"$@" </dev/null &
	CHILD=$!
	set +m
	wait "$CHILD" || rc=$?
	CHILD=
	return $rc
}

# Run a command with root's rights.  Only for installing packages.
as_root()
{
	if [ "$EUID" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# Run a command as the user who owns the cluster.  PostgreSQL refuses to run
# as root, so root hands it to an unprivileged user.
as_server()
{
	if [ -z "$SERVER_USER" ]; then
		(cd / && exec "$@")
	elif command -v setpriv >/dev/null; then
		(cd / && HOME=/ exec setpriv --reuid="$SERVER_USER" \
			--regid="$(id -g "$SERVER_USER")" --clear-groups "$@")
	elif command -v runuser >/dev/null; then
		(cd / && HOME=/ exec runuser -u "$SERVER_USER" -- "$@")
	else
		(cd / && HOME=/ exec su -s /bin/sh "$SERVER_USER" -c "$(printf '%q ' "$@")")
	fi
}

cleanup()
{
	local rc=$? child pid data

	trap '' INT TERM HUP
	set +e
	for child in $CHILD; do
		kill -TERM -- "-$child" 2>/dev/null
		wait "$child" 2>/dev/null
	done
	if [ -n "$WORK" ]; then
		for data in "$WORK"/cluster*/data; do
			[ -s "$data/postmaster.pid" ] || continue
			pid=$(head -n 1 "$data/postmaster.pid")
			as_server "$PG_BIN/pg_ctl" -D "$data" -m immediate \
				-w -t 30 stop >/dev/null 2>&1 || kill -QUIT "$pid" 2>/dev/null
		done
		rm -rf "$WORK"
		# A server killed in its first moments may still have been writing.
		[ ! -e "$WORK" ] || { sleep 1; rm -rf "$WORK"; }
	fi
	remove_root_files
	exit $rc
}

remove_root_files()
{
	[ ${#ROOT_FILES[@]} -eq 0 ] || as_root rm -f "${ROOT_FILES[@]}"
	ROOT_FILES=()
}

# A temporary directory whose files may be executed and whose name leaves room
# for a socket's (107 bytes in all).
make_workdir()
{
	local dir

	trap cleanup EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
	for dir in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
		[ -d "$dir" ] && [ -w "$dir" ] && [ "${#dir}" -le 60 ] || continue
		[[ $dir = /* && $dir != *[[:space:]]* ]] || continue
		WORK=$(mktemp -d "$dir/battery.XXXXXX") || continue
		printf '#!/bin/sh\n' >"$WORK/try"
		chmod 755 "$WORK/try"
		if "$WORK/try" 2>/dev/null; then
			rm -f "$WORK/try"
			break
		fi
		rm -rf "$WORK"
		WORK=
	done
	[ -n "$WORK" ] || die 1 "no temporary directory is writable and executable; set TMPDIR to one with a short path"

	# The cluster's user passes through, and sees nothing but what it needs.
	chmod 711 "$WORK"
	export TMPDIR=$WORK/tmp
	mkdir -m 700 "$TMPDIR"
}

# ---------------------------------------------------------------------------
# Which server

pg_major()
{
	"$1" --version 2>/dev/null | sed -n 's/^PostgreSQL \([0-9]*\).*/\1/p'
}

# Has this pg_config's installation both the server and its headers?
has_server()
{
	[ -x "$("$1" --bindir)/postgres" ] && [ -x "$("$1" --bindir)/initdb" ]
}

has_headers()
{
	[ -e "$("$1" --includedir-server)/postgres.h" ] && [ -e "$("$1" --pgxs)" ]
}

supported()
{
	[ -n "$1" ] && [ "$1" -ge "$BATTERY_OLDEST" ] && [ "$1" -le "$BATTERY_NEWEST" ]
}

# The newest supported version below /usr/lib/postgresql that is complete;
# failing that, in PARTIAL, the newest that only lacks its headers.
find_server()
{
	local v config

	PG_CONFIG_FOUND=
	PARTIAL=
	for ((v = BATTERY_NEWEST; v >= BATTERY_OLDEST; v--)); do
		config=/usr/lib/postgresql/$v/bin/pg_config
		if [ -x "$config" ] && has_server "$config" && has_headers "$config"; then
			PG_CONFIG_FOUND=$config
			return
		fi
		if [ -z "$PARTIAL" ] && [ -x "/usr/lib/postgresql/$v/bin/postgres" ] &&
			has_candidate "postgresql-server-dev-$v"; then
			PARTIAL=$v
		fi
	done
}

has_candidate()
{
	command -v apt-cache >/dev/null &&
		[[ $(apt-cache policy "$1" 2>/dev/null) =~ [[:space:]]Candidate:\ [0-9] ]]
}

# Does the compiler work, the C library's headers included?
has_compiler()
{
	local cc=gcc

	[ -z "$PG_CONFIG_FOUND" ] || cc=$("$PG_CONFIG_FOUND" --cc)
	printf '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n' >"$WORK/try.c"
	# unquoted: pg_config --cc may be two words, as in "ccache gcc"
	$cc -o "$WORK/try" "$WORK/try.c" >/dev/null 2>&1
}

# Sets MISSING to the packages that are wanted; with "guess" even when apt
# knows no candidate for them.
find_missing()
{
	local v

	MISSING=()
	find_server
	if [ -z "$PG_CONFIG_FOUND" ]; then
		if [ -n "$PARTIAL" ]; then
			MISSING+=("postgresql-server-dev-$PARTIAL")
		else
			for ((v = BATTERY_NEWEST; v >= BATTERY_OLDEST; v--)); do
				if has_candidate "postgresql-$v" && has_candidate "postgresql-server-dev-$v"; then
					MISSING+=("postgresql-$v" "postgresql-server-dev-$v")
					break
				fi
			done
			[ ${#MISSING[@]} -gt 0 ] || NO_SERVER=yes
		fi
	fi
	command -v make >/dev/null || MISSING+=(make)
	has_compiler || MISSING+=(gcc libc6-dev)
}

lists_are_empty()
{
	! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null
}

# In a session of its own: a Ctrl-C must not leave packages half installed.  It
# is acted on when apt-get has finished.  What it prints is shown when it fails.
apt_get()
{
	local rc=0

	as_root setsid -w env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
		apt-get -q -o DPkg::Lock::Timeout=600 -o APT::Get::Assume-Yes=true "$@" \
		>"$WORK/packages.log" 2>&1 || rc=$?
	[ "$rc" -eq 0 ] || cat "$WORK/packages.log" >&2
	return "$rc"
}

may_install()
{
	command -v apt-get >/dev/null || return 1
	[ "$EUID" -ne 0 ] || return 0
	command -v sudo >/dev/null || return 1
	sudo -n true 2>/dev/null && return 0
	[ -t 0 ] && [ -t 2 ] || return 1
	say "Packages must be installed; sudo may ask for your password."
	sudo -v
}

# The version that this system's release carries, for a message when no package
# list is there to ask; N when it is not known.
usual_version()
{
	local codename

	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null || true)
	case $codename in
		bookworm) echo 15 ;;
		noble) echo 16 ;;
		trixie | plucky | questing) echo 17 ;;
		forky) echo 18 ;;
		*) echo N ;;
	esac
}

refuse_server()
{
	die 4 "this system's packages have no PostgreSQL from $BATTERY_OLDEST to $BATTERY_NEWEST.
Add the PostgreSQL project's own package repository (PGDG: see \"Linux downloads\"
on www.postgresql.org) and run the command again, or point PG_CONFIG at the
pg_config of a server of such a version."
}

refuse_missing()
{
	local why=$1 n

	# Package lists that have no server are an answer; none at all are not.
	if [ -n "${NO_SERVER:-}" ] && command -v apt-cache >/dev/null && ! lists_are_empty; then
		refuse_server
	fi
	if [ -n "${NO_SERVER:-}" ]; then
		n=$(usual_version)
		MISSING=("postgresql-$n" "postgresql-server-dev-$n" ${MISSING[@]+"${MISSING[@]}"})
		[ "$n" != N ] || MISSING+=("(N from $BATTERY_OLDEST to $BATTERY_NEWEST)")
	fi
	say "These packages are missing: ${MISSING[*]}"
	die 3 "$why. Install them and run the command again."
}

# Debian's postgresql-N would create and start a cluster when it is installed
# and start those that an earlier installation left behind.  For the time of
# the installation a setting and a policy say no to both.
forbid_clusters()
{
	local dir=/etc/postgresql-common/createcluster.d
	local conf=$dir/zz-battery-$$.conf
	local policy=/usr/sbin/policy-rc.d

	ROOT_FILES+=("$conf")
	as_root mkdir -p "$dir"
	# what a run that was killed outright has left behind
	as_root find "$dir" -name 'zz-battery-*.conf' -mmin +600 -delete
	printf '%s\n' "# temporary file of battery's bin/demo or bin/test; safe to remove" \
		'create_main_cluster = off' | as_root tee "$conf" >/dev/null
	if [ ! -e "$policy" ] || grep -q "temporary file of battery's" "$policy"; then
		ROOT_FILES+=("$policy")
		printf '%s\n' '#!/bin/sh' "# temporary file of battery's bin/demo or bin/test; safe to remove" \
			'exit 101' | as_root tee "$policy" >/dev/null
		as_root chmod 755 "$policy"
	fi
}

install_missing()
{
	local updated=

	if may_install; then
		if lists_are_empty; then
			say "Reading the package lists ..."
			apt_get update || refuse_missing "The package lists could not be read"
			updated=yes
			NO_SERVER=
			find_missing
		fi
	elif ! command -v apt-get >/dev/null; then
		refuse_missing "This machine has no apt-get to install them with"
	else
		refuse_missing "You have neither root's rights nor sudo to install them with"
	fi

	if [ -n "${NO_SERVER:-}" ] && [ -z "$updated" ]; then
		apt_get update || true
		updated=yes
		NO_SERVER=
		find_missing
	fi
	[ -z "${NO_SERVER:-}" ] || refuse_server
	[ ${#MISSING[@]} -gt 0 ] || return 0

	say "Installing ${MISSING[*]} ..."
	forbid_clusters
	if ! apt_get install --no-install-recommends "${MISSING[@]}"; then
		[ -z "$updated" ] || refuse_missing "apt-get could not install them"
		apt_get update || true
		apt_get install --no-install-recommends "${MISSING[@]}" ||
			refuse_missing "apt-get could not install them"
	fi
	remove_root_files
}

# Sets PG_CONFIG_FOUND to the pg_config of a server with headers, and sees to
# the tools.
choose_server()
{
	local v

	NO_SERVER=
	PARTIAL=
	MISSING=()
	if [ -n "${PG_CONFIG:-}" ]; then
		PG_CONFIG_FOUND=$(command -v "$PG_CONFIG") ||
			die 2 "PG_CONFIG names no program: $PG_CONFIG"
		v=$(pg_major "$PG_CONFIG_FOUND")
		supported "$v" ||
			die 4 "PG_CONFIG ($PG_CONFIG) belongs to PostgreSQL ${v:-of unknown version}; battery needs $BATTERY_OLDEST to $BATTERY_NEWEST"
		if ! has_server "$PG_CONFIG_FOUND" || ! has_headers "$PG_CONFIG_FOUND"; then
			say "PG_CONFIG ($PG_CONFIG) names an installation that lacks the server or its headers."
			MISSING=("postgresql-$v" "postgresql-server-dev-$v")
			refuse_missing "They are not where PG_CONFIG points"
		fi
		command -v make >/dev/null || MISSING+=(make)
		has_compiler || MISSING+=(gcc libc6-dev)
		[ ${#MISSING[@]} -eq 0 ] || install_tools
		return
	fi

	find_missing
	if [ -n "$NO_SERVER" ] || [ ${#MISSING[@]} -gt 0 ]; then
		install_missing
		find_missing
	fi
	[ -n "$PG_CONFIG_FOUND" ] && [ ${#MISSING[@]} -eq 0 ] ||
		refuse_missing "They were installed and still cannot be used"
}

# need_packages NAME...: what a test needs besides.  Where it cannot be installed
# the test says that it is skipped.
need_packages()
{
	local name
	local missing=()

	for name in "$@"; do
		[[ $(dpkg-query -W -f '${Status}' "$name" 2>/dev/null) = *' installed' ]] || missing+=("$name")
	done
	[ ${#missing[@]} -gt 0 ] && may_install || return 0
	say "Installing ${missing[*]} ..."
	! lists_are_empty || apt_get update || true
	apt_get install --no-install-recommends "${missing[@]}" ||
		{ apt_get update && apt_get install --no-install-recommends "${missing[@]}"; } ||
		say "They cannot be installed: ${missing[*]}"
}

# With PG_CONFIG given only make and the compiler may be wanting.
install_tools()
{
	may_install || refuse_missing "You have neither root's rights nor sudo to install them with"
	! lists_are_empty || apt_get update || true
	say "Installing ${MISSING[*]} ..."
	apt_get install --no-install-recommends "${MISSING[@]}" ||
		refuse_missing "apt-get could not install them"
}

# ---------------------------------------------------------------------------
# The private server and its cluster

# Make directory $2 of links to the entries of directory $1.
link_tree()
{
	local entry entries=()

	mkdir -p "$2"
	for entry in "$1"/* "$1"/.[!.]*; do
		[ ! -e "$entry" ] || [ -e "$2/${entry##*/}" ] || entries+=("$entry")
	done
	[ ${#entries[@]} -eq 0 ] || ln -s -- "${entries[@]}" "$2"
}

# PostgreSQL computes where its files are from where its binary is, so a copy
# of the binaries among links to everything else is a server of its own, into
# which the extension can be installed without touching the machine's.
mirror_server()
{
	local config=$PG_CONFIG_FOUND tree=$WORK/pg
	local bin lib share inc locale

	bin=$("$config" --bindir)
	lib=$("$config" --pkglibdir)
	share=$("$config" --sharedir)
	inc=$("$config" --includedir-server)

	mkdir -p "$tree$bin" "$tree$lib/bitcode" "$tree$share/extension" "$tree${inc%/*}"
	cp -RL "$bin/." "$tree$bin"
	link_tree "$lib" "$tree$lib"
	[ ! -d "$lib/bitcode" ] || link_tree "$lib/bitcode" "$tree$lib/bitcode"
	link_tree "$share/extension" "$tree$share/extension"
	link_tree "$share" "$tree$share"
	ln -s "$inc" "$tree$inc"
	# the server's own messages in other languages
	locale=$("$config" --localedir)
	[ ! -d "$locale" ] || link_tree "$locale" "$tree$locale"
	for inc in "$("$config" --includedir)" "$("$config" --pkgincludedir)"; do
		[ ! -d "$inc" ] || link_tree "$inc" "$tree$inc"
	done

	# What the machine already has of this extension is not ours.
	rm -rf "$tree$lib"/battery.so "$tree$lib"/bitcode/battery* "$tree$share"/extension/battery[.-]* "$tree$bin"/battery-*

	PG_BIN=$tree$bin
	[[ $("$PG_BIN/pg_config" --pkglibdir) = "$tree"/* ]] ||
		die 1 "this PostgreSQL cannot be relocated: $bin"
	export PATH=$PG_BIN:$PATH
}

# The bitcode for the JIT is only built where the compiler for it is there.
llvm_option()
{
	local global clang

	global=$(dirname "$("$PG_BIN/pg_config" --pgxs)")/../Makefile.global
	clang=$(sed -n 's/^CLANG *= *//p' "$global")
	if [ "${1:-}" = full ] && [ -n "$clang" ] && command -v "$clang" >/dev/null; then
		echo with_llvm=yes
	else
		echo with_llvm=no
	fi
}

# Copy the checkout and build there: the checkout may be read-only, another
# user's, under a path with blanks, or hold another version's object files.
#
# build_battery quick: for a run of seconds, in which the compiler takes longer than
# all that it could make faster.
build_battery()
{
	local llvm
	local options=()

	BUILD=$WORK/build
	mkdir -m 755 "$BUILD"
	(cd "$BATTERY_TOP" && tar -cf - --exclude=./.git --exclude='*.o' --exclude='*.bc' \
		--exclude='*.so' --exclude='./battery--*.sql' --exclude=./control --exclude=./results \
		--exclude=./tmp_check .) |
		(cd "$BUILD" && tar -xf - --no-same-owner)
	chmod -R u+rwX,go+rX "$BUILD"
	llvm=$(llvm_option "${1:-}")
	[ "${1:-}" != quick ] || options+=(COPT='-O0 -g0 -U_FORTIFY_SOURCE')
	if ! run make -C "$BUILD" -j "$(nproc)" PG_CONFIG="$PG_BIN/pg_config" "$llvm" ${options[@]+"${options[@]}"} all \
		>"$WORK/build.log" 2>&1 ||
		! run make -C "$BUILD" PG_CONFIG="$PG_BIN/pg_config" "$llvm" ${options[@]+"${options[@]}"} install \
			>>"$WORK/build.log" 2>&1; then
		tail -n 60 "$WORK/build.log" >&2
		die 1 "the extension does not build"
	fi
}

# start_cluster [NAME]: one whose directory has a name of its own is beside the others.
start_cluster()
{
	local dir=$WORK/${1:-cluster} locale=C.UTF-8

	if [ "$EUID" -eq 0 ]; then
		SERVER_USER=nobody
		! id postgres >/dev/null 2>&1 || SERVER_USER=postgres
	fi
	mkdir -m 700 "$dir"
	[ -z "$SERVER_USER" ] || chown "$SERVER_USER" "$dir"

	[[ $(locale -a 2>/dev/null) =~ C\.(utf8|UTF-8) ]] || locale=C
	if ! run as_server "$PG_BIN/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 \
		--locale="$locale" -N >"$WORK/initdb.log" 2>&1; then
		cat "$WORK/initdb.log" >&2
		die 1 "initdb failed"
	fi
	# Through the server's user, whose directory it is.
	printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$dir'" \
		"unix_socket_permissions = 0700" "port = 5432" "fsync = off" \
		"synchronous_commit = off" "full_page_writes = off" "max_wal_size = '4GB'" \
		"max_worker_processes = 16" "max_parallel_workers = 8" \
		"shared_buffers = '${BATTERY_SHARED_BUFFERS:-128MB}'" "timezone = 'UTC'" \
		"log_timezone = 'UTC'" "lc_messages = 'C'" "logging_collector = off" \
		"log_autovacuum_min_duration = -1" |
		as_server sh -c "cat >>'$dir/data/postgresql.conf'"
	if ! run as_server "$PG_BIN/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 120 -s start; then
		cat "$dir/log" >&2
		die 1 "the private cluster does not start"
	fi
	export PGHOST=$dir PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
}

# From nothing to a running private cluster with the extension installed.
set_up()
{
	clean_environment
	make_workdir
	choose_server
	mirror_server
	say "Building battery for $("$PG_BIN/pg_config" --version) ..."
	build_battery "${1:-}"
	start_cluster
}
