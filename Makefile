# battery: a PostgreSQL extension for battery-industry data
#
#	make              build
#	make install      install into the server that PG_CONFIG names, the commands
#			  battery-load, battery-industry, battery-rollup ... too
#	make installcheck regression suites against a running server
#	make demo         the main job on a throw-away cluster (bin/demo)
#	make test         every test on a throw-away cluster (bin/test)
#	make indent       lay the C files out with pgindent; indent-check only looks
#	make check-static cppcheck and clang-tidy
#	make bench        the benchmark table (ratios)
#	make matrix       the tests on the other supported PostgreSQL versions
#	make dist         the archive for PGXN, in dist
#	make deb          Debian's packages, in dist (needs root and debootstrap)
#	make install-tools  the commands without the extension, below TOOLS_PREFIX
#	make sanitize     the tests on a server with assertions and sanitizers

PG_CONFIG ?= pg_config

# Where the sources are, as PGXS will find it too: "make -f ../Makefile" and
# "make -f ../Makefile VPATH=.." build in a directory of their own.
srcdir := $(or $(VPATH),$(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST)))))

EXTVERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(srcdir)/battery.control)
MODULE_big = battery

OBJS := $(patsubst $(srcdir)/%.c,%.o,$(sort $(wildcard $(srcdir)/src/*.c $(srcdir)/src/*/*.c)))

# The parts of the install script, in the order of their dependencies.  Each
# stands beside the C it declares; src/sql/expand.awk fills in the templates.
SQL_PARTS = \
	src/battery.sql \
	src/text/figure.sql \
	src/stats/stats.sql \
	src/gist/gist_bounds.sql \
	src/quantity/capacity_gwh.sql \
	src/quantity/cost_per_gwh.sql \
	src/quantity/arithmetic.sql \
	src/quantity/aggregates.sql \
	src/quantity/everyday.sql \
	src/chemistry/chemistry.sql \
	src/chemistry/minerals.sql \
	src/learning/learning_curve.sql \
	src/learning/regression.sql \
	src/learning/correlation.sql \
	src/learning/cost_series.sql \
	src/learning/curve_families.sql \
	src/learning/forecast.sql \
	src/learning/robust.sql \
	src/learning/economics.sql \
	src/market/market_shares.sql \
	src/market/percent.sql \
	src/market/concentration.sql \
	src/market/changes.sql \
	src/market/supply_chain.sql

