/*-------------------------------------------------------------------------
 *
 * explain.c
 *		Why a text is no capacity and no cost.
 *
 * The parsers read the few shapes that have one meaning and give up on
 * everything else; only after that does explain_figure() look for the reason,
 * so that the reading of good values does not depend on the list of known
 * mistakes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "text/figure.h"

static const char *const missing_words[] = {
	"na", "n/a", "n.a", "n.a.", "null", "none", "nil", "w", "tbd", "tba",
	"unknown", "not available", "not applicable", "withheld", "-", "--", "?",
	"..", "...", "\003", "\004", NULL
};

static const char *const qualifier_words[] = {
	"about", "approx", "approximately", "around", "circa", "ca", "some",
	"nearly", "almost", "roughly", "over", "under", "above", "below", "up",
	"more", "less", "fewer", "at", "between", "from", "exceeding", "upto",
	"max", "min", "maximum", "minimum", "est", "estimated", "only", "tens",
	"hundreds", "thousands", NULL
};

static const char *const currency_words[] = {
	"eur", "euro", "euros", "gbp", "pound", "pounds", "sterling", "cny",
	"rmb", "cnh", "yuan", "renminbi", "jpy", "yen", "krw", "won", "inr",
	"rupee", "rupees", "aud", "cad", "chf", "sek", "nok", "dkk", "hkd", "sgd",
	"twd", "ntd", "nzd", "brl", "mxn", "zar", "rub", "pln", "czk", "huf",
	"try", "thb", "idr", "myr", "vnd", "krona", "kronor", "clp", "ars", "ils",
	"sar", "aed", NULL
};

/* in watts: a W behind any prefix, with or without what it is measured at */
static const char *const power_words[] = {
	"w", "kw", "mw", "gw", "tw", "pw", "wp", "kwp", "mwp", "gwp", "twp",
	"wdc", "kwdc", "mwdc", "gwdc", "kwac", "mwac", "gwac", "mva", "kva",
	"gva", "hp", "horsepower", "watt", "watts", "kilowatt", "kilowatts",
	"megawatt", "megawatts", "gigawatt", "gigawatts", "terawatt",
	"terawatts", NULL
};

static const char *const charge_words[] = {
	"ah", "mah", "kah", "gah", NULL
};

static const char *const period_words[] = {
	"month", "months", "mo", "mth", "quarter", "qtr", "q", "week", "weeks",
	"wk", "day", "days", "d", "hour", "hr", "h", "shift", "decade", "minute",
	"min", "second", "sec", "s", "monthly", "quarterly", "weekly", "daily",
	"hourly", NULL
};

static const char *const cent_words[] = {
	"cent", "cents", "ct", "cts", "usc", "mill", "mills", NULL
};

/* The first word of text that stands in the list, or NULL. */
static const char *
find_word(const char *p, const char *const *words, int *length)
{
	while (*p)
	{
		int			n = word_length(p);

		if (n > 0)
		{
			if (word_in(p, n, words))
			{
				*length = n;
				return p;
			}
			p += n;
		}
		else
			p++;
	}
	return NULL;
}

static bool
has_currency_mark(const char *s)
{
	for (; *s; s++)
		if (is_currency_mark(*s))
			return true;
	return false;
}

/* Two numbers with a dash, "to", "or" or a slash between them? */
static bool
looks_like_range(const char *s)
{
	const char *p = s;

	while (*p)
	{
		const char *q;

		/* the end of a number, or of the unit behind it */
		if (!is_digit(p[0]) || is_digit(p[1]))
		{
			p++;
			continue;
		}
		q = skip_blanks(p + 1);
		if (is_letter(*q))
		{
			int			n = word_length(q);

			if (!word_is(q, n, "to") && !word_is(q, n, "or") &&
				!word_is(q, n, "and"))
				q = skip_blanks(q + n);
		}
		if (*q == '-' || *q == MARK_DASH || *q == MARK_ELLIPSIS)
			q++;
		else if (q[0] == '.' && q[1] == '.')
			q += 2;
		else if (word_is(q, word_length(q), "to") ||
				 word_is(q, word_length(q), "or"))
			q += 2;
		else if (word_is(q, word_length(q), "and"))
			q += 3;
		else
		{
			p++;
			continue;
		}
		q = skip_blanks(q);
		while (*q == '$' || is_currency_mark(*q) || *q == '.' || *q == '+' ||
			   *q == '-')
			q++;
		if (is_digit(*q))
			return true;
		p++;
	}
	return false;
}

