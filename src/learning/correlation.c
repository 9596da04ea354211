/*-------------------------------------------------------------------------
 *
 * correlation.c
 *		corr() and regr_r2() of quantities: regressions of their numbers.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "compat.h"
#include "fmgr.h"
#include "learning/regression_moments.h"
#include "quantity/quantity.h"

PG_FUNCTION_INFO_V1(regression_correlation);

/*
 * A transition of regression(y, x) on the nearest doubles; a type is NULL where the
 * argument is a double.  The arguments are put back: those of one row serve every
 * grouping set.
 */
static Datum
on_doubles(FunctionCallInfo fcinfo, PGFunction transition, const QuantityType *y, const QuantityType *x)
{
	const QuantityType *types[] = {y, x};
	NullableDatum *args = fcinfo->args + 1;
	const NullableDatum given[] = {args[0], args[1]};
	Datum		result;

	for (int i = 0; i < 2; i++)
		if (types[i] != NULL && !args[i].isnull)
			args[i].value = Float8GetDatum(quantity_to_float8(types[i], DatumGetInt64(args[i].value)));
	result = transition(fcinfo);
	args[0] = given[0];
	args[1] = given[1];
	return result;
}

/* first_second_regression(state, y, x) and its inverse */
#define REGRESSION_OF(first, first_type, second, second_type) \
	PG_FUNCTION_INFO_V1(first##_##second##_regression); \
	PG_FUNCTION_INFO_V1(first##_##second##_regression_inv); \
	Datum \
	first##_##second##_regression(PG_FUNCTION_ARGS) \
	{ \
		return on_doubles(fcinfo, regression_accum_1, first_type, second_type); \
	} \
	Datum \
	first##_##second##_regression_inv(PG_FUNCTION_ARGS) \
	{ \
		return on_doubles(fcinfo, regression_accum_1_inv, first_type, second_type); \
	}

REGRESSION_OF(capacity, &capacity_type, capacity, &capacity_type)
REGRESSION_OF(capacity, &capacity_type, cost, &cost_type)
REGRESSION_OF(capacity, &capacity_type, number, NULL)
REGRESSION_OF(cost, &cost_type, capacity, &capacity_type)
REGRESSION_OF(cost, &cost_type, cost, &cost_type)
REGRESSION_OF(cost, &cost_type, number, NULL)
REGRESSION_OF(number, NULL, capacity, &capacity_type)
REGRESSION_OF(number, NULL, cost, &cost_type)

/*
 * n times the centred sum of products i, j; zero below the rounding of what it is the
 * difference of.
 */
static BigFloat
centred(const BigFloat *a, int i, int j)
{
	BigFloat	whole = bf_mul(&a[0], &a[i * 3 + j]);
	BigFloat	of_means = bf_mul(&a[i], &a[j]);
	BigFloat	difference = bf_sub(&whole, &of_means);

	if (!bf_is_zero(&whole) && fabs(bf_ratio(&difference, &whole)) < ldexp(1, -400))
		return bf_zero();
	return difference;
}

/*
 * From -1 to 1; NULL when x or y is constant, and of anything but y by one regressor
 * with an intercept, without weights.
 */
Datum
regression_correlation(PG_FUNCTION_ARGS)
{
	Regression *r = PG_GETARG_REGRESSION(0);
	BigFloat	a[3 * 3];
	BigFloat	x;
	BigFloat	y;
	BigFloat	xy;
	BigFloat	square;
	BigFloat	product;
	double		result;

	if (r->n == 0 || r->flags != REGRESSION_INTERCEPT || r->regressors != 1)
		PG_RETURN_NULL();
	regression_matrix(r, a);
	x = centred(a, 1, 1);
	y = centred(a, 2, 2);
	if (bf_is_zero(&x) || bf_is_zero(&y))
		PG_RETURN_NULL();
	xy = centred(a, 1, 2);
	square = bf_mul(&xy, &xy);
	product = bf_mul(&x, &y);
	result = sqrt(bf_ratio(&square, &product));
	PG_RETURN_FLOAT8(bf_to_double(&xy) < 0 ? -result : result);
}
