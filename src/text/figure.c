/*-------------------------------------------------------------------------
 *
 * figure.c
 *		A figure as reports print it, taken apart.
 *
 *		figure		missing mark | conflict | [qualifier] amount [unit] [flags]
 *					| amount [unit] range-sign amount [unit]
 *		conflict	number "or" number
 *		flags		(e), (rounded), footnote signs, and behind bare numbers the
 *					letters of statistical offices
 *
 * Amounts and units are scanned by amount.c, so what the types refuse in them
 * is refused here.  What stands around an amount is peeled off first, from the
 * outside in.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "quantity/quantity.h"
#include "text/figure.h"
#include "utils/builtins.h"

typedef struct Reading
{
	const char *text;			/* as given, not terminated */
	int			len;
	Printed		printed;
	FigureDimension expected;
	const FigureStyle *style;
	Figure	   *figure;
} Reading;

/*
 * Letters behind a bare number.  Without a source that names its flags only
 * these single ones are read, and never where money is meant.
 */
static const FigureFlag usual_flags[] = {
	{"b", "break"}, {"c", "confidential"}, {"e", "estimated"},
	{"p", "provisional"}, {"r", "revised"}, {NULL, NULL}
};

static const FigureFlag *
find_flag(const FigureFlag *flags, const char *sign, int len)
{
	for (const FigureFlag *f = flags; f && f->sign; f++)
		if (strncmp(f->sign, sign, len) == 0 && f->sign[len] == '\0')
			return f;
	return NULL;
}

static void
refuse(Reading *r, int sqlstate, const char *format, const char *detail, const char *hint)
{
	Figure	   *f = r->figure;
	InputProblem *problem = &f->problem;

	memset(f, 0, sizeof(Figure));
	problem->sqlstate = sqlstate;
	problem->message = psprintf(format, excerpt_of(r->text, r->len));
	problem->detail = detail;
	problem->hint = hint;
}

/* ----------------------------------------------------------------------
 * Refusals
 * ----------------------------------------------------------------------
 */

/* The refusal of a text that is nothing of the expected dimension. */
static void
refuse_reading(Reading *r, const Amount *amount)
{
	InputProblem found = {0};
	const char *s = r->printed.s;
	const char *detail = NULL;
	const char *hint = NULL;
	bool		marks = explain_marks(s, &detail, &hint);
	bool		number = !marks && explain_number(s, &found);

	if (!marks && !number && amount && amount->has_number && !amount->has_currency)
	{
		const char *p = skip_blanks(amount->number_end);

		if (*p && p[1] == '\0' && find_flag(usual_flags, p, 1))
		{
			detail = psprintf("The letter \"%c\" behind the number is no unit.", *p);
			hint = "Is it a flag of the statistical office? Set the option flags of the source, such as {\"flags\": \"eurostat\"}.";
		}
	}
	if (number)
	{
		detail = found.detail;
		hint = found.hint;
		if (r->style->decimal_comma)
		{
			detail = "The separators of the number are neither a decimal comma nor well-formed thousands points.";
			hint = "By the option decimal_comma 1,5 is one and a half, and 1.500 is fifteen hundred.";
		}
		else if (strchr(s, '\''))
			hint = "Write 1,500 or 1500; a source that prints 1'500 needs the option digit_grouping apostrophe.";
		else if (strstr(found.detail, "blank"))
			hint = "Write one number without blanks inside: 1500 or 1,500. A source that prints 1 500 needs the option digit_grouping blank.";
	}

	switch (r->expected)
	{
		case FIGURE_CAPACITY:
		case FIGURE_SIZE:
		case FIGURE_COST:
			{
				FigureDimension type = r->expected == FIGURE_COST ? FIGURE_COST : FIGURE_CAPACITY;

				memset(r->figure, 0, sizeof(Figure));
				figure_syntax(type, excerpt_of(r->text, r->len), &r->printed, true,
							  &r->figure->problem);
				if (hint)
				{
					r->figure->problem.detail = detail;
					r->figure->problem.hint = hint;
				}
				else if (type == FIGURE_COST && amount && amount->has_currency &&
						 !is_usd(amount))
					r->figure->problem.hint = "Write an amount of money per energy, such as 0.45 CNY/Wh.";
			}
			break;
		case FIGURE_POWER:
			refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is not a power", detail,
				   hint ? hint : "Write W, kW, MW, GW or TW, such as 100 MW.");
			break;
		case FIGURE_PERCENT:
			refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is not a percentage", detail,
				   hint ? hint : "Write a number of percent, such as 36.8 or 36.8 %; fractions need the option units of the source, such as {\"units\": {\"share\": \"fraction\"}}.");
			break;
		case FIGURE_MONEY:
			refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is not an amount of money", detail,
				   hint ? hint : "Write it with its currency, such as EUR 7.34 billion or CNY 18.36 billion.");
			break;
		default:
			if (hint == NULL)
			{
				hint = "Write a number, or tell the loader what this mark means: option missing of the source, such as {\"missing\": {\"?\": \"not available\"}}.";
				for (const char *p = s; *p; p++)
					if (is_digit(*p))
						hint = "Write a number with its unit; put what else the report says into a column of its own.";
			}
			refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is not an amount", detail, hint);
	}
}