/* A run of digits and separators that is no number of ours? */
static bool
looks_like_bad_number(const char *s)
{
	const char *p = s;

	while (*p && !is_digit(*p))
		p++;
	while (is_digit(*p) || *p == ',' || *p == '.' || *p == '\'')
	{
		if ((*p == ',' || *p == '\'' || *p == '.') && p > s && is_digit(p[-1]))
		{
			Number		number;
			const char *q = p;

			while (q > s && (is_digit(q[-1]) || q[-1] == '.'))
				q--;
			if (!scan_number(&q, &plain_style, &number) || *q == '\'' || *q == ',')
				return true;
			return false;
		}
		p++;
	}
	return false;
}

/* Digits on both sides of a blank? */
static bool
has_blank_in_number(const char *s)
{
	for (const char *p = s; *p; p++)
		if (is_digit(*p) &&
			((p[1] == ' ' && is_digit(*skip_blanks(p + 1))) || p[1] == MARK_GROUP))
			return true;
	return false;
}

/* mWh in that very spelling */
static bool
has_milliwatt_hours(const char *s)
{
	for (const char *p = s; *p; p++)
		if (p[0] == 'm' && p[1] == 'W' && (p == s || !is_letter(p[-1])) &&
			to_lower(*skip_joint(p + 2)) == 'h')
			return true;
	return false;
}

/* a unit of energy anywhere */
static const char *
find_energy(const char *s)
{
	for (const char *p = s; *p; p++)
	{
		const char *q = p;
		int			exponent;

		if (is_letter(*p) && (p == s || !is_letter(p[-1])) &&
			scan_energy(&q, &exponent))
			return q;
	}
	return NULL;
}

/* an unsigned number and a unit of energy, whatever follows? */
static bool
looks_like_capacity(const char *s)
{
	Number		number;
	int			exponent;

	if (!scan_number(&s, &plain_style, &number))
		return false;
	s = skip_blanks(s);
	return scan_energy(&s, &exponent);
}

/* $ with letters before it that are not US, nor a magnitude: A$, HK$, R$ */
static bool
has_other_dollar(const char *s)
{
	for (const char *p = s; *p; p++)
	{
		const char *w = p;
		int			exponent;

		if (*p != '$')
			continue;
		while (w > s && is_letter(w[-1]))
			w--;
		if (w < p && !word_is(w, p - w, "us") && !word_is(w, p - w, "usd") &&
			(!scale_word(w, p - w, &exponent) ||
			 (p - w == 1 && to_lower(*w) == 'b')) &&
			!(p - w == 1 && to_lower(*w) == 's' && w > s && w[-1] == '.'))
			return true;
	}
	return false;
}

/* the first unit-like word behind the number, for a DETAIL */
static const char *
unknown_word(const char *s, int *length)
{
	const char *p = s;

	while (*p && !is_digit(*p))
		p++;
	while (*p && !is_letter(*p))
		p++;
	*length = word_length(p);
	return *length > 0 ? p : NULL;
}

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
bool
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
	if ((digits = glued_digits(s, &n)) != NULL)
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

/* Digits and separators that are no number: fills detail and hint. */
bool
explain_number(const char *s, InputProblem *problem)
{
	if (looks_like_bad_number(s))
	{
		problem->detail = "The separators of the number are neither a decimal point nor well-formed thousands commas.";
		problem->hint = "Write 1.5 with a decimal point and 1,500 or 1500 for fifteen hundred; a source with decimal commas needs the loader's decimal-comma option.";
		return true;
	}
	if (has_blank_in_number(s))
	{
		problem->detail = "There is a blank between digits.";
		problem->hint = "Write one number without blanks inside: 1500 or 1,500.";
		return true;
	}
	return false;
}

static const char *
type_name(FigureDimension dimension)
{
	return dimension == FIGURE_COST ? "cost_per_gwh" : "capacity_gwh";
}

/*
 * What is wrong with the unit of a cost; after is what follows its unit of
 * energy or NULL, foreign whether another currency than the US dollar is
 * named.  False when nothing that is known.
 */
