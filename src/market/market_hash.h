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

/*
 * Names are mostly of 4 to 16 bytes, and of lengths that no branch predictor
 * knows.  These are taken without a branch: as four words of 32 bits, which overlap
 * where there are fewer than 16 bytes.
 */
static inline bool
is_short_name(uint32 len)
{
	return len - 4 <= 16 - 4;
}

typedef struct ShortName
{
	uint64		a;
	uint64		b;
} ShortName;

static inline ShortName
short_name(const char *s, uint32 len)
{
	const char *last = s + len - 4;
	uint32		half = len / 8 * 4;
	ShortName	n;

	n.a = (uint64) load_le32(s) << 32 | load_le32(s + half);
	n.b = (uint64) load_le32(last) << 32 | load_le32(last - half);
	return n;
}

static inline uint64
hash_bytes_le(const char *s, uint32 len, uint64 seed)
{
	uint64		h = seed ^ ((uint64) len * HASH_K1 + HASH_K0);
	ShortName	n = {0, 0};

	if (likely(is_short_name(len)))
		n = short_name(s, len);
	else if (len > 16)
	{
		const char *last = s + len - 16;

		for (; s < last; s += 8)
			h = hash_mix(h ^ load_le64(s), HASH_K0);
		n.a = load_le64(last);
		n.b = load_le64(last + 8);
	}
	else if (len > 0)
		n.a = (uint8) s[0] | (uint64) (uint8) s[len / 2] << 8 | (uint64) (uint8) s[len - 1] << 16;
	return hash_mix(hash_mix(n.a ^ HASH_K0, n.b ^ h) ^ HASH_K1, HASH_K1);
}

/* Are two names of one length the same? */
static inline bool
same_name(const char *s, const char *t, uint32 len)
{
	if (likely(is_short_name(len)))
	{
		ShortName	a = short_name(s, len);
		ShortName	b = short_name(t, len);

		return ((a.a ^ b.a) | (a.b ^ b.b)) == 0;
	}
	return memcmp(s, t, len) == 0;
}

#endif							/* BATTERY_MARKET_HASH_H */