static void
refuse_two_amounts(Reading *r)
{
	refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" states two amounts", NULL,
		   "Give each a row of its own: what is and what is planned (statement_kind target), or the plan and its first phase.");
}

static void
refuse_negative(Reading *r)
{
	refuse(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "\"%s\" is negative", NULL,
		   "Amounts are zero or more.");
}

static void
refuse_currency(Reading *r, const char *start, const char *end)
{
	bool		yen = (*start == MARK_YEN);

	refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is in a currency that is not known",
		   psprintf("The currency is printed \"%s\".", printed_piece(&r->printed, start, end)),
		   yen ? "The sign is used for yuan and for yen: set the option yen of the source, such as {\"yen\": \"CNY\"}." :
		   "Write the ISO 4217 code, such as CNY.");
}

/* Does a column take whatever unit is printed? */
static inline bool
takes_any_unit(const Reading *r)
{
	return r->expected == FIGURE_ANY || r->expected == FIGURE_NUMBER;
}

static bool
numeric_above(Numeric a, Numeric b)
{
	return DatumGetBool(DirectFunctionCall2(numeric_gt, NumericGetDatum(a), NumericGetDatum(b)));
}

/* ----------------------------------------------------------------------
 * Missing values
 * ----------------------------------------------------------------------
 */

/* Words for an amount that names no number, such as "tens of thousands". */
static bool
is_no_number(const char *s)
{
	static const char *const firsts[] = {
		"some", "several", "many", "few", "a few", "dozens", "tens", "hundreds",
		"thousands", "millions", "billions", "half", "most", "majority",
		"the majority", "much"
	};
	static const char *const seconds[] = {
		"of", "more", "times", "hundred", "thousand", "million", "billion", NULL
	};

	for (const char *p = s; *p; p++)
		if (is_digit(*p))
			return false;
	for (int i = 0; i < (int) lengthof(firsts); i++)
	{
		int			n;
		const char *p;

		if (to_lower(*s) != firsts[i][0])
			continue;
		n = strlen(firsts[i]);
		p = s + n;
		if (pg_strncasecmp(s, firsts[i], n) != 0)
			continue;
		if (*p == '\0')
			return true;
		if (*p == ' ' && word_in(p + 1, word_length(p + 1), seconds))
			return true;
	}
	return false;
}

/* Several meanings beside one figure, in the order of its flags. */
static void
add_mark(Figure *f, const char *meaning)
{
	if (strcmp(meaning, "estimated") == 0)
		f->is_estimate = true;
	else if (f->mark == NULL)
		f->mark = meaning;
	else
		f->mark = psprintf("%s, %s", f->mark, meaning);
}

/* What a flag says: of a figure, or why there is none. */
static void
add_flag(Figure *f, const FigureFlag *flag)
{
	if (f->missing_reason &&
		(strcmp(flag->meaning, "confidential") == 0 || strcmp(flag->meaning, "not applicable") == 0))
		f->missing_reason = flag->meaning;
	else if (*flag->meaning)
		add_mark(f, flag->meaning);
}

/*
 * Are the n bytes at p flags that are named, or else in others (NULL for none):
 * one sign, or one letter each, with blanks or commas between them?  What they
 * mean goes into f unless that is NULL, up to one that is no flag.
 */
static bool
take_flags(Figure *f, const FigureFlag *named, const FigureFlag *others, const char *p, int n)
{
	const FigureFlag *flag = find_flag(named, p, n);
	bool		any = false;

	if (flag)
	{
		if (f)
			add_flag(f, flag);
		return true;
	}
	for (int i = 0; i < n; i++)
	{
		if (p[i] == ' ' || p[i] == ',')
			continue;
		flag = find_flag(named, p + i, 1);
		if (flag == NULL)
			flag = find_flag(others, p + i, 1);
		if (flag == NULL)
			return false;
		if (f)
			add_flag(f, flag);
		any = true;
	}
	return any;
}

/*
 * Flags that the source names, in parentheses at the end, cut off: 5 GWh (be).
 * Returns them, n_flags bytes; NULL where there are none.
 */
static const char *
peel_named_flags(const FigureFlag *named, char *s, int *len, int *n_flags)
{
	char	   *start = (named && s[*len - 1] == ')') ? strrchr(s, '(') : NULL;

	if (start == NULL || start == s)
		return NULL;
	*n_flags = s + *len - 1 - (start + 1);
	if (!take_flags(NULL, named, NULL, start + 1, *n_flags))
		return NULL;
	cut(s, len, start - s);
	return start + 1;
}

/*
 * A mark for a missing value?  Eurostat's ":" may have flags behind it.
 */
