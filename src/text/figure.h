/*-------------------------------------------------------------------------
 *
 * figure.h
 *		The grammar of printed figures.
 *
 * The scanners read what a number, a scale word, a currency and a unit may
 * look like; the types capacity_gwh and cost_per_gwh and the reader of printed
 * figures all stand on them, so that none takes what another refuses.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_FIGURE_H
#define BATTERY_FIGURE_H

#include "input_problem.h"
#include "text/fold.h"
#include "utils/numeric.h"

/* What a column expects, and what a text states. */
typedef enum FigureDimension
{
	FIGURE_ANY,					/* expected: whatever the text says */
	FIGURE_CAPACITY,			/* energy, in GWh */
	FIGURE_POWER,				/* in MW */
	FIGURE_PERCENT,
	FIGURE_MONEY,				/* in units of the currency */
	FIGURE_COST,				/* in units of the currency per kWh */
	FIGURE_NUMBER,				/* any unit, as printed */
	FIGURE_SIZE,				/* expected: a power and an energy */
	FIGURE_OTHER				/* stated: a unit that is none of the above */
} FigureDimension;

/* A letter or sign beside a figure, and what it means. */
typedef struct FigureFlag
{
	const char *sign;			/* folded */
	const char *meaning;
} FigureFlag;

/* What a source says of how it prints. */
typedef struct FigureStyle
{
	bool		money;			/* m, b and mm are scale words */
	bool		decimal_comma;
	bool		apostrophes;	/* 1'500 */
	bool		indian;			/* 1,50,000 */
	bool		blanks;			/* 1 500, with an ordinary blank */
	const char *dollar;			/* currency of a bare dollar sign */
	const char *yen;			/* of the sign of yen and yuan, or NULL */
	const FigureFlag *flags;	/* up to one without a sign, or NULL */
} FigureStyle;

/* mantissa * 10^exponent, or the digits where they pass 18 */
typedef struct Number
{
	bool		negative;
	int64		mantissa;		/* not negative */
	int			exponent;
	int			last;			/* power of ten of the last significant digit */
	const char *wide;			/* all digits with their point, or NULL */
} Number;

typedef struct Amount
{
	bool		has_sign;
	bool		negative;
	bool		has_number;
	bool		has_currency;
	bool		has_scale;
	bool		letter_scale;	/* k, m, mm, b: read in money only */
	bool		scale_first;	/* the scale word stands before the number */
	bool		indian_scale;	/* lakh, crore: of rupees and of things */
	int			scale;			/* power of ten of the scale word */
	const char *currency;		/* ISO 4217, or NULL where the sign does not
								 * say */
	const char *start;			/* behind a sign */
	const char *currency_start; /* as printed */
	const char *currency_end;
	const char *number_start;	/* of the digits */
	const char *number_end;
	Number		number;
} Amount;

static inline bool
is_usd(const Amount *amount)
{
	return amount->currency != NULL && strcmp(amount->currency, "USD") == 0;
}

extern const FigureStyle plain_style;	/* of the types */
extern const FigureStyle money_style;

static inline const char *
skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

/* Between W and h: GW·h, GW-h, GW*h, GW h. */
static inline const char *
skip_joint(const char *p)
{
	if (*p == MARK_DOT || *p == '-' || *p == '*' || *p == '.')
		return p + 1;
	return skip_blanks(p);
}

static inline int
word_length(const char *p)
{
	int			n = 0;

	while (is_letter(p[n]))
		n++;
	return n;
}

/* Is the word of n letters at p this lower-case one, whatever its case? */
static inline bool
word_is(const char *p, int n, const char *word)
{
	for (int i = 0; i < n; i++)
		if (to_lower(p[i]) != word[i])	/* stops at the terminator, too */
			return false;
	return word[n] == '\0';
}

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

/* scanning: true and *pp behind what was recognised, or false */
extern bool scan_energy(const char **pp, int *exponent);
extern bool scan_power(const char **pp, int *exponent);
extern bool scan_per_year(const char **pp);
extern bool scan_number(const char **pp, const FigureStyle *style, Number *number);
extern void scan_amount(const char **pp, const FigureStyle *style, Amount *amount);
extern bool scan_denominator(const char **pp, int *exponent);
extern bool scale_word(const char *p, int n, int *exponent);
extern bool word_in(const char *p, int n, const char *const *words);
extern Numeric number_to_numeric(const Number *number, int shift);
extern bool number_to_int64(const Number *number, int scale, int64 *result);

/* units beside a number */
extern void scan_unit(const char **pp, bool money, FigureDimension expected, Unit *unit);
extern bool is_free_unit(const char *start, const char *end);
extern FigureDimension dimension_of(const Amount *amount, const Unit *unit);
extern bool is_sound_scale(const Amount *amount, FigureDimension dimension);
extern const char *base_unit(FigureDimension dimension, const char *currency);
extern const char *money_unit(const Printed *printed, const char *currency, const Unit *unit);

/* texts */
extern char *joined(const char *a, const char *b, const char *c);
extern char *excerpt_of(const char *s, int len);
extern void cut(char *s, int *len, int n);

/* refusals */
extern bool explain_marks(const char *s, const char **detail, const char **hint);
extern bool explain_number(const char *s, InputProblem *problem);
extern void figure_syntax(FigureDimension dimension, const char *excerpt,
						  const Printed *printed, bool reader, InputProblem *problem);
extern void figure_range(FigureDimension dimension, const char *excerpt, InputProblem *problem);

/* A figure, read. */
typedef struct Figure
{
	Numeric		value;
	Numeric		low;
	Numeric		high;
	Numeric		usd_stated;
	Numeric		power;			/* MW, beside the energy of a size */
	const char *qualifier;		/* or NULL: nothing is stated */
	FigureDimension dimension;	/* FIGURE_ANY: nothing is stated */
	const char *unit;			/* or NULL: a bare number */
	bool		unit_is_constant;	/* a string of the program's */
	const char *unit_as_printed;
	const char *currency;
	const char *missing_reason;
	const char *mark;
	bool		is_estimate;
	int			scale;			/* power of ten of the scale word, applied
								 * already */
	bool		has_significant;
	int			significant;	/* power of ten of the last significant digit */
	InputProblem problem;
} Figure;

/* A unit, read alone. */
typedef struct FigureUnit
{
	FigureDimension dimension;	/* FIGURE_ANY: the text is empty */
	bool		has_factor;
	int			exponent;		/* a bare number times 10^exponent is in unit */
	int			scale;			/* the part of it that is a scale word */
	const char *unit;
	const char *currency;
	InputProblem problem;
} FigureUnit;

extern void figure_read(const char *text, int len, FigureDimension expected,
						const FigureStyle *style, Figure *figure);
extern void unit_read(const char *text, int len, const FigureStyle *style, FigureUnit *unit);

#endif							/* BATTERY_FIGURE_H */
