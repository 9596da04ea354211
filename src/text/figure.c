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

/* Bytes of a text that a message quotes, with the dots behind them 100. */
#define EXCERPT_BYTES	97

/* Powers of ten beyond which nothing printed is a figure. */
#define MAX_EXPONENT	1000

typedef enum UnitKind
{
	UNIT_NONE,
	UNIT_ENERGY,
	UNIT_POWER,
	UNIT_PERCENT,
	UNIT_PER_ENERGY,			/* behind money */
	UNIT_FREE					/* anything else */
} UnitKind;

typedef struct Unit
{
	UnitKind	kind;
	int			exponent;		/* to the base unit of its dimension */
	const char *start;
	const char *end;
} Unit;

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

/* ----------------------------------------------------------------------
 * Texts for the caller
 * ----------------------------------------------------------------------
 */

/*
 * The piece of the text that was folded to [start, end), compatibility forms
 * plain and every run of blanks one blank.
 */
static char *
printed_piece(const Printed *printed, const char *start, const char *end)
{
	char	   *result;
	char	   *out;

	while (end > start && end[-1] == ' ')
		end--;
	out = result = palloc(printed->at[end - printed->s] - printed->at[start - printed->s] +
						  (end - start) + 1);
	for (const char *p = start; p < end; p++)
	{
		const char *source;
		int			n;

		if (*p >= ' ' && *p < 0x7f)
		{
			if (*p != ' ' || p == start || p[-1] != ' ')
				*out++ = *p;
			continue;
		}
		source = printed->source + printed->at[p - printed->s];
		n = printed->at[p + 1 - printed->s] - printed->at[p - printed->s];
		if ((unsigned char) *source < ' ')
			*out++ = ' ';
		else
		{
			memcpy(out, source, n);
			out += n;
		}
	}
	*out = '\0';
	return printed->is_utf8 ? result : text_from_utf8(result, out - result);
}

/* cheaper than psprintf() */
static char *
joined(const char *a, const char *b, const char *c)
{
	size_t		na = strlen(a);
	size_t		nb = strlen(b);
	size_t		nc = strlen(c);
	char	   *result = palloc(na + nb + nc + 1);

	memcpy(result, a, na);
	memcpy(result + na, b, nb);
	memcpy(result + na + nb, c, nc + 1);
	return result;
}

static char *
excerpt_of(const char *s, int len)
{
	return text_excerpt(pnstrdup(s, Min(len, EXCERPT_BYTES + 8)), EXCERPT_BYTES);
}

