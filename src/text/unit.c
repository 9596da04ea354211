/*-------------------------------------------------------------------------
 *
 * unit.c
 *		The units of printed figures, beside a number and alone.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "excerpt.h"
#include "text/figure.h"

/* Bytes of a text that a message quotes, with the dots behind them 100. */
#define EXCERPT_BYTES	97

/* Three texts as one; cheaper than psprintf(). */
char *
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

/* len bytes of a text as a message may quote them */
char *
excerpt_of(const char *s, int len)
{
	return text_excerpt(pnstrdup(s, Min(len, EXCERPT_BYTES + 8)), EXCERPT_BYTES);
}

/* Cut s to n bytes, and the blanks before them. */
void
cut(char *s, int *len, int n)
{
	*len = n;
	while (*len > 0 && s[*len - 1] == ' ')
		(*len)--;
	s[*len] = '\0';
}

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
void
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
bool
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

/*
 * The dimension of an amount with the unit behind it; FIGURE_NUMBER where a
 * plain unit counts things, FIGURE_OTHER for a compound one.
 */
FigureDimension
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
bool
is_sound_scale(const Amount *amount, FigureDimension dimension)
{
	if (!amount->indian_scale)
		return true;
	if (amount->has_currency)
		return strcmp(amount->currency, "INR") == 0;
	return dimension == FIGURE_NUMBER;
}

/* The unit that the values of a figure are in. */
const char *
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
			Assert(currency != NULL);
			return joined(currency, "/kWh", "");
		default:
			return NULL;
	}
}

/* USD/kW, of "USD per kW" */
const char *
money_unit(const Printed *printed, const char *currency, const Unit *unit)
{
	const char *p = unit->start;

	if (unit->kind == UNIT_NONE)
		return currency;
	if (word_is(p, word_length(p), "per"))
		return joined(currency, "/", printed_piece(printed, skip_blanks(p + 3), unit->end));
	return joined(currency, *p == '/' ? "" : " ", printed_piece(printed, p, unit->end));
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
	if (pg_strncasecmp(p, "in ", 3) == 0 && p[3])
		p = skip_blanks(p + 3);

	/* per unit, and 1: fractions of one */
	n = word_length(p);
	if (strcmp(p, "1") == 0 || pg_strcasecmp(p, "per unit") == 0 || pg_strcasecmp(p, "p.u.") == 0 ||
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
	unit->scale = amount.scale + round;
	unit->exponent = unit->scale + found.exponent;
	unit->has_factor = (dimension != FIGURE_OTHER);
	unit->unit = base_unit(dimension, amount.currency);
	if (unit->unit == NULL && amount.has_currency)
		unit->unit = money_unit(&printed, amount.currency, &found);
	else if (unit->unit == NULL && found.kind != UNIT_NONE)
		unit->unit = printed_piece(&printed, found.start, found.end);
}
