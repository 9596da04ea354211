/*-------------------------------------------------------------------------
 *
 * input_problem.h
 *		Why a text is not a value of a type: everything an ereport() needs.
 *
 * A parser fills it, so that input can refuse the text, softly where the
 * server asks for that, and the try_ and _problem functions need no error.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_INPUT_PROBLEM_H
#define BATTERY_INPUT_PROBLEM_H

#include "compat.h"

typedef struct InputProblem
{
	int			sqlstate;		/* 0 for none */
	const char *message;
	const char *detail;			/* or NULL */
	const char *hint;			/* or NULL */
} InputProblem;

/* Refuse the input of the function that is called. */
#define INPUT_REFUSE(fcinfo, problem) \
	ereturn((fcinfo)->context, (Datum) 0, \
			(errcode((problem)->sqlstate), \
			 errmsg_internal("%s", (problem)->message), \
			 (problem)->detail ? errdetail_internal("%s", (problem)->detail) : 0, \
			 (problem)->hint ? errhint("%s", (problem)->hint) : 0))

extern text *input_problem_text(const InputProblem *problem);

#endif							/* BATTERY_INPUT_PROBLEM_H */
