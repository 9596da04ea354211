/*-------------------------------------------------------------------------
 *
 * comparisons.h
 *		The comparison operators of a type, from one function.
 *
 * compare(fcinfo) compares the first two arguments of an SQL call and returns
 * an int below, at or above zero.  It must be a total order in which equal
 * means equal content: it serves btree, hash and merge joins alike.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_COMPARISONS_H
#define BATTERY_COMPARISONS_H

#include "fmgr.h"

#define COMPARISON_OPERATOR(name, compare, op) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(compare(fcinfo) op 0); \
	}

/* type_eq, type_ne, type_lt, type_le, type_gt, type_ge and type_cmp */
#define COMPARISON_FUNCTIONS(type, compare) \
	COMPARISON_OPERATOR(type##_eq, compare, ==) \
	COMPARISON_OPERATOR(type##_ne, compare, !=) \
	COMPARISON_OPERATOR(type##_lt, compare, <) \
	COMPARISON_OPERATOR(type##_le, compare, <=) \
	COMPARISON_OPERATOR(type##_gt, compare, >) \
	COMPARISON_OPERATOR(type##_ge, compare, >=) \
	PG_FUNCTION_INFO_V1(type##_cmp); \
	Datum \
	type##_cmp(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_INT32(compare(fcinfo)); \
	}

#endif							/* BATTERY_COMPARISONS_H */
