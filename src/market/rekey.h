/*-------------------------------------------------------------------------
 *
 * rekey.h
 *		A mapping from members to groups or to numbers, as SQL gives it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_MARKET_REKEY_H
#define BATTERY_MARKET_REKEY_H

typedef struct MarketMapEntry
{
	const char *member;
	uint32		member_len;
	const char *group;			/* NULL: to nobody */
	uint32		group_len;
	int128		number;			/* in units of 10^-MARKET_MAP_SCALE */
} MarketMapEntry;

/* Sorted bytewise by member, each once. */
typedef struct MarketMap
{
	int			count;
	MarketMapEntry *entry;
} MarketMap;

/* Decimal places of the numbers that a mapping has. */
#define MARKET_MAP_SCALE	12

/* What a mapping maps to. */
typedef enum MarketMapKind
{
	MAP_TO_GROUP,
	MAP_TO_NUMBER
} MarketMapKind;

extern void market_map_from_jsonb(Datum d, MarketMapKind kind, MarketMap *map);
extern void market_map_from_arrays(Datum members, Datum values,
								   MarketMapKind kind, MarketMap *map);
extern const MarketMapEntry *market_map_find(const MarketMap *map,
											 const char *member, uint32 len);

#endif							/* BATTERY_MARKET_REKEY_H */
