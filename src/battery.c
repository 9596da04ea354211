/*-------------------------------------------------------------------------
 *
 * battery.c
 *		Module magic.  Everything else lives in the room of its concept.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"

#if PG_VERSION_NUM >= 180000
PG_MODULE_MAGIC_EXT(
					.name = "battery",
					.version = BATTERY_VERSION
);
#else
PG_MODULE_MAGIC;
#endif