static void
refuse(Reading *r, int sqlstate, const char *format, const char *detail, const char *hint)
{
	Figure	   *f = r->figure;
	FigureProblem *problem = &f->problem;

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

/* The digits glued to the end of a unit, or NULL. */
static const char *
glued_digits(const char *s, int *length)
{
	const char *end = s + strlen(s);
	const char *p = end;

	while (p > s && is_digit(p[-1]))
		p--;
	if (p == end || p == s || !(is_letter(p[-1]) || p[-1] == '%'))
		return NULL;
	*length = end - p;
	return p;
}

/* A number in brackets, such as [1]? */
static bool
has_bracket_note(const char *s)
{
	const char *p = strchr(s, '[');

	if (p == NULL || p == s)
		return false;
	for (p++; is_digit(*p) || is_letter(*p); p++)
		;
	return *p == ']';
}

/* What marks on a number make it unreadable whatever it measures? */
static bool
explain_marks(const char *s, const char **detail, const char **hint)
{
	const char *digits;
	int			n;

	if (strchr(s, MARK_RAISED) || has_bracket_note(s))
	{
		*detail = "A raised, lowered, enclosed or bracketed character stands beside the number.";
		*hint = "Is it the number of a footnote? Write the figure without it, and a power of ten as 1e6 or million.";
		return true;
	}
	if (strchr(s, MARK_FRACTION) || strchr(s, MARK_HALF))
	{
		*detail = "A fraction is printed as one character.";
		*hint = "Write a decimal, such as 1.5.";
		return true;
	}
	if ((digits = glued_digits(s, &n)) != NULL && digits > s)
	{
		const char *w = digits;

		while (w > s && is_letter(w[-1]))
			w--;
		/* behind a unit, and not the 7 of x7 */
		if (w > s && (is_digit(w[-1]) || w[-1] == ' ' || w[-1] == '/' || w[-1] == '%'))
		{
			*detail = "Digits are glued to what stands behind the number.";
			*hint = psprintf("Is %.*s the number of a footnote? Write the figure without it.",
							 Min(n, 20), digits);
			return true;
		}
	}
	return false;
}

/* The refusal of a text that is nothing of the expected dimension. */
static void
refuse_reading(Reading *r, const Amount *amount)
{
	FigureProblem found = {0};
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
						 strcmp(amount->currency, "USD") != 0)
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

/* ----------------------------------------------------------------------
 * Numbers
 * ----------------------------------------------------------------------
 */

/* number * 10^shift without trailing zeros; NULL beyond MAX_EXPONENT */
static Numeric
number_to_numeric(const Number *number, int shift)
{
	static const int64 powers[] = {
		INT64CONST(1), INT64CONST(10), INT64CONST(100), INT64CONST(1000),
		INT64CONST(10000), INT64CONST(100000), INT64CONST(1000000),
		INT64CONST(10000000), INT64CONST(100000000), INT64CONST(1000000000)
	};
	int64		exponent = (int64) number->exponent + shift;
	int64		v = number->mantissa;
	char	   *s;

	if (number->wide == NULL)
	{
		if (v == 0)
			return int64_to_numeric(0);
		while (exponent < 0 && v % 10 == 0)
		{
			v /= 10;
			exponent++;
		}
		if (exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT)
			return NULL;
		if (number->negative)
			v = -v;
		if (exponent >= 0 && exponent <= 9 && v <= INT64CONST(1000000000) && v >= -INT64CONST(1000000000))
			return int64_to_numeric(v * powers[exponent]);
		if (exponent >= 0 && exponent <= 18)
		{
			int128		w = v;

			for (int i = 0; i < exponent; i++)
				w *= 10;
			if (w <= PG_INT64_MAX && w >= PG_INT64_MIN)
				return int64_to_numeric((int64) w);
		}
		/* see int128_to_numeric() for what the server's division gets right */
		if (exponent < 0 && exponent > -18 && exponent % 4 != 0 &&
			v <= PG_INT64_MAX / 10000 && v >= PG_INT64_MIN / 10000)
			return int64_div_fast_to_numeric(v, (int) -exponent);
		s = psprintf(INT64_FORMAT "e%d", v, (int) exponent);
	}
	else
	{
		const char *point = strchr(number->wide, '.');

		if (point)
			exponent += strlen(point + 1);
		if (exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT)
			return NULL;
		s = psprintf("%s%se%d", number->negative ? "-" : "", number->wide, (int) exponent);
	}
	return DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale,
											   DirectFunctionCall3(numeric_in, CStringGetDatum(s),
																   ObjectIdGetDatum(InvalidOid),
																   Int32GetDatum(-1))));
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

static bool
text_is(const char *s, int len, const char *word)
{
	for (int i = 0; i < len; i++)
		if (to_lower(s[i]) != word[i])
			return false;
	return word[len] == '\0';
}

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
		if (strncasecmp(s, firsts[i], n) != 0)
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

/*
 * A mark for a missing value?  Eurostat's ":" may have flags behind it.
 */
static bool
read_missing(Reading *r)
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
	int			len = r->printed.len;
	Figure	   *f = r->figure;

	if (*s == ':')
	{
		const char *p = skip_blanks(s + 1);

		f->missing_reason = "not available";
		for (; *p; p++)
		{
			const FigureFlag *flag = r->style->flags ? find_flag(r->style->flags, p, 1) : NULL;

			if (flag == NULL)
				flag = find_flag(colon_flags, p, 1);
			if (flag == NULL)
			{
				memset(f, 0, sizeof(Figure));
				return false;
			}
			if (strcmp(flag->meaning, "confidential") == 0)
				f->missing_reason = "confidential";
			else if (strcmp(flag->meaning, "not applicable") == 0)
				f->missing_reason = "not applicable";
			else if (*flag->meaning)
				add_mark(f, flag->meaning);
		}
		return true;
	}
	if (len <= 15)
		for (int i = 0; i < (int) lengthof(marks); i++)
			if (to_lower(*s) == marks[i].mark[0] && text_is(s, len, marks[i].mark))
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