static bool
read_missing(Reading *r, int len)
{
	static const struct
	{
		const char *mark;
		const char *reason;
	}			marks[] = {
		{"na", "not available"}, {"n/a", "not available"}, {"n.a", "not available"},
		{"n.a.", "not available"}, {"..", "not available"}, {"...", "not available"},
		{"\004", "not available"}, {"not available", "not available"},
		{"null", "not available"}, {"none", "not available"}, {"nan", "not available"},
		{"-nan", "not available"}, {"nat", "not available"}, {"<na>", "not available"},
		{"#n/a", "not available"}, {"#na", "not available"}, {"unknown", "not available"},
		{"tbd", "not available"}, {"tba", "not available"},
		{"w", "withheld"}, {"(w)", "withheld"}, {"withheld", "withheld"},
		{"xx", "not applicable"}, {"not applicable", "not applicable"},
		{"-", "not stated"}, {"--", "not stated"}, {"---", "not stated"},
		{"\003", "not stated"}, {"n/s", "not stated"}, {"n.s.", "not stated"},
		{"ns", "not stated"}, {"not stated", "not stated"},
		{"lost", "lost"}, {"[lost]", "lost"}, {"#ref!", "lost"},
		{"#div/0!", "not a number"}, {"#value!", "not a number"},
		{"#num!", "not a number"}, {"#name?", "not a number"}, {"#null!", "not a number"}
	};
	static const FigureFlag colon_flags[] = {
		{"b", "break"}, {"c", "confidential"}, {"d", "definition differs"},
		{"e", "estimated"}, {"f", "forecast"}, {"m", ""}, {"n", "not significant"},
		{"p", "provisional"}, {"r", "revised"}, {"s", "estimated by the office"},
		{"u", "low reliability"}, {"z", "not applicable"}, {NULL, NULL}
	};
	const char *s = r->printed.s;
	Figure	   *f = r->figure;

	if (*s == ':')
	{
		const char *p = skip_blanks(s + 1);

		f->missing_reason = "not available";
		if (*p == '\0' || take_flags(f, r->style->flags, colon_flags, p, strlen(p)))
			return true;
		memset(f, 0, sizeof(Figure));
		return false;
	}
	if (len <= 15)
		for (int i = 0; i < (int) lengthof(marks); i++)
			if (to_lower(*s) == marks[i].mark[0] && word_is(s, len, marks[i].mark))
			{
				f->missing_reason = marks[i].reason;
				return true;
			}
	if (is_letter(*s) && is_no_number(s))
	{
		f->missing_reason = "not a number";
		return true;
	}
	return false;
}

/* ----------------------------------------------------------------------
 * What stands around an amount
 * ----------------------------------------------------------------------
 */

/* A sign beside a figure: what the source says it means, or itself. */
static void
add_sign(Reading *r, const char *p)
{
	char	   *sign = printed_piece(&r->printed, p, p + 1);
	const FigureFlag *flag = find_flag(r->style->flags, sign, strlen(sign));

	if (r->figure->mark && flag == NULL && strcmp(r->figure->mark, sign) == 0)
		return;					/* ** */
	add_mark(r->figure, flag ? flag->meaning : sign);
}

/* Signs and parentheses behind the amount, from the end. */
static void
peel_end(Reading *r, char *s, int *len)
{
	static const struct
	{
		const char *text;
		const char *meaning;	/* "" for none */
	}			notes[] = {
		{"(e)", "estimated"}, {"(est)", "estimated"}, {"(est.)", "estimated"},
		{"(estimate)", "estimated"}, {"(estimated)", "estimated"},
		{"(rounded)", ""}, {"(p)", "provisional"}, {"(prelim.)", "provisional"},
		{"(preliminary)", "provisional"}, {"(provisional)", "provisional"},
		{"(r)", "revised"}, {"(revised)", "revised"}
	};

	for (;;)
	{
		char		last = *len > 1 ? s[*len - 1] : '\0';
		bool		found = false;

		if (last == '*' || last == MARK_DAGGER)
		{
			add_sign(r, s + *len - 1);
			cut(s, len, *len - 1);
			continue;
		}
		for (int i = 0; i < (int) lengthof(notes) && last == ')'; i++)
		{
			int			n = strlen(notes[i].text);

			if (*len > n && word_is(s + *len - n, n, notes[i].text))
			{
				if (*notes[i].meaning)
					add_mark(r->figure, notes[i].meaning);
				cut(s, len, *len - n);
				found = true;
				break;
			}
		}
		if (!found)
			return;
	}
}

/*
 * The words and signs before an amount; returns the qualifier, or NULL.
 */