static bool
explain_cost_unit(const char *s, const char *after, bool foreign,
				  const char *example, InputProblem *problem)
{
	static const char *const year_words[] = {"yr", "year", "years", "y",
	"annum", "annual", "annually", "yearly", "pa", "a", NULL};
	const char *slash = strchr(s, '/');
	static const char *const per_words[] = {"per", NULL};
	const char *word;
	int			n;

	if (strstr(s, "m$") || strstr(s, "mUSD"))
	{
		problem->detail = "\"m\" before the currency can mean a thousandth or a million.";
		problem->hint = "Write M$ or million USD for millions, or the amount in dollars.";
		return true;
	}
	if ((word = find_word(s, power_words, &n)) != NULL && after == NULL)
	{
		problem->detail = psprintf("\"%.*s\" is a unit of power; a cost_per_gwh is per unit of energy.",
								   n, word);
		problem->hint = "Divide by the hours of storage: US$1500/kW over 4 hours is 375 USD/kWh.";
		return true;
	}
	if (looks_like_capacity(*s == '-' || *s == '+' ? s + 1 : s))
	{
		problem->detail = "The text is a capacity, not a cost per capacity.";
		problem->hint = psprintf("Write a cost as in %s.", example);
		return true;
	}
	if (after != NULL && (find_word(after, year_words, &n) ||
						  find_word(after, period_words, &n) ||
						  strncmp(skip_blanks(after), "p.a", 3) == 0))
	{
		problem->detail = "The text reads as a cost for a period, such as a yearly one.";
		problem->hint = "A cost of capacity is written USD/kWh or per GWh/yr; a yearly cost is not a cost_per_gwh.";
		return true;
	}
	if (slash == NULL && find_word(s, per_words, &n) == NULL)
	{
		problem->detail = "The text does not say per what the amount is.";
		problem->hint = "Write the amount per capacity, such as 115 USD/kWh; a total is divided by its capacity, such as usd(26.44, 'billion') / capacity.";
		return true;
	}
	if (after != NULL && !foreign && !strchr(s, '$') && !strstr(s, "USD") &&
		!strstr(s, "usd") && !strstr(s, "dollar"))
	{
		problem->detail = "The text does not name the currency.";
		problem->hint = "Write USD or US$, such as 115 USD/kWh.";
		return true;
	}
	return false;
}

/* The same of a capacity. */
static bool
explain_capacity_unit(const char *s, const char *after, InputProblem *problem)
{
	const char *word;
	int			n;

	if (after != NULL && (word = find_word(after, period_words, &n)) != NULL)
	{
		problem->detail = psprintf("A capacity may be per year, not per \"%.*s\".", n, word);
		problem->hint = "Write the capacity of a whole year, such as 30 GWh/yr.";
		return true;
	}
	word = find_word(s, power_words, &n);
	if (word)
	{
		problem->detail = psprintf("\"%.*s\" is a unit of power, not of energy.", n, word);
		problem->hint = "Write the energy alone, such as 400 MWh; 100 MW over 4 hours are 400 MWh.";
		return true;
	}
	word = find_word(s, charge_words, &n);
	if (word)
	{
		problem->detail = psprintf("\"%.*s\" is a unit of charge, not of energy.", n, word);
		problem->hint = "Multiply by the voltage and write Wh.";
		return true;
	}
	return false;
}

/*
 * Fill detail and hint for a text that is no capacity (FIGURE_CAPACITY) or no
 * cost (FIGURE_COST).  A reader of printed figures takes missing marks,
 * qualifiers, ranges and other currencies, which are then not the reason.
 */