static void
cut(char *s, int *len, int n)
{
	*len = n;
	while (*len > 0 && s[*len - 1] == ' ')
		(*len)--;
	s[*len] = '\0';
}

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

			if (*len > n && text_is(s + *len - n, n, notes[i].text))
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
		if (strncasecmp(p, phrases[i].words, n) != 0 || p[n] != ' ')
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
 * Units
 * ----------------------------------------------------------------------
 */

/* %, percent, per mille, fraction; *exponent is its power of ten in percent */
static bool
scan_percent(const char **pp, int *exponent)
{
	static const char *const words[] = {"percent", "pct", NULL};
	static const char *const fractions[] = {"fraction", "fractions", NULL};
	const char *p = *pp;
	int			n = word_length(p);

	*exponent = 0;
	if (*p == '%' && !is_digit(p[1]) && !is_letter(p[1]))
		p++;
	else if (*p == MARK_PERMILLE)
	{
		*exponent = -1;
		p++;
	}
	else if (word_in(p, n, words))
		p += n;
	else if (word_in(p, n, fractions))
	{
		*exponent = 2;
		p += n;
	}
	else if (word_is(p, n, "per") && p[n] == ' ' &&
			 word_is(p + n + 1, word_length(p + n + 1), "cent"))
		p += n + 5;
	else
		return false;
	*pp = p;
	return true;
}

/* A unit that is known, or UNIT_NONE; *pp behind it. */
static void
scan_unit(const char **pp, bool money, FigureDimension expected, Unit *unit)
{
	const char *p = skip_blanks(*pp);

	unit->kind = UNIT_NONE;
	unit->exponent = 0;
	unit->start = p;
	unit->end = p;
	if (*p == '\0')
	{
		*pp = p;
		return;
	}
	if (money)
	{
		if (scan_denominator(&p, &unit->exponent))
		{
			unit->kind = UNIT_PER_ENERGY;
			unit->exponent = -unit->exponent;
		}
	}
	else if (scan_energy(&p, &unit->exponent))
	{
		unit->kind = UNIT_ENERGY;
		(void) scan_per_year(&p);
	}
	else if (scan_power(&p, &unit->exponent))
		unit->kind = UNIT_POWER;
	else if (scan_percent(&p, &unit->exponent))
		unit->kind = UNIT_PERCENT;
	else if (expected == FIGURE_CAPACITY)
		(void) scan_per_year(&p);	/* 30/yr: of the column's unit */
	unit->end = p;
	*pp = p;
}

/* A length, whose raised 2 or 3 is an exponent and no footnote? */
static bool
is_length(const char *start, const char *end)
{
	static const char *const lengths[] = {
		"m", "mm", "cm", "dm", "km", "nm", "in", "ft", NULL
	};
	const char *w = end;

	while (w > start && is_letter(w[-1]))
		w--;
	if (w > start && w[-1] == MARK_UNKNOWN && end - w == 1 && *w == 'm')
		return true;			/* micrometre */
	return word_in(w, end - w, lengths);
}

/*
 * May [start, end) be somebody's unit?  Digits stand in it as exponents and
 * in formulas (g/cm3, CO2) and as round numbers behind a slash (kWh/100 km);
 * anything else is a second number or a footnote.
 */