static const char *
scan_qualifier(const char **pp, bool *estimate)
{
	static const struct
	{
		const char *words;
		const char *qualifier;
	}			phrases[] = {
		{"about", "~"}, {"approximately", "~"}, {"approx.", "~"}, {"approx", "~"},
		{"around", "~"}, {"roughly", "~"}, {"circa", "~"}, {"ca.", "~"},
		{"ca", "~"}, {"c.", "~"}, {"some", "~"},
		{"nearly", "nearly"}, {"almost", "nearly"}, {"just under", "nearly"},
		{"close to", "nearly"},
		{"at least", "\342\211\245"}, {"no less than", "\342\211\245"},
		{"not less than", "\342\211\245"}, {"minimum", "\342\211\245"},
		{"min.", "\342\211\245"}, {"min", "\342\211\245"}, {"a minimum of", "\342\211\245"},
		{"up to", "\342\211\244"}, {"at most", "\342\211\244"},
		{"no more than", "\342\211\244"}, {"not more than", "\342\211\244"},
		{"as much as", "\342\211\244"}, {"maximum", "\342\211\244"},
		{"max.", "\342\211\244"}, {"max", "\342\211\244"}, {"a maximum of", "\342\211\244"},
		{"more than", ">"}, {"over", ">"}, {"above", ">"}, {"exceeding", ">"},
		{"in excess of", ">"}, {"greater than", ">"},
		{"less than", "<"}, {"under", "<"}, {"below", "<"}, {"fewer than", "<"},
		{"est.", "estimated"}, {"estimated", "estimated"}
	};
	const char *p = *pp;
	const char *qualifier = NULL;

	switch (*p)
	{
		case '~':
			qualifier = "~";
			break;
		case '<':
			qualifier = (p[1] == '=') ? "\342\211\244" : "<";
			break;
		case '>':
			qualifier = (p[1] == '=') ? "\342\211\245" : ">";
			break;
		case MARK_LE:
			qualifier = "\342\211\244";
			break;
		case MARK_GE:
			qualifier = "\342\211\245";
			break;
	}
	if (qualifier)
	{
		p += (p[1] == '=' && (*p == '<' || *p == '>')) ? 2 : 1;
		*pp = skip_blanks(p);
		return qualifier;
	}
	if (!is_letter(*p))
		return NULL;
	for (int i = 0; i < (int) lengthof(phrases); i++)
	{
		int			n;

		if (to_lower(*p) != phrases[i].words[0])
			continue;
		n = strlen(phrases[i].words);
		if (pg_strncasecmp(p, phrases[i].words, n) != 0 || p[n] != ' ')
			continue;
		*pp = skip_blanks(p + n);
		if (strcmp(phrases[i].qualifier, "estimated") == 0)
		{
			*estimate = true;
			return scan_qualifier(pp, estimate);
		}
		return phrases[i].qualifier;
	}
	return NULL;
}

/* ----------------------------------------------------------------------
 * Reading
 * ----------------------------------------------------------------------
 */

/* The qualifier behind an amount, cut off: 20 GWh+, 20 or more */
static const char *
peel_bound(char *s, int *len)
{
	if (*len > 1 && s[*len - 1] == '+')
	{
		cut(s, len, *len - 1);
		return "\342\211\245";
	}
	if (*len > 8 && word_is(s + *len - 8, 8, " or more"))
	{
		cut(s, len, *len - 8);
		return "\342\211\245";
	}
	if (*len > 8 && word_is(s + *len - 8, 8, " or less"))
	{
		cut(s, len, *len - 8);
		return "\342\211\244";
	}
	return NULL;
}

/* What separates the ends of a range, with the upper end behind it. */
static bool
scan_range_sign(const char **pp, bool between)
{
	const char *p = skip_blanks(*pp);
	int			n = word_length(p);
	const char *q;

	if (*p == '-' || *p == MARK_DASH || *p == '~' || *p == MARK_ELLIPSIS)
		p++;
	else if (n == 2 && word_is(p, n, "to"))
		p += n;
	else if (n == 3 && between && word_is(p, n, "and"))
		p += n;
	else
		return false;
	/* a number, with a currency before it */
	for (q = p; *q == ' ' || *q == '$' || *q == '.' || *q == '-' || is_letter(*q) || is_currency_mark(*q); q++)
		;
	if (!is_digit(*q))
		return false;
	*pp = skip_blanks(p);
	return true;
}

/* 8 or 1: two candidates, at s */
static bool
read_conflict(Reading *r, const char *s)
{
	static const char *const words[] = {"conflict", "conflicting", NULL};
	Figure	   *f = r->figure;
	const char *p = s;
	bool		negative = (*p == '-');
	Number		a;
	Number		b;
	int			n;
	Numeric		swap;

	if (negative)
		p++;
	if (!scan_number(&p, r->style, &a) || pg_strncasecmp(p, " or ", 4) != 0)
		return false;
	a.negative = negative && a.mantissa != 0;
	p = skip_blanks(p + 4);
	if (!scan_number(&p, r->style, &b))
		return false;
	p = skip_blanks(p);
	if (*p == '-' || *p == MARK_DASH)
		p = skip_blanks(p + 1);
	if (*p == '(')
		p++;
	n = word_length(p);
	if (n > 0)
	{
		if (!word_in(p, n, words))
			return false;
		p += n;
		if (*p == ')')
			p++;
	}
	if (*p != '\0')
		return false;
	if (a.negative && !takes_any_unit(r))
	{
		refuse_negative(r);
		return true;
	}
	f->low = number_to_numeric(&a, 0);
	f->high = number_to_numeric(&b, 0);
	if (f->low == NULL || f->high == NULL)
		return false;
	if (numeric_above(f->low, f->high))
	{
		swap = f->low;
		f->low = f->high;
		f->high = swap;
	}
	f->missing_reason = "conflict";
	f->dimension = FIGURE_NUMBER;
	f->has_significant = true;
	f->significant = Max(a.last, b.last);
	return true;
}

