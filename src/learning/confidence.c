/*-------------------------------------------------------------------------
 *
 * confidence.c
 *		The confidence of an interval, as every estimator takes it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "learning/confidence.h"
#include "stats/distributions.h"
#include "utils/float.h"

/* The confidence itself, a fraction: 22023 unless it lies between 0 and 1. */
double
check_confidence(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must lie between 0 and 1: %s",
						float8out_internal(confidence)),
				 errhint("Write 0.95 for 95 percent.")));
	return confidence;
}

/*
 * The t of df degrees of freedom that a two-sided interval of this confidence
 * reaches to.  From the tail, which is exact: (1 + confidence) / 2 rounds, up
 * to 1 and so to an infinite t for the largest confidence below 1.
 */
double
t_for_confidence(double confidence, double df)
{
	return -student_t_quantile((1 - confidence) / 2, df);
}