static bool
is_free_unit(const char *start, const char *end)
{
	bool		any = false;	/* something that names a unit */

	if (end == start || end - start > 60 || strchr("-'.", *start) || end[-1] == '-')
		return false;
	for (const char *p = start; p < end; p++)
	{
		any = any || is_letter(*p) || *p == '%' || *p == MARK_UNKNOWN;
		if (strchr(",;:\"()[]=<>~?!|+", *p) || *p == MARK_DASH || *p == MARK_ELLIPSIS ||
			*p == MARK_ARROW || *p == MARK_FRACTION || *p == MARK_HALF ||
			*p == MARK_LE || *p == MARK_GE || *p == MARK_PLUSMINUS || *p == MARK_GROUP ||
			is_currency_mark(*p) || *p == '$')
			return false;
		if (*p == MARK_RAISED)
		{
			if (!is_length(start, p) || (p[1] == MARK_RAISED))
				return false;
		}
		else if (is_digit(*p))
		{
			const char *before = p;
			const char *w = p;
			int			exponent;

			while (p + 1 < end && is_digit(p[1]))
				p++;
			if (before == start)
				return false;
			if (before[-1] == '/')
			{
				/* 100, 1000 of something that is no amount of its own */
				const char *q = skip_blanks(p + 1);

				if (*before != '1' || q >= end || strspn(before + 1, "0") < (size_t) (p - before) ||
					scan_energy(&q, &exponent) || scan_power(&q, &exponent))
					return false;
				continue;
			}
			if (p > before || !is_letter(before[-1]))
				return false;
			while (w > start && is_letter(w[-1]))
				w--;
			/* GWh3 is a capacity and a footnote */
			if (before - w <= 60)
			{
				char		word[64];
				const char *q = word;

				strlcpy(word, w, before - w + 1);
				if (scan_energy(&q, &exponent) || scan_power(&q, &exponent))
					return false;
			}
		}
	}
	return any;
}

/* Is it a unit per another, or a known one with something behind it? */
static bool
is_compound(const Unit *unit)
{
	const char *p = unit->start;
	Unit		known;

	for (const char *q = p; q < unit->end; q++)
		if (*q == '/' || ((q == p || q[-1] == ' ') && word_is(q, word_length(q), "per")))
			return true;
	scan_unit(&p, false, FIGURE_ANY, &known);
	return known.kind != UNIT_NONE;
}

/* ----------------------------------------------------------------------
 * Reading
 * ----------------------------------------------------------------------
 */

static FigureDimension
dimension_of(const Amount *amount, const Unit *unit)
{
	if (amount->has_currency)
		switch (unit->kind)
		{
			case UNIT_NONE:
				return FIGURE_MONEY;
			case UNIT_PER_ENERGY:
				return FIGURE_COST;
			default:
				return FIGURE_OTHER;
		}
	switch (unit->kind)
	{
		case UNIT_ENERGY:
			return FIGURE_CAPACITY;
		case UNIT_POWER:
			return FIGURE_POWER;
		case UNIT_PERCENT:
			return FIGURE_PERCENT;
		case UNIT_NONE:
			return FIGURE_NUMBER;
		default:
			return is_compound(unit) ? FIGURE_OTHER : FIGURE_NUMBER;
	}
}

/* Lakhs and crores are of rupees, or of things; no dollars or energies. */
static bool
is_sound_scale(const Amount *amount, FigureDimension dimension)
{
	if (!amount->indian_scale)
		return true;
	if (amount->has_currency)
		return strcmp(amount->currency, "INR") == 0;
	return dimension == FIGURE_NUMBER;
}

/* The unit that the values of a figure are in. */
static const char *
base_unit(FigureDimension dimension, const char *currency)
{
	switch (dimension)
	{
		case FIGURE_CAPACITY:
			return "GWh";
		case FIGURE_POWER:
			return "MW";
		case FIGURE_PERCENT:
			return "%";
		case FIGURE_MONEY:
			return currency;
		case FIGURE_COST:
			return joined(currency, "/kWh", "");
		default:
			return NULL;
	}
}

/* USD/kW, of "USD per kW" */
static const char *
money_unit(const Printed *printed, const char *currency, const Unit *unit)
{
	const char *p = unit->start;

	if (unit->kind == UNIT_NONE)
		return currency;
	if (word_is(p, word_length(p), "per"))
		return joined(currency, "/", printed_piece(printed, skip_blanks(p + 3), unit->end));
	return joined(currency, *p == '/' ? "" : " ", printed_piece(printed, p, unit->end));
}

