/*-------------------------------------------------------------------------
 *
 * input_problem.c
 *		Why a text is not a value of a type, as the _problem functions say it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "input_problem.h"
#include "utils/builtins.h"

/*
 * For people and loaders: the message, the detail and the hint of the error
 * that input would raise, one a line.  The message quotes control characters
 * as blanks, so the lines can be told apart.
 */
text *
input_problem_text(const InputProblem *problem)
{
	return cstring_to_text(psprintf("%s%s%s%s%s",
									problem->message,
									problem->detail ? "\nDETAIL:  " : "",
									problem->detail ? problem->detail : "",
									problem->hint ? "\nHINT:  " : "",
									problem->hint ? problem->hint : ""));
}
