#include "postgres.h"
#include "compat.h"
#include "decimal.h"
#include "quantity/quantity.h"
static bool parse(const QuantityType *t,const char *s,int64 *value,QuantityProblem *p)
{
	int128 v;
	if (decimal_to_int128(s, strlen(s), t->scale, &v) == DECIMAL_OK && v<=PG_INT64_MAX && v>=PG_INT64_MIN && (!t->bare_limit || (v<=t->bare_limit && v>=-t->bare_limit)))
	{ *value=v; return true; }
	p->sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	p->message = psprintf("invalid input syntax for type %s: \"%s\"", t->name, quantity_excerpt(s));
	p->detail = p->hint = NULL;
	return false;
}
bool capacity_gwh_parse(const char *s, int64 *value, QuantityProblem *problem) { return parse(&capacity_type,s,value,problem);}
bool cost_per_gwh_parse(const char *s, int64 *value, QuantityProblem *problem) { return parse(&cost_type,s,value,problem);}