static void
explain_figure(FigureDimension dimension, const Printed *printed, bool reader,
			   InputProblem *problem)
{
	bool		cost = (dimension == FIGURE_COST);
	const char *s = printed->s;
	const char *example = cost ? "67.3 or US$67.3 million/GWh" : "1.5 or 1500 MWh";
	const char *body = s;
	const char *word;
	const char *after;
	bool		foreign;
	int			n;

	if (*body == '-' || *body == '+')
		body++;

	/* no value at all */
	if (*s == '\0')
	{
		problem->detail = "The text is empty.";
		problem->hint = "Write NULL for a missing value.";
		return;
	}
	for (const char *const *w = missing_words; *w && !reader; w++)
	{
		if (word_is(s, strlen(s), *w))
		{
			problem->detail = "The text marks a missing value.";
			problem->hint = "Write NULL for a missing value.";
			return;
		}
	}
	n = word_length(body);
	if (*body == MARK_INFINITY || word_is(body, n, "nan") ||
		word_is(body, n, "inf") || word_is(body, n, "infinity"))
	{
		problem->detail = psprintf("A %s is always finite.", type_name(dimension));
		problem->hint = "Write NULL for a missing value.";
		return;
	}

	/* a number with something said about it */
	n = word_length(s);
	if (reader)
		 /* takes it */ ;
	else if (strchr("~<>=", *s) || *s == MARK_LE || *s == MARK_GE || *s == MARK_PLUSMINUS || (n > 0 && word_in(s, n, qualifier_words)) ||
			 (s[0] == '+' && (s[1] == '/' || s[1] == '-')))
	{
		problem->detail = "The number carries a qualifier.";
		problem->hint = psprintf("Write the number alone, such as %s, and keep the qualifier in a column of its own.",
								 example);
		return;
	}
	n = strlen(s);
	if (!reader && (s[n - 1] == '+' || s[n - 1] == '?' || s[n - 1] == '~'))
	{
		problem->detail = "The number carries a qualifier.";
		problem->hint = psprintf("Write the number alone, such as %s, and keep the qualifier in a column of its own.",
								 example);
		return;
	}

	/* money */
	word = find_word(s, currency_words, &n);
	foreign = word || has_currency_mark(s) || has_other_dollar(s);
	if (cost)
	{
		if (!reader && foreign)
		{
			problem->detail = word ?
				psprintf("The currency is \"%.*s\"; a cost_per_gwh is in US dollars.", n, word) :
				"The currency is not the US dollar; a cost_per_gwh is in US dollars.";
			problem->hint = "Convert at a dated rate first, for example with the exchange rates of the \"industry\" schema, and write USD.";
			return;
		}
		if (strchr(s, MARK_CENT) || find_word(s, cent_words, &n))
		{
			problem->detail = "The amount is not in whole dollars.";
			problem->hint = "Write dollars: 5 cents per kWh are 0.05 USD/kWh.";
			return;
		}
	}
	else
	{
		static const char *const dollar_words[] = {"usd", "dollar", "dollars", NULL};

		if (word || has_currency_mark(s) || strchr(s, '$') ||
			strchr(s, MARK_CENT) || find_word(s, dollar_words, &n))
		{
			problem->detail = "The text is an amount of money, not a capacity.";
			problem->hint = "Money per capacity is a cost_per_gwh; write a capacity as in 1.5 or 1500 MWh.";
			return;
		}
	}
	if (strchr(s, '%') || strchr(s, MARK_PERMILLE))
	{
		problem->detail = psprintf("A percentage is not a %s.", type_name(dimension));
		problem->hint = psprintf("Write a number with its unit, such as %s.", example);
		return;
	}

	/* numbers */
	if (!reader && looks_like_range(s))
	{
		problem->detail = "The text is a range.";
		problem->hint = "Write one number; keep the low and the high end in columns of their own.";
		return;
	}
	if (explain_number(s, problem))
		return;
	if (*s == MARK_DASH || ((*s == '-' || *s == '+') && s[1] == ' '))
	{
		problem->detail = "The text starts with a dash that is not clearly a minus sign.";
		problem->hint = "Write a minus sign right before the number, or nothing.";
		return;
	}
	if (*s == '(')
	{
		problem->detail = "The number stands in parentheses.";
		problem->hint = "Write a negative number with a minus sign.";
		return;
	}

	/* units */
	if (has_milliwatt_hours(s))
	{
		problem->detail = "\"mWh\" is a milliwatt-hour by its letters and a megawatt-hour to many who write it.";
		problem->hint = "Write MWh for megawatt-hours; write milliwatt-hours in Wh.";
		return;
	}
	after = find_energy(s);
	if (cost ? explain_cost_unit(s, after, foreign, example, problem) :
		explain_capacity_unit(s, after, problem))
		return;

	word = unknown_word(s, &n);
	if (word && after == NULL)
		problem->detail = psprintf("\"%.*s\" is not a unit that is known here.",
								   Min(n, 40), word);
	problem->hint = cost ?
		"Write a number of US$ million per GWh, such as 67.3, or an amount with its unit, such as US$67.3 million/GWh, 115 USD/kWh or 115000 USD/MWh." :
		"Write a number of GWh, such as 1.5, or a number with one of the units Wh, kWh, MWh, GWh, TWh, PWh, such as 1500 MWh.";
}

/*
 * The problem of a text that is no value by its syntax; printed is NULL where
 * it is too long to be looked at.
 */
void
figure_syntax(FigureDimension dimension, const char *excerpt, const Printed *printed,
			  bool reader, InputProblem *problem)
{
	problem->sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	problem->message = psprintf("invalid input syntax for type %s: \"%s\"",
								type_name(dimension), excerpt);
	problem->detail = NULL;
	problem->hint = NULL;
	if (printed)
		explain_figure(dimension, printed, reader, problem);
	else
	{
		problem->detail = psprintf("The text is longer than %d characters.",
								   PRINTED_MAX);
		problem->hint = "Write one number with at most one unit.";
	}
}

/* The problem of a value beyond what 64 bits of the type hold. */
void
figure_range(FigureDimension dimension, const char *excerpt, InputProblem *problem)
{
	problem->sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
	problem->message = psprintf("value \"%s\" is out of range for type %s",
								excerpt, type_name(dimension));
	problem->detail = dimension == FIGURE_COST ?
		"The range is -9223372036.854775808 to 9223372036.854775807 million US$/GWh." :
		"The range is -9223372.036854775808 to 9223372.036854775807 GWh.";
	problem->hint = "Check the unit of the number.";
}