/*
 * "Less than ½ unit": half of one of the column's units.
 */
static bool
read_half_unit(Reading *r, const char *p, const char *qualifier)
{
	Number		half = {
		.mantissa = 5,
		.exponent = -1,
		.last = -1
	};
	int			n;

	if (*p == MARK_HALF)
		p++;
	else if (strncmp(p, "1/2", 3) == 0)
		p += 3;
	else
		return false;
	p = skip_blanks(p);
	n = word_length(p);
	if (p[n] != '\0' || !(word_is(p, n, "unit") || word_is(p, n, "units")))
		return false;
	r->figure->value = number_to_numeric(&half, 0);
	r->figure->qualifier = qualifier ? qualifier : "=";
	r->figure->dimension = FIGURE_NUMBER;
	r->figure->has_significant = true;
	r->figure->significant = -1;
	return true;
}

/* The letters of statistical offices behind a bare number, up to the end. */
static bool
read_flags(Reading *r, const char *p)
{
	const FigureFlag *named = r->style->flags;
	int			n = strlen(p);

	if (named == NULL)
	{
		if (r->style->money && r->expected != FIGURE_COST)
			return false;
		named = usual_flags;
		if (n > 1)
			return false;
	}
	return take_flags(NULL, named, NULL, p, n) && take_flags(r->figure, named, NULL, p, n);
}

/*
 * Beside the amount, in parentheses at the end: the same in US dollars, times
 * 10^shift in the unit of the amount.  Returns false where the parentheses
 * hold something else.
 */
static bool
read_stated_usd(Reading *r, const char *p, bool cost, int shift)
{
	static const char *const abouts[] = {"about", "approximately", NULL};
	Amount		amount;
	FigureStyle style = *r->style;
	int			exponent = 0;
	int			n = word_length(p);

	style.money = true;
	if (n > 0 && word_in(p, n, abouts) && p[n] == ' ')
		p = skip_blanks(p + n);
	else if (pg_strncasecmp(p, "approx. ", 8) == 0)
		p = skip_blanks(p + 8);
	else if (*p == '~')
		p = skip_blanks(p + 1);
	scan_amount(&p, &style, &amount);
	if (!amount.has_number || amount.number.negative || !is_usd(&amount))
		return false;
	if (cost && !scan_denominator(&p, &exponent))
		return false;
	if (*p != '\0')
		return false;
	r->figure->usd_stated = number_to_numeric(&amount.number, amount.scale - exponent + shift);
	return r->figure->usd_stated != NULL;
}

/* Cut "(...)" off the end of s; returns what is in it, or NULL. */
static char *
cut_parentheses(char *s, int *len)
{
	char	   *open;

	if (*len < 3 || s[*len - 1] != ')')
		return NULL;
	open = strrchr(s, '(');
	/* a denominator's parentheses: $5/(GWh/yr) */
	if (open == NULL || open == s)
		return NULL;
	for (const char *p = open - 1; p >= s; p--)
		if (*p == '/' || (p - s >= 2 && strncmp(p - 2, "per", 3) == 0))
			return NULL;
		else if (*p != ' ')
			break;
	open = pnstrdup(open + 1, s + *len - 1 - (open + 1));
	cut(s, len, *len - strlen(open) - 2);
	return open;
}

/* An amount with its unit, or the two ends of a range. */
typedef struct Ends
{
	bool		range;
	Amount		a;				/* the amount, or the lower end */
	Unit		unit;
	Amount		b;				/* the upper end */
	Unit		upper;
	const char *number_end;		/* of the last number */
	const char *rest;			/* behind all that was known */
} Ends;

static bool
same_currency(const Amount *a, const Amount *b)
{
	return a->currency && b->currency && strcmp(a->currency, b->currency) == 0;
}

/*
 * The upper end of a range at *pp; what one end does not say, the other does.
 */
static bool
read_upper_end(Reading *r, const char **pp, Ends *e)
{
	FigureStyle style = *r->style;
	Amount	   *a = &e->a;
	Amount	   *b = &e->b;

	/* $4-5m: the currency of the lower end makes m millions */
	style.money |= a->has_currency;
	scan_amount(pp, &style, b);
	if (!b->has_number || (b->has_sign && !b->negative))
		return false;
	if (b->has_currency && a->has_currency)
	{
		if (!same_currency(a, b))
			return false;
	}
	else if (b->has_currency)
	{
		a->has_currency = true;
		a->currency = b->currency;
	}
	scan_unit(pp, a->has_currency || r->expected == FIGURE_COST, r->expected, &e->upper);
	if (!a->has_scale)
	{
		a->has_scale = b->has_scale;
		a->scale = b->scale;
	}
	a->letter_scale |= b->letter_scale;
	a->indian_scale |= b->indian_scale;
	if (e->unit.kind == UNIT_NONE)
		e->unit = e->upper;
	return e->unit.kind == e->upper.kind;
}

