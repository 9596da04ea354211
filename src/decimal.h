/*-------------------------------------------------------------------------
 *
 * decimal.h
 *		Decimal text, numeric and double precision to and from integers that
 *		count units of 10^-scale.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_DECIMAL_H
#define BATTERY_DECIMAL_H

#include "utils/numeric.h"
#include "wide.h"

typedef enum DecimalStatus
{
	DECIMAL_OK,
	DECIMAL_SYNTAX,				/* not a plain decimal number */
	DECIMAL_NOT_FINITE,			/* NaN or infinity (numeric and double only) */
	DECIMAL_RANGE				/* does not fit in 128 bits */
} DecimalStatus;

extern DecimalStatus decimal_to_int128(const char *s, int len, int scale,
									   int128 *result);
extern DecimalStatus numeric_to_int128(Numeric n, int scale, int128 *result);
extern DecimalStatus float8_to_int128(double d, int scale, int128 *result);
extern char *int128_to_decimal(int128 v, int scale);
extern Numeric int128_to_numeric(int128 v, int scale);
extern Numeric wide_to_numeric(const Wide *w, int scale);

#endif							/* BATTERY_DECIMAL_H */