/* The qualifier behind an amount, cut off: 20 GWh+, 20 or more */
static const char *
peel_bound(char *s, int *len)
{
	if (*len > 1 && s[*len - 1] == '+')
	{
		cut(s, len, *len - 1);
		return "\342\211\245";
	}
	if (*len > 8 && text_is(s + *len - 8, 8, " or more"))
	{
		cut(s, len, *len - 8);
		return "\342\211\245";
	}
	if (*len > 8 && text_is(s + *len - 8, 8, " or less"))
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
	if (!scan_number(&p, r->style, &a) || strncasecmp(p, " or ", 4) != 0)
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
	if (a.negative && r->expected != FIGURE_ANY && r->expected != FIGURE_NUMBER)
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
	Number		half = {.mantissa = 5, .exponent = -1, .last = -1};
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
	const FigureFlag *flag;
	int			n = strlen(p);

	if (named == NULL)
	{
		if (r->style->money && r->expected != FIGURE_COST)
			return false;
		named = usual_flags;
		if (n > 1)
			return false;
	}
	if ((flag = find_flag(named, p, n)) != NULL)
	{
		add_mark(r->figure, flag->meaning);
		return true;
	}
	for (int i = 0; i < n; i++)
		if (find_flag(named, p + i, 1) == NULL)
			return false;
	for (int i = 0; i < n; i++)
		add_mark(r->figure, find_flag(named, p + i, 1)->meaning);
	return n > 0;
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
	else if (strncasecmp(p, "approx. ", 8) == 0)
		p = skip_blanks(p + 8);
	else if (*p == '~')
		p = skip_blanks(p + 1);
	scan_amount(&p, &style, &amount);
	if (!amount.has_number || amount.number.negative || amount.currency == NULL ||
		strcmp(amount.currency, "USD") != 0)
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

static bool
same_currency(const Amount *a, const Amount *b)
{
	return a->currency && b->currency && strcmp(a->currency, b->currency) == 0;
}

/*
 * The upper end of a range at *pp; what one end does not say, the other does.
 */
static bool
read_upper_end(Reading *r, const char **pp, const FigureStyle *style,
			   Amount *a, Unit *au, Amount *b, Unit *bu)
{
	FigureStyle money = *style;

	/* $4-5m: the currency of the lower end makes m millions */
	money.money |= a->has_currency;
	scan_amount(pp, &money, b);
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
		a->currency_start = b->currency_start;
		a->currency_end = b->currency_end;
	}
	scan_unit(pp, a->has_currency || r->expected == FIGURE_COST, r->expected, bu);
	if (!a->has_scale)
	{
		a->has_scale = b->has_scale;
		a->scale = b->scale;
	}
	a->letter_scale |= b->letter_scale;
	a->indian_scale |= b->indian_scale;
	if (au->kind == UNIT_NONE)
		*au = *bu;
	return au->kind == bu->kind;
}

/* The unit beside a figure as it is printed, before the number and behind. */
static char *
unit_as_printed(Reading *r, const char *s, const Amount *a, const char *end)
{
	char	   *before = NULL;
	char	   *behind;

	if (a->currency_start && a->currency_start < a->number_start)
		before = printed_piece(&r->printed, a->start, a->number_start);
	behind = printed_piece(&r->printed, skip_blanks(s), end);
	if (before)
		return joined(before, *behind && *behind != '/' ? " " : "", behind);
	return behind;
}