/* The unit beside a figure as it is printed, before the number and behind. */
static char *
unit_as_printed(Reading *r, const Ends *e, const char *end)
{
	char	   *behind = printed_piece(&r->printed, skip_blanks(e->number_end), end);

	if (e->a.currency_start && e->a.currency_start < e->a.number_start)
		return joined(printed_piece(&r->printed, e->a.start, e->a.number_start),
					  *behind && *behind != '/' ? " " : "", behind);
	return behind;
}

/* Read what is known from s on; false where it was refused. */
static bool
read_ends(Reading *r, const char *s, bool between, Ends *e)
{
	const char *p = s;

	e->range = false;
	scan_amount(&p, r->style, &e->a);
	if (!e->a.has_number)
	{
		int			n = word_length(s);

		/* XYZ 5 billion */
		if (n == 3 && s[0] < 'a' && s[1] < 'a' && s[2] < 'a' &&
			is_digit(*skip_blanks(s + 3)))
			refuse_currency(r, s, s + 3);
		else
			refuse_reading(r, NULL);
		return false;
	}
	/* M$ 5 are millions, and K5 is a name */
	if (e->a.scale_first && !e->a.has_currency)
	{
		refuse_reading(r, &e->a);
		return false;
	}
	if (e->a.has_currency && e->a.currency == NULL)
	{
		refuse_currency(r, e->a.currency_start, e->a.currency_end);
		return false;
	}
	e->number_end = e->a.number_end;
	scan_unit(&p, e->a.has_currency || r->expected == FIGURE_COST, r->expected, &e->unit);
	if (scan_range_sign(&p, between))
	{
		bool		good = read_upper_end(r, &p, e);

		if (e->b.has_currency && e->b.currency == NULL)
		{
			refuse_currency(r, e->b.currency_start, e->b.currency_end);
			return false;
		}
		if (!good)
		{
			refuse_reading(r, &e->a);
			return false;
		}
		e->number_end = e->b.number_end;
		e->range = true;
	}
	else if (between)
	{
		refuse_reading(r, &e->a);
		return false;
	}
	e->rest = skip_blanks(p);
	return true;
}

/*
 * What is behind all that was known, up to end: flags, or somebody's unit, from
 * where units begin.  false where it was refused.
 */
static bool
read_rest(Reading *r, Ends *e, const char *end)
{
	const char *p = e->rest;
	const char *start = e->range ? e->upper.start : e->unit.start;
	const char *slash;

	if (*p == '\0')
		return true;
	if (e->unit.kind == UNIT_NONE && !e->a.has_currency && !e->a.has_scale && read_flags(r, p))
		return true;
	/* money is for something or it is nothing: USD/kW, USD per tonne */
	if (takes_any_unit(r) && is_free_unit(start, end) &&
		!(p[1] == '\0' && find_flag(usual_flags, p, 1)) &&
		!(e->a.has_currency && *start != '/' && pg_strncasecmp(start, "per ", 4) != 0))
	{
		e->unit.kind = UNIT_FREE;
		e->unit.exponent = 0;
		e->unit.start = start;
		e->unit.end = end;
		e->upper.exponent = 0;
		return true;
	}
	slash = strchr(start, '/');
	if (slash && is_digit(*skip_blanks(slash + 1)))
		refuse_two_amounts(r);
	else
		refuse_reading(r, &e->a);
	return false;
}

static bool
is_negative(const Number *number)
{
	return number->negative && number->mantissa != 0;
}

/* Is it what the column expects?  false where it was refused. */
static bool
check_fit(Reading *r, const Ends *e, FigureDimension dimension)
{
	bool		measured = (dimension == FIGURE_CAPACITY || dimension == FIGURE_POWER ||
							dimension == FIGURE_PERCENT);
	bool		bare = (dimension == FIGURE_NUMBER);

	if (!takes_any_unit(r) && !bare && dimension != r->expected &&
		!(r->expected == FIGURE_SIZE && (dimension == FIGURE_CAPACITY || dimension == FIGURE_POWER)))
	{
		refuse_reading(r, &e->a);
		return false;
	}
	/* a multiple needs its unit, and letters are read for money only */
	if ((e->a.has_scale && bare && !takes_any_unit(r) && r->expected != FIGURE_MONEY) ||
		(e->a.letter_scale && measured))
	{
		refuse_reading(r, &e->a);
		r->figure->problem.detail = "There is a multiple, and no unit that it is a multiple of.";
		r->figure->problem.hint = "A multiple needs a unit: write 67.5 thousand MWh, or set the option units of the source, such as {\"units\": {\"capacity\": \"MWh\"}}.";
		return false;
	}
	if (!is_sound_scale(&e->a, dimension))
	{
		refuse_reading(r, &e->a);
		return false;
	}
	if (!takes_any_unit(r) &&
		(is_negative(&e->a.number) || (e->range && is_negative(&e->b.number))))
	{
		refuse_negative(r);
		return false;
	}
	return true;
}