# What only servers from a version on have (-- @server 18 in a part) comes by a step of
# its own, from 1.0.0 to 1.0.0+pg18, which is the default version there: after pg_upgrade
# from an older server ALTER EXTENSION battery UPDATE has something to do.
SERVER := $(shell $(PG_CONFIG) --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
STEPS := $(shell cd $(srcdir) && sed -n 's/^[[:blank:]]*-- @server \([0-9]*\)$$/\1/p' $(SQL_PARTS) src/sql/*.sql.in | \
	sort -nu | awk -v server='$(SERVER)' '$$1 <= server + 0')
STEP_SCRIPTS := $(shell echo $(STEPS) | tr ' ' '\n' | awk -v of='$(EXTVERSION)' \
	'NF { to = "$(EXTVERSION)+pg" $$1; print "battery--" of "--" to ".sql"; of = to }')
SERVER_VERSION := $(EXTVERSION)$(addprefix +pg,$(lastword $(STEPS)))

# Hence the control file is made, too, and no EXTENSION: PGXS would install the source.
MODULEDIR = extension
DATA_built = control/battery.control battery--$(EXTVERSION).sql $(STEP_SCRIPTS)
EXTRA_CLEAN = battery--*.sql control industry.sql rollup.sql

# The commands go beside psql.  Where packages are made for several servers, these
# have the extension alone (BATTERY_TOOLS=no) and one has the commands (install-tools).
# industry.sql and rollup.sql are no part of the extension: they are what setup of
# bin/battery-industry and bin/battery-rollup applies, as one file for psql -f.
TOOLS := $(patsubst $(srcdir)/%,%,$(sort $(wildcard $(srcdir)/bin/battery-*)))
BATTERY_TOOLS ?= yes
ifneq ($(BATTERY_TOOLS),no)
DATA_built += industry.sql rollup.sql
SCRIPTS = $(TOOLS)
endif

# No contraction of a*b+c: a result must not depend on whether the compiler
# found a fused multiply-add.  The flag stands among the preprocessor's because
# only those also reach the bitcode that the JIT inlines.
PG_CFLAGS = -Wall -Wextra
PG_CPPFLAGS := -I$(srcdir)/src -ffp-contract=off -DBATTERY_VERSION='"$(EXTVERSION)"'

# -Wextra speaks of our own code only: the server's headers are a system's
# (naming a directory as such makes the compiler ignore the -I for it).
PG_CPPFLAGS += -isystem $(shell $(PG_CONFIG) --includedir-server)

REGRESS = $(patsubst $(srcdir)/sql/%.sql,%,$(sort $(wildcard $(srcdir)/sql/*.sql)))
# whatever the encoding of the cluster's own databases
REGRESS_OPTS = --load-extension=battery --encoding=UTF8

# Each compile says which headers it has read, the bitcode's in a file of its own.
DEPENDENCIES = $(OBJS:=.d) $(OBJS:.o=.bc.d)
EXTRA_CLEAN += $(DEPENDENCIES)

PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)
srcdir := $(patsubst %/,%,$(srcdir))

COMPILE.c += -MMD -MP -MT $@ -MF $@.d
COMPILE.c.bc += -MMD -MP -MT $@ -MF $@.d
-include $(wildcard $(DEPENDENCIES))
$(OBJS) $(OBJS:.o=.bc): Makefile
src/battery.o src/battery.bc: battery.control

# Make would find the directories of the sources in place of these.
ifneq ($(CURDIR),$(realpath $(srcdir)))
$(shell mkdir -p $(sort $(dir $(OBJS))))
endif

control/battery.control: battery.control Makefile
	$(MKDIR_P) control
	sed "s/^\(default_version = \).*/\1'$(SERVER_VERSION)'/" $< > $@

# ...+pg18.sql is step 18
battery--$(EXTVERSION).sql $(STEP_SCRIPTS): $(SQL_PARTS) src/sql/expand.awk $(wildcard $(srcdir)/src/sql/*.sql.in) battery.control Makefile
	cd $(srcdir) && awk $(addprefix -v step=,$(filter $(STEPS),$(subst +pg, ,$(@:.sql=)))) -f src/sql/expand.awk $(SQL_PARTS) > '$(CURDIR)/$@' || { rm -f '$(CURDIR)/$@'; exit 1; }

industry.sql: bin/battery-industry src/industry/parts $(wildcard $(srcdir)/src/industry/*.sql)
	$(srcdir)/bin/battery-industry sql > $@

rollup.sql: bin/battery-rollup bin/battery-industry src/rollup/parts src/industry/begin.sql src/industry/begin_upgrade.sql src/industry/path.sql src/industry/strings.sql $(wildcard $(srcdir)/src/rollup/*.sql)
	$(srcdir)/bin/battery-rollup sql > $@

# battery-industry and battery-rollup set up and upgrade from the parts, which lie beside
# the extension's files; below the first are the names that everybody knows (--with-names).
INDUSTRY_DIR = $(DESTDIR)$(datadir)/$(datamoduledir)/battery-industry
ROLLUP_DIR = $(DESTDIR)$(datadir)/$(datamoduledir)/battery-rollup
NAMES = names.csv $(shell awk -F, 'NR > 1 { print $$2 }' $(srcdir)/data/industry/names.csv)

# The parts of the page that battery-dashboard makes
DASHBOARD := $(notdir $(wildcard $(srcdir)/dashboard/*))

# install_parts KIT, DIRECTORY
define install_parts
cd $(srcdir)/src/$(1) && for file in $$(find . -name parts -o -name '*.sql'); do \
	$(MKDIR_P) "$(2)/$${file%/*}" && $(INSTALL_DATA) "$$file" "$(2)/$$file" || exit; done
endef

# install_industry DIRECTORY, DIRECTORY of the dashboard's parts
define install_industry
$(call install_parts,industry,$(1))
$(MKDIR_P) '$(1)/names'
cd $(srcdir)/data/industry && $(INSTALL_DATA) $(NAMES) '$(1)/names'
$(if $(DASHBOARD),$(MKDIR_P) '$(2)' && cd $(srcdir)/dashboard && $(INSTALL_DATA) $(DASHBOARD) '$(2)')
endef

ifneq ($(BATTERY_TOOLS),no)
install: install-industry
uninstall: uninstall-industry
endif

.PHONY: install-industry uninstall-industry install-tools
install-industry:
	$(call install_industry,$(INDUSTRY_DIR),$(INDUSTRY_DIR)/dashboard)
	$(call install_parts,rollup,$(ROLLUP_DIR))

# PGXS looks for the scripts below a directory bin in the server's.
uninstall-industry:
	rm -f $(addprefix '$(DESTDIR)$(bindir)'/, $(notdir $(SCRIPTS)))
	rm -rf '$(INDUSTRY_DIR)' '$(ROLLUP_DIR)'

# The commands alone, for a machine that may have no server.
TOOLS_PREFIX ?= /usr/local
install-tools:
	$(MKDIR_P) '$(DESTDIR)$(TOOLS_PREFIX)/bin'
	cd $(srcdir) && $(INSTALL_SCRIPT) $(TOOLS) '$(DESTDIR)$(TOOLS_PREFIX)/bin'
	$(call install_industry,$(DESTDIR)$(TOOLS_PREFIX)/share/battery/industry,$(DESTDIR)$(TOOLS_PREFIX)/share/battery/dashboard)
	$(call install_parts,rollup,$(DESTDIR)$(TOOLS_PREFIX)/share/battery/rollup)

# What is committed, as the archive for PGXN.
.PHONY: dist deb
dist:
	$(MKDIR_P) dist
	cd $(srcdir) && git archive --format=zip --prefix=battery-$(EXTVERSION)/ --output='$(CURDIR)/dist/battery-$(EXTVERSION).zip' HEAD
deb:
	$(srcdir)/test/deb

.PHONY: demo test indent indent-check check-static bench matrix sanitize
demo:
	$(srcdir)/bin/demo
test:
	$(srcdir)/bin/test
indent:
	PG_CONFIG='$(PG_CONFIG)' $(srcdir)/test/indent.sh --write
indent-check:
	PG_CONFIG='$(PG_CONFIG)' $(srcdir)/test/indent.sh --needed
check-static:
	PG_CONFIG='$(PG_CONFIG)' $(srcdir)/test/static.sh --needed
bench:
	$(srcdir)/bench/run
matrix:
	$(srcdir)/test/matrix
sanitize:
	$(srcdir)/test/sanitize
