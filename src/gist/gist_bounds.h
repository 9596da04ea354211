/*-------------------------------------------------------------------------
 *
 * gist_bounds.h
 *		Keys of GiST indexes on types that compare as the int8 they are.
 *
 * A key is the least and the greatest of the values below it; of a leaf both
 * are the value.  Its type in SQL is gist_bounds, 16 bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_GIST_BOUNDS_H
#define BATTERY_GIST_BOUNDS_H

#include "access/stratnum.h"
#include "fmgr.h"

typedef struct GistBounds
{
	int64		low;
	int64		high;
} GistBounds;

#define DatumGetGistBounds(x)		((GistBounds *) DatumGetPointer(x))

extern bool gist_bounds_match(const GistBounds *key, int64 query, StrategyNumber strategy);

#endif							/* BATTERY_GIST_BOUNDS_H */
