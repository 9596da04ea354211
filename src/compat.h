/*-------------------------------------------------------------------------
 *
 * compat.h
 *		The one place that knows how PostgreSQL 15 to 19 differ.
 *
 * Every C file of the extension includes this right after postgres.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_COMPAT_H
#define BATTERY_COMPAT_H

#include "fmgr.h"

#if PG_VERSION_NUM < 150000
#error "battery needs PostgreSQL 15 or later"
#endif

#ifndef HAVE_INT128
#error "battery needs a 64-bit platform whose compiler has __int128 (gcc or clang)"
#endif

/*
 * Soft errors.  PostgreSQL 16 lets an input function hand an error back to
 * its caller instead of throwing it.  Input functions here are written once,
 * in that style; on 15 there is never a context to hand the error to, so
 * ereturn() throws, which is exactly what 15 expects of an input function.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#else
#define ereturn(escontext, dummy_value, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#define SOFT_ERROR_OCCURRED(escontext) ((void) (escontext), false)
#endif

/*
 * PostgreSQL 16 moved the varlena macros out of postgres.h.
 */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/*
 * PostgreSQL 18 replaced this suffix by a prefix of another name.
 */
#ifndef pg_attribute_noreturn
#define pg_attribute_noreturn() __attribute__((noreturn))
#endif

#endif							/* BATTERY_COMPAT_H */