/* The numbers into the figure; false where they were refused. */
static bool
fill_numbers(Reading *r, const Ends *e, const char *qualifier, FigureDimension dimension)
{
	Figure	   *f = r->figure;
	bool		convert = (r->expected != FIGURE_NUMBER);
	int			shift = e->a.scale + (convert ? e->unit.exponent : 0);
	int			upper_shift = !e->range ? shift : e->b.scale + (convert ? e->upper.exponent : 0);
	const Number *greatest = e->range ? &e->b.number : &e->a.number;
	Numeric		first = number_to_numeric(&e->a.number, shift);
	Numeric		second = e->range ? number_to_numeric(&e->b.number, upper_shift) : first;
	int64		v;

	if (first == NULL || second == NULL)
	{
		refuse(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "\"%s\" is out of range", NULL,
			   "Check the exponent of the number.");
		return false;
	}
	if (e->range && numeric_above(first, second))
	{
		refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is a range that runs downwards", NULL,
			   "Write the lower end first, and either a bound (up to 90) or a range (86-90).");
		return false;
	}
	if (e->range && qualifier && strcmp(qualifier, "~") != 0)
	{
		refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" has both a bound and a range", NULL,
			   "Write the lower end first, and either a bound (up to 90) or a range (86-90).");
		return false;
	}
	/* what the types hold */
	if (convert && (dimension == FIGURE_CAPACITY ||
					(dimension == FIGURE_COST && is_usd(&e->a))) &&
		!number_to_int64(greatest, upper_shift + (dimension == FIGURE_COST ? COST_SCALE : CAPACITY_SCALE), &v))
	{
		memset(f, 0, sizeof(Figure));
		figure_range(dimension, excerpt_of(r->text, r->len), &f->problem);
		return false;
	}
	if (e->range)
	{
		f->low = first;
		f->high = second;
		f->qualifier = qualifier ? qualifier : "range";
	}
	else
	{
		f->value = first;
		f->qualifier = qualifier ? qualifier : "=";
	}
	f->scale = e->a.scale;
	f->significant = e->a.number.last + shift;
	if (e->range)
		f->significant = Max(f->significant, e->b.number.last + upper_shift);
	f->has_significant = (f->significant >= -MAX_EXPONENT && f->significant <= MAX_EXPONENT);
	return true;
}

/* The amount, or range, at s; qualifier as found before it. */
static void
read_amount(Reading *r, char *s, int len, const char *qualifier, bool between)
{
	Figure	   *f = r->figure;
	bool		convert = (r->expected != FIGURE_NUMBER);
	char	   *usd = cut_parentheses(s, &len);
	FigureDimension dimension;
	Ends		e;

	if (!read_ends(r, s, between, &e) || !read_rest(r, &e, s + len))
		return;
	dimension = dimension_of(&e.a, &e.unit);
	if (!check_fit(r, &e, dimension) || !fill_numbers(r, &e, qualifier, dimension))
		return;

	f->dimension = dimension;
	f->currency = e.a.currency;
	if (e.unit.kind != UNIT_NONE || e.a.has_currency)
	{
		f->unit_as_printed = unit_as_printed(r, &e, s + len);
		if (convert && (f->unit = base_unit(dimension, e.a.currency)) != NULL)
			f->unit_is_constant = !e.a.has_currency;
		else if (e.a.has_currency)
			f->unit = money_unit(&r->printed, e.a.currency, &e.unit);
		else
			f->unit = printed_piece(&r->printed, e.unit.start, e.unit.end);
	}
	if (usd && (!read_stated_usd(r, usd, dimension == FIGURE_COST, convert ? 0 : -e.unit.exponent) ||
				e.a.currency == NULL || is_usd(&e.a)))
		refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION,
			   "\"%s\" has something in parentheses that is not its amount in US$", NULL,
			   "Write the amount, and in parentheses the US$ that the source states: EUR 7.34 billion ($7.6 billion).");
	else if (r->expected == FIGURE_SIZE && dimension == FIGURE_POWER)
	{
		f->power = f->value;
		f->value = NULL;
		if (e.range || strcmp(f->qualifier, "=") != 0)
			refuse_reading(r, &e.a);
	}
}

