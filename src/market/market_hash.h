/*-------------------------------------------------------------------------
 *
 * market_hash.h
 *		Hashing of names and of whole values.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_MARKET_HASH_H
#define BATTERY_MARKET_HASH_H

#include "port/pg_bswap.h"

/* ----------------------------------------------------------------------
 * Hashing.
 *
 * A hash lives on in hash indexes and in how Citus spreads rows, so it must
 * be the same on every platform and in every version: words are read little
 * endian, and nothing of the server's own hashing is used.
 * ----------------------------------------------------------------------
 */
#define HASH_K0		UINT64CONST(0x9E3779B97F4A7C15)
#define HASH_K1		UINT64CONST(0xD1B54A32D192ED03)

/* Both halves of a 128-bit product, folded: every bit of a and b matters. */
static inline uint64
hash_mix(uint64 a, uint64 b)
{
	uint128		p = (uint128) a * b;

	return (uint64) p ^ (uint64) (p >> 64);
}

static inline uint64
load_le64(const char *p)
{
	uint64		v;

	memcpy(&v, p, sizeof(v));
#ifdef WORDS_BIGENDIAN
	v = pg_bswap64(v);
#endif
	return v;
}

static inline uint32
load_le32(const char *p)
{
	uint32		v;

	memcpy(&v, p, sizeof(v));
#ifdef WORDS_BIGENDIAN
	v = pg_bswap32(v);
#endif
	return v;
}

static inline uint64
hash_bytes_le(const char *s, uint32 len, uint64 seed)
{
	uint64		h = seed ^ ((uint64) len * HASH_K1 + HASH_K0);
	uint64		tail;

	while (len > 8)
	{
		h = hash_mix(h ^ load_le64(s), HASH_K0);
		s += 8;
		len -= 8;
	}
	if (len >= 4)
		tail = load_le32(s) | ((uint64) load_le32(s + len - 4) << 32);
	else if (len > 0)
		tail = (uint8) s[0] | (uint64) (uint8) s[len / 2] << 8 |
			(uint64) (uint8) s[len - 1] << 16;
	else
		tail = 0;
	return hash_mix(hash_mix(h ^ tail, HASH_K0) ^ HASH_K1, HASH_K1);
}

#endif							/* BATTERY_MARKET_HASH_H */