/* The amount, or range, at s; qualifier as found before it. */
static void
read_amount(Reading *r, char *s, int len, const char *qualifier, bool between)
{
	Figure	   *f = r->figure;
	const FigureStyle *style = r->style;
	FigureDimension dimension;
	bool		convert = (r->expected != FIGURE_NUMBER);
	Amount		a;
	Amount		b;
	Unit		unit;
	Unit		upper;
	bool		range = false;
	const char *p = s;
	const char *number_end;
	char	   *usd;
	int			shift;

	usd = cut_parentheses(s, &len);
	scan_amount(&p, style, &a);
	if (!a.has_number)
	{
		int			n = word_length(s);

		/* XYZ 5 billion */
		if (n == 3 && s[0] < 'a' && s[1] < 'a' && s[2] < 'a' &&
			is_digit(*skip_blanks(s + 3)))
			refuse_currency(r, s, s + 3);
		else
			refuse_reading(r, NULL);
		return;
	}
	number_end = a.number_end;
	/* M$ 5 are millions, and K5 is a name */
	if (a.scale_first && !a.has_currency)
	{
		refuse_reading(r, &a);
		return;
	}
	if (a.has_currency && a.currency == NULL)
	{
		refuse_currency(r, a.currency_start, a.currency_end);
		return;
	}
	scan_unit(&p, a.has_currency || r->expected == FIGURE_COST, r->expected, &unit);
	if (scan_range_sign(&p, between))
	{
		bool		good = read_upper_end(r, &p, style, &a, &unit, &b, &upper);

		if (b.has_currency && b.currency == NULL)
		{
			refuse_currency(r, b.currency_start, b.currency_end);
			return;
		}
		if (!good)
		{
			refuse_reading(r, &a);
			return;
		}
		number_end = b.number_end;
		range = true;
	}
	else if (between)
	{
		refuse_reading(r, &a);
		return;
	}

	p = skip_blanks(p);
	if (*p != '\0' && !(unit.kind == UNIT_NONE && !a.has_currency && !a.has_scale &&
						read_flags(r, p)))
	{
		/* somebody's unit, from where units begin to the end */
		const char *slash;

		unit.kind = UNIT_FREE;
		unit.exponent = 0;
		unit.start = range ? upper.start : unit.start;
		unit.end = s + len;
		/* money is for something or it is nothing: USD/kW, USD per tonne */
		if ((r->expected != FIGURE_ANY && r->expected != FIGURE_NUMBER) ||
			!is_free_unit(unit.start, unit.end) ||
			(p[1] == '\0' && !range && find_flag(usual_flags, p, 1)) ||
			(a.has_currency && *unit.start != '/' && strncasecmp(unit.start, "per ", 4) != 0))
		{
			slash = strchr(unit.start, '/');
			if (slash && is_digit(*skip_blanks(slash + 1)))
				refuse_two_amounts(r);
			else
				refuse_reading(r, &a);
			return;
		}
	}

	dimension = dimension_of(&a, &unit);
	if (r->expected != FIGURE_ANY && r->expected != FIGURE_NUMBER &&
		dimension != FIGURE_NUMBER && dimension != r->expected &&
		!(r->expected == FIGURE_SIZE && (dimension == FIGURE_CAPACITY || dimension == FIGURE_POWER)))
	{
		refuse_reading(r, &a);
		return;
	}
	/* a multiple needs its unit, and letters are read for money only */
	if ((a.has_scale && dimension == FIGURE_NUMBER && r->expected != FIGURE_ANY &&
		 r->expected != FIGURE_NUMBER && r->expected != FIGURE_MONEY) ||
		((a.letter_scale || (a.has_scale && a.scale_first)) &&
		 (dimension == FIGURE_CAPACITY || dimension == FIGURE_POWER || dimension == FIGURE_PERCENT)))
	{
		refuse_reading(r, &a);
		f->problem.detail = "There is a multiple, and no unit that it is a multiple of.";
		f->problem.hint = "A multiple needs a unit: write 67.5 thousand MWh, or set the option units of the source, such as {\"units\": {\"capacity\": \"MWh\"}}.";
		return;
	}
	if (!is_sound_scale(&a, dimension))
	{
		refuse_reading(r, &a);
		return;
	}
	if (r->expected != FIGURE_ANY && r->expected != FIGURE_NUMBER &&
		((a.number.negative && a.number.mantissa != 0) || (range && b.number.negative && b.number.mantissa != 0)))
	{
		refuse_negative(r);
		return;
	}

	f->dimension = dimension;
	f->currency = a.currency;
	shift = convert ? unit.exponent : 0;
	if (unit.kind != UNIT_NONE || a.has_currency)
	{
		f->unit_as_printed = unit_as_printed(r, number_end, &a, s + len);
		if (convert && (f->unit = base_unit(dimension, a.currency)) != NULL)
			f->unit_is_constant = !a.has_currency;
		else if (a.has_currency)
			f->unit = money_unit(&r->printed, a.currency, &unit);
		else
			f->unit = printed_piece(&r->printed, unit.start, unit.end);
	}

	if (!range)
	{
		f->value = number_to_numeric(&a.number, a.scale + shift);
		f->qualifier = qualifier ? qualifier : "=";
		f->significant = a.number.last + a.scale + shift;
	}
	else
	{
		int			upper_shift = b.scale + (convert ? upper.exponent : 0);

		f->low = number_to_numeric(&a.number, a.scale + shift);
		f->high = number_to_numeric(&b.number, upper_shift);
		f->qualifier = qualifier ? qualifier : "range";
		f->significant = Max(a.number.last + a.scale + shift, b.number.last + upper_shift);
		if (f->low && f->high && numeric_above(f->low, f->high))
		{
			refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" is a range that runs downwards", NULL,
				   "Write the lower end first, and either a bound (up to 90) or a range (86-90).");
			return;
		}
		if (qualifier && strcmp(qualifier, "~") != 0)
		{
			refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION, "\"%s\" has both a bound and a range", NULL,
				   "Write the lower end first, and either a bound (up to 90) or a range (86-90).");
			return;
		}
	}
	if (range ? (!f->low || !f->high) : !f->value)
	{
		refuse(r, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "\"%s\" is out of range", NULL,
			   "Check the exponent of the number.");
		return;
	}
	f->has_significant = (f->significant >= -MAX_EXPONENT && f->significant <= MAX_EXPONENT);

	if (convert && (dimension == FIGURE_CAPACITY ||
					(dimension == FIGURE_COST && strcmp(a.currency, "USD") == 0)))
	{
		int			scale = (dimension == FIGURE_COST ? COST_SCALE : CAPACITY_SCALE) +
			(range ? b.scale + upper.exponent : a.scale + unit.exponent);
		int128		v;

		if (!number_to_int128(range ? &b.number : &a.number, scale, &v) ||
			v > PG_INT64_MAX || v < PG_INT64_MIN)
		{
			memset(f, 0, sizeof(Figure));
			figure_range(dimension, excerpt_of(r->text, r->len), &f->problem);
			return;
		}
	}

	if (usd && (!read_stated_usd(r, usd, dimension == FIGURE_COST, convert ? 0 : -unit.exponent) ||
				a.currency == NULL || strcmp(a.currency, "USD") == 0))
		refuse(r, ERRCODE_INVALID_TEXT_REPRESENTATION,
			   "\"%s\" has something in parentheses that is not its amount in US$", NULL,
			   "Write the amount, and in parentheses the US$ that the source states: EUR 7.34 billion ($7.6 billion).");
	else if (r->expected == FIGURE_SIZE && dimension == FIGURE_POWER)
	{
		f->power = f->value;
		f->value = NULL;
		if (range || strcmp(f->qualifier, "=") != 0)
			refuse_reading(r, &a);
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

	if (!is_digit(*s))
	{
		if (read_missing(&r))
			return;
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
	if (is_letter(*p) && (strncasecmp(p, "between ", 8) == 0 || strncasecmp(p, "from ", 5) == 0))
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

/* ----------------------------------------------------------------------
 * Units alone
 * ----------------------------------------------------------------------
 */

/* Is this power of ten a round number that units are counted in? */
static bool
is_round(const Number *number, int *exponent)
{
	int64		v = number->mantissa;

	if (number->wide || number->negative || v == 0)
		return false;
	*exponent = number->exponent;
	for (; v % 10 == 0; v /= 10)
		(*exponent)++;
	return v == 1 && *exponent > 0 && *exponent <= 12;
}

static void
refuse_unit(const char *text, int len, FigureUnit *unit, const char *detail, const char *hint)
{
	memset(unit, 0, sizeof(FigureUnit));
	unit->problem.sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	unit->problem.message = psprintf("\"%s\" is not a unit", excerpt_of(text, len));
	unit->problem.detail = detail;
	unit->problem.hint = hint;
}

/*
 * Read len bytes at s as a unit that stands alone: in a column of units, a
 * header or an option.  No text makes it fail.
 */
void
unit_read(const char *text, int len, const FigureStyle *style, FigureUnit *unit)
{
	static const char *const fractions[] = {"pu", "fraction", "fractions", NULL};
	Printed		printed;
	FigureStyle money = *style;
	FigureDimension dimension;
	Amount		amount;
	Unit		found;
	const char *detail = NULL;
	const char *hint = NULL;
	const char *p;
	char	   *s;
	int			n;
	int			round = 0;

	memset(unit, 0, sizeof(FigureUnit));
	money.money = true;
	if (!fold_printed(text, len, &printed))
	{
		refuse_unit(text, len, unit, psprintf("The text is longer than %d characters.", PRINTED_MAX),
					"Write one unit, such as MWh.");
		return;
	}
	s = printed.s;
	n = printed.len;
	if (n > 2 && ((*s == '(' && s[n - 1] == ')' && strchr(s + 1, '(') == NULL) ||
				  (*s == '[' && s[n - 1] == ']')))
	{
		cut(s, &n, n - 1);
		*s = ' ';
	}
	p = skip_blanks(s);
	if (*p == '\0')
		return;
	if (strncasecmp(p, "in ", 3) == 0 && p[3])
		p = skip_blanks(p + 3);

	/* per unit, and 1: fractions of one */
	n = word_length(p);
	if (strcmp(p, "1") == 0 || strcasecmp(p, "per unit") == 0 || strcasecmp(p, "p.u.") == 0 ||
		(p[n] == '\0' && word_in(p, n, fractions)))
	{
		unit->dimension = FIGURE_PERCENT;
		unit->has_factor = true;
		unit->exponent = 2;
		unit->unit = "%";
		return;
	}

	{
		const char *start = p;
		const char *q = p;
		Unit		known;

		/* before scale words: MW is no million of W */
		scan_unit(&q, false, FIGURE_ANY, &known);
		memset(&amount, 0, sizeof(amount));
		if (known.kind == UNIT_NONE)
		{
			scan_amount(&p, &money, &amount);
			/* m and K are metres and kelvins where no money is named */
			if (amount.letter_scale && !amount.has_currency)
			{
				p = start;
				memset(&amount, 0, sizeof(amount));
			}
		}
	}
	if ((amount.has_number && !is_round(&amount.number, &round)) || amount.has_sign)
	{
		refuse_unit(text, len, unit, "There is a number in it.", "Write the unit alone, such as MWh or 1000 t.");
		return;
	}
	if (amount.has_currency && amount.currency == NULL)
	{
		refuse_unit(text, len, unit, "The sign is used for yuan and for yen, or for no currency that is known.",
					"Write the ISO 4217 code, such as CNY, or set the option yen of the source.");
		return;
	}
	scan_unit(&p, amount.has_currency, FIGURE_ANY, &found);
	p = skip_blanks(p);
	if (*p != '\0')
	{
		found.kind = UNIT_FREE;
		found.exponent = 0;
		found.end = printed.s + strlen(printed.s);
		if (strstr(found.start, "m$") == found.start || strstr(found.start, "mUSD") == found.start ||
			(*found.start == 'm' && is_currency_mark(found.start[1])) ||
			strncmp(found.start, "mEUR", 4) == 0)
		{
			refuse_unit(text, len, unit, "\"m\" before the currency can mean a thousandth or a million.",
						"Write M$ or million USD for millions.");
			return;
		}
		if (strncmp(found.start, "mW", 2) == 0 && to_lower(*skip_joint(found.start + 2)) == 'h')
		{
			refuse_unit(text, len, unit, "\"mWh\" is a milliwatt-hour by its letters and a megawatt-hour to many who write it.",
						"Write MWh for megawatt-hours; write milliwatt-hours in Wh.");
			return;
		}
		if (!is_free_unit(found.start, found.end))
		{
			if (!explain_marks(found.start, &detail, &hint))
				hint = "Write one unit, such as MWh, % or million USD.";
			refuse_unit(text, len, unit, detail, hint);
			return;
		}
	}
	dimension = dimension_of(&amount, &found);
	if (!is_sound_scale(&amount, dimension))
	{
		refuse_unit(text, len, unit, "Lakhs and crores are read of rupees.", "Write thousand, million or billion.");
		return;
	}
	unit->dimension = dimension;
	unit->currency = amount.currency;
	unit->exponent = amount.scale + round + found.exponent;
	unit->has_factor = (dimension != FIGURE_OTHER);
	unit->unit = base_unit(dimension, amount.currency);
	if (unit->unit == NULL && amount.has_currency)
		unit->unit = money_unit(&printed, amount.currency, &found);
	else if (unit->unit == NULL && found.kind != UNIT_NONE)
		unit->unit = printed_piece(&printed, found.start, found.end);
}