/* A power and an energy with their units, in either order. */
static void
read_size(Reading *r, char *slash)
{
	Figure	   *f = r->figure;
	const char *parts[2] = {r->printed.s, skip_blanks(slash + 1)};
	const char *units[2] = {"", ""};
	Amount		amount;
	Unit		unit;
	bool		good = true;

	*slash = '\0';
	for (int i = 0; i < 2 && good; i++)
	{
		const char *p = parts[i];
		Numeric		value;

		scan_amount(&p, r->style, &amount);
		scan_unit(&p, false, FIGURE_SIZE, &unit);
		good = amount.has_number && !amount.number.negative && !amount.has_currency &&
			!amount.letter_scale && !amount.scale_first && !amount.indian_scale && *skip_blanks(p) == '\0' &&
			(unit.kind == UNIT_ENERGY || unit.kind == UNIT_POWER);
		if (!good)
			break;
		units[i] = printed_piece(&r->printed, unit.start, unit.end);
		value = number_to_numeric(&amount.number, amount.scale + unit.exponent);
		if (unit.kind == UNIT_ENERGY && f->value == NULL)
		{
			f->value = value;
			f->has_significant = true;
			f->significant = amount.number.last + amount.scale + unit.exponent;
		}
		else if (unit.kind == UNIT_POWER && f->power == NULL)
			f->power = value;
		else
			good = false;
	}
	*slash = '/';
	if (!good || f->value == NULL || f->power == NULL)
	{
		const char *detail = NULL;
		const char *hint = "Write one of each with its unit, such as 100 MW / 400 MWh; hours alone state no energy.";

		(void) explain_marks(r->printed.s, &detail, &hint);
		refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is not a power and an energy",
			   detail, hint);
		return;
	}
	f->qualifier = "=";
	f->dimension = FIGURE_SIZE;
	f->unit = "GWh";
	f->unit_as_printed = joined(units[0], " / ", units[1]);
}

/*
 * Read len bytes at s as a figure of the dimension that is expected.  No text
 * makes it fail: figure->problem says why one is none.  An empty text is
 * nothing at all.
 */
void
figure_read(const char *text, int len, FigureDimension expected,
			const FigureStyle *style, Figure *figure)
{
	Reading		r;
	char	   *s;
	char	   *slash;
	int			n;
	const char *p;
	const char *qualifier;
	const char *bound;
	const char *flags;
	int			n_flags = 0;
	bool		between = false;
	FigureStyle money;

	memset(figure, 0, sizeof(Figure));
	r.text = text;

	r.len = len;
	r.expected = expected;
	r.style = style;
	r.figure = figure;
	if (expected == FIGURE_MONEY || expected == FIGURE_COST)
	{
		money = *style;
		money.money = true;
		r.style = &money;
	}
	if (!fold_printed(text, len, &r.printed))
	{
		if (expected == FIGURE_CAPACITY || expected == FIGURE_COST)
			figure_syntax(expected, excerpt_of(text, len), NULL, true, &figure->problem);
		else
			refuse(&r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is not an amount",
				   psprintf("The text is longer than %d characters.", PRINTED_MAX),
				   "Write a number with its unit.");
		return;
	}
	s = r.printed.s;
	n = r.printed.len;
	if (n == 0)
		return;

	flags = peel_named_flags(style->flags, s, &n, &n_flags);
	if (!is_digit(*s))
	{
		if (read_missing(&r, n))
		{
			if (flags)
				take_flags(figure, style->flags, NULL, flags, n_flags);
			return;
		}
		if (*s == '"' && n > 2 && s[n - 1] == '"')
		{
			cut(s, &n, n - 1);
			*s = ' ';
		}
		else if ((*s == '*' || *s == MARK_DAGGER) && n > 1)
		{
			add_sign(&r, s);
			*s = ' ';
		}
	}
	if (flags)
		take_flags(figure, style->flags, NULL, flags, n_flags);
	if (!is_letter(s[n - 1]) && !is_digit(s[n - 1]))
		peel_end(&r, s, &n);
	bound = is_digit(s[n - 1]) ? NULL : peel_bound(s, &n);
	if (!r.printed.is_plain &&
		(strchr(s, MARK_ARROW) || strstr(s, "->") || strstr(s, "=>")))
	{
		refuse_two_amounts(&r);
		return;
	}
	if (expected == FIGURE_SIZE && (slash = strchr(s, '/')) != NULL)
	{
		p = slash + 1;
		if (!scan_per_year(&p) && is_digit(*skip_blanks(slash + 1)))
		{
			read_size(&r, slash);
			return;
		}
	}

	p = skip_blanks(s);
	qualifier = is_digit(*p) ? NULL : scan_qualifier(&p, &figure->is_estimate);
	if (is_letter(*p) && (pg_strncasecmp(p, "between ", 8) == 0 || pg_strncasecmp(p, "from ", 5) == 0))
	{
		p = skip_blanks(p + (to_lower(*p) == 'b' ? 8 : 5));
		between = true;
	}
	if (bound && qualifier)
	{
		refuse_reading(&r, NULL);
		return;
	}
	if (bound)
		qualifier = bound;
	if (*p == MARK_HALF || (p[0] == '1' && p[1] == '/'))
		if (read_half_unit(&r, p, qualifier))
			return;
	if (qualifier == NULL && !between && read_conflict(&r, p))
		return;
	read_amount(&r, (char *) p, n - (p - s), qualifier, between);
}
