/*-------------------------------------------------------------------------
 *
 * regression.c
 *		The type regression and the aggregates that build it.
 *
 * A regression is the exact sums of products of y and its regressors.
 * Reading a fit out of them is the business of regression_fit.c.
 *
 * It is one file, although a long one: what makes values, text and rows of
 * them stands on the same small functions over windows of words, which nobody
 * else shall use.
 *
 * The aggregate's state is the value itself, a flat varlena whose windows of
 * words grow as the numbers ask for it: see regression_moments.h and
 * state/flat_state.h.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "comparisons.h"
#include "compat.h"
#include "fmgr.h"
#include "learning/ln_fixed.h"
#include "learning/regression_moments.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "state/flat_state.h"
#include "stats/bigfloat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

PG_FUNCTION_INFO_V1(regression_in);
PG_FUNCTION_INFO_V1(regression_out);
PG_FUNCTION_INFO_V1(regression_recv);
PG_FUNCTION_INFO_V1(regression_send);
PG_FUNCTION_INFO_V1(regression_accum);
PG_FUNCTION_INFO_V1(regression_accum_inv);
PG_FUNCTION_INFO_V1(regression_accum_1);
PG_FUNCTION_INFO_V1(regression_accum_1_inv);
PG_FUNCTION_INFO_V1(regression_accum_2);
PG_FUNCTION_INFO_V1(regression_accum_2_inv);
PG_FUNCTION_INFO_V1(regression_accum_origin);
PG_FUNCTION_INFO_V1(regression_accum_origin_inv);
PG_FUNCTION_INFO_V1(regression_accum_weighted);
PG_FUNCTION_INFO_V1(regression_accum_weighted_inv);
PG_FUNCTION_INFO_V1(regression_accum_weighted_origin);
PG_FUNCTION_INFO_V1(regression_accum_weighted_origin_inv);
PG_FUNCTION_INFO_V1(regression_combine);
PG_FUNCTION_INFO_V1(regression_combine_inv);
PG_FUNCTION_INFO_V1(regression_final);

/* One row, taken apart: y, the regressors, and the weight if there is one. */
typedef struct RegressionRow
{
	int			variables;
	SplitDouble z[REGRESSION_MAX_VARIABLES];
	SplitDouble w;
	int64		ln_w;
} RegressionRow;

/*
 * ----------------------------------------------------------------
 *	Values and their windows
 * ----------------------------------------------------------------
 */

/* A value with all sums zero, in windows of the given sizes. */
static Regression *
new_regression(uint8 flags, int regressors, const SumWindow *windows)
{
	int			sums = regression_sum_count(flags, regressors);
	Size		size = regression_header_size(sums);
	Regression *r;

	for (int s = 0; windows != NULL && s < sums; s++)
		size += windows[s].len * sizeof(uint64);
	r = palloc0(size);
	SET_VARSIZE(r, size);
	r->version = REGRESSION_VERSION;
	r->flags = flags;
	r->regressors = regressors;
	if (windows != NULL)
		memcpy(r->windows, windows, sums * sizeof(SumWindow));
	return r;
}

static Regression *
empty_regression(void)
{
	return new_regression(0, 0, NULL);
}

/* The words of sum s. */
static uint64 *
words_of_sum(const Regression *r, int s)
{
	uint64	   *words = regression_words(r);

	for (int i = 0; i < s; i++)
		words += r->windows[i].len;
	return words;
}

/*
 * A copy of r in other windows, which must hold every word of r's that says
 * something.
 */
static Regression *
copy_in_windows(const Regression *r, const SumWindow *windows)
{
	int			sums = regression_sums(r);
	Regression *copy = new_regression(r->flags, r->regressors, windows);
	const uint64 *from = regression_words(r);
	uint64	   *to = regression_words(copy);

	copy->n = r->n;
	copy->ln_weights = r->ln_weights;
	for (int s = 0; s < sums; s++)
	{
		SumWindow	old = r->windows[s];
		SumWindow	new = windows[s];
		uint64		sign = old.len > 0 ? (uint64) ((int64) from[old.len - 1] >> 63) : 0;

		for (int i = 0; i < new.len; i++)
		{
			int			j = new.lo + i - old.lo;

			to[i] = j < 0 ? 0 : j < old.len ? from[j] : sign;
		}
		from += old.len;
		to += new.len;
	}
	return copy;
}

static SumWindow
window_union(SumWindow a, SumWindow b)
{
	SumWindow	u;

	if (a.len == 0)
		return b;
	if (b.len == 0)
		return a;
	u.lo = Min(a.lo, b.lo);
	u.len = Max(a.lo + a.len, b.lo + b.len) - u.lo;
	return u;
}

static void
trimmed_windows(const Regression *r, SumWindow *windows)
{
	const uint64 *words = regression_words(r);
	int			sums = regression_sums(r);

	for (int s = 0; s < sums; s++)
	{
		const uint64 *w = words;

		windows[s] = exact_sum_trim(&w, r->windows[s]);
		words += r->windows[s].len;
	}
}

/* y, regressors and products of as many as there may be, and the weights */
#define MAX_SUMS \
	(1 + REGRESSION_MAX_VARIABLES + REGRESSION_MAX_VARIABLES * (REGRESSION_MAX_VARIABLES + 1) / 2)

/*
 * The value in the one form that stands for its content: no word more than
 * needed.  Always a copy.
 */
static Regression *
canonical_copy(const Regression *r)
{
	SumWindow	windows[MAX_SUMS];

	trimmed_windows(r, windows);
	return copy_in_windows(r, windows);
}

/*
 * A copy that can be added to: each sum with a further word above, so that
 * no sum, whatever its value, can pass its window.
 */
static Regression *
copy_with_room(const Regression *r)
{
	SumWindow	windows[MAX_SUMS];
	int			sums = regression_sums(r);

	trimmed_windows(r, windows);
	for (int s = 0; s < sums; s++)
		if (windows[s].len > 0)
			windows[s].len++;
	return copy_in_windows(r, windows);
}

static bool
regression_is_sound(const void *state)
{
	const Regression *r = state;
	int			sums = regression_sums(r);
	Size		size = regression_header_size(sums);

	if ((r->flags & ~(REGRESSION_INTERCEPT | REGRESSION_WEIGHTED)) != 0 ||
		r->regressors > REGRESSION_MAX_REGRESSORS || VARSIZE(r) < size)
		return false;
	for (int s = 0; s < sums; s++)
	{
		if (r->windows[s].len < 0)
			return false;
		size += r->windows[s].len * sizeof(uint64);
	}
	return VARSIZE(r) == size;
}

static const FlatStateType regression_type = {
	.name = "regression",
	.oldest = REGRESSION_VERSION,
	.newest = REGRESSION_VERSION,
	.before_version = "v",
	.after_version = " ",
	.header = offsetof(Regression, windows),
	.is_sound = regression_is_sound,
	.made_by = "A regression is made by the aggregate regression(y, x1, ...); its text is only for storing it and reading it back."
};

Regression *
regression_detoast(Datum d)
{
	return flat_state_get(d, &regression_type);
}

/* The state that a transition function may write into. */
static inline Regression *
state_for_update(FunctionCallInfo fcinfo)
{
	Regression *r = flat_state_own(fcinfo, &regression_type);

	return likely(r != NULL) ? r : copy_with_room(PG_GETARG_REGRESSION(0));
}

/*
 * ----------------------------------------------------------------
 *	Validation of values from outside
 * ----------------------------------------------------------------
 */

/*
 * The sums as a symmetric matrix in the order constant, regressors, y.
 */
void
regression_matrix(const Regression *r, BigFloat *a)
{
	bool		intercept = (r->flags & REGRESSION_INTERCEPT) != 0;
	int			size = regression_matrix_size(r);
	int			variables = r->regressors + 1;
	int			columns[REGRESSION_MAX_VARIABLES];	/* of variables */
	const SumWindow *win = r->windows;
	const uint64 *words = regression_words(r);
	BigFloat	w = bf_from_int64(r->n);

	columns[0] = size - 1;
	for (int i = 1; i < variables; i++)
		columns[i] = intercept ? i : i - 1;

#define NEXT_SUM(result) \
	do { \
		(result) = bf_from_words(words, win->len, 64 * win->lo - EXACT_SUM_BIAS); \
		words += win->len; \
		win++; \
	} while (0)

	if (r->flags & REGRESSION_WEIGHTED)
		NEXT_SUM(w);
	if (intercept)
	{
		a[0] = w;
		for (int i = 0; i < variables; i++)
		{
			NEXT_SUM(a[columns[i]]);
			a[columns[i] * size] = a[columns[i]];
		}
	}
	for (int i = 0; i < variables; i++)
	{
		for (int j = i; j < variables; j++)
		{
			NEXT_SUM(a[columns[i] * size + columns[j]]);
			a[columns[j] * size + columns[i]] = a[columns[i] * size + columns[j]];
		}
	}
#undef NEXT_SUM
}

/* a_ij, less what the means make of it when there is an intercept */
static BigFloat
centred(const BigFloat *a, int size, int i, int j, const BigFloat *inverse_w)
{
	BigFloat	t;

	if (inverse_w == NULL)
		return a[i * size + j];
	t = bf_mul(&a[i], &a[j]);
	t = bf_mul(&t, inverse_w);
	return bf_sub(&a[i * size + j], &t);
}

/*
 * Could these be the sums of real observations?  Returns NULL when so, else
 * what is wrong.  Whether the matrix as a whole belongs to any observations is
 * left to the fit, whose rank check takes whatever passes here.
 *
 * The last bits of the centred sums are rounded, so a margin of 2^-400 is
 * given: sums of doubles that differ do so by far more.
 */
static const char *
regression_problem(const Regression *r)
{
	int			first = (r->flags & REGRESSION_INTERCEPT) ? 1 : 0;
	int			size = regression_matrix_size(r);
	BigFloat   *a;
	BigFloat   *c;
	BigFloat	inverse_w;
	BigFloat   *iw = NULL;
	BigFloat	limit;
	int128		ln_bound;

	if (r->n < 0)
		return "The number of observations is negative.";
	if (r->n == 0)
	{
		if (r->flags != 0 || r->regressors != 0 || i128_get(&r->ln_weights) != 0)
			return "A regression without observations must have no regressors, no intercept and no weights.";
		return NULL;
	}
	if (r->regressors < 1 || r->regressors > REGRESSION_MAX_REGRESSORS)
		return "The number of regressors is out of range.";
	ln_bound = (int128) LN_FIXED_BOUND * r->n;
	if (i128_get(&r->ln_weights) > ln_bound || i128_get(&r->ln_weights) < -ln_bound)
		return "The sum of the logarithms of the weights is larger than that many weights can make it.";

	a = palloc(size * size * sizeof(BigFloat));
	regression_matrix(r, a);
	limit = bf_scale(bf_from_int64(r->n), 3072);	/* no term reaches 2^3072 */
	for (int i = 0; i < size; i++)
		if (a[i * size + i].sign < 0 || bf_compare(&a[i * size + i], &limit) > 0)
			return "A sum of squares is negative, or larger than that many observations can make it.";
	if (first == 1)
	{
		if (bf_is_zero(&a[0]))
			return "The sum of weights must be above zero.";
		inverse_w = bf_reciprocal(&a[0]);
		iw = &inverse_w;
	}

	c = palloc(size * sizeof(BigFloat));
	for (int i = first; i < size; i++)
	{
		BigFloat	margin = bf_scale(a[i * size + i], -400);

		c[i] = centred(a, size, i, i, iw);
		c[i] = bf_add(&c[i], &margin);
		if (c[i].sign < 0)
			return "A sum of squares is smaller than the square of its sum allows.";
		for (int j = first; j < i; j++)
		{
			BigFloat	cij = centred(a, size, i, j, iw);

			cij = bf_mul(&cij, &cij);
			limit = bf_mul(&c[i], &c[j]);
			if (bf_compare(&cij, &limit) > 0)
				return "A sum of products is larger than the sums of squares allow.";
		}
	}
	return NULL;
}

/*
 * ----------------------------------------------------------------
 *	Text and binary
 *
 * Text: v1 intercept=yes weights=no regressors=2 n=36 y=... x1=... x2=...
 * yy=... yx1=... x2x2=..., a sum being an integer in hexadecimal times a power
 * of two, 1a3p-104, with an odd integer: one spelling for one value.  With
 * weights, ln_w= (in units of 2^-53) and w= come after n=.
 * ----------------------------------------------------------------
 */

/* The name of sum s, into a buffer of SUM_NAME_CHARS. */
#define SUM_NAME_CHARS	16

static void
variable_name(int variable, char *name)
{
	if (variable == 0)
		strcpy(name, "y");
	else
		snprintf(name, SUM_NAME_CHARS / 2, "x%d", variable);
}

static void
sum_name(uint8 flags, int regressors, int s, char *name)
{
	if ((flags & REGRESSION_WEIGHTED) && s-- == 0)
	{
		strcpy(name, "w");
		return;
	}
	if (flags & REGRESSION_INTERCEPT)
	{
		if (s <= regressors)
		{
			variable_name(s, name);
			return;
		}
		s -= regressors + 1;
	}
	for (int i = 0; i <= regressors; i++)
	{
		int			row = regressors + 1 - i;

		if (s < row)
		{
			variable_name(i, name);
			variable_name(i + s, name + strlen(name));
			return;
		}
		s -= row;
	}
}

static const char *
skip_yes_no(const char *s, bool *yes)
{
	const char *end = state_skip(s, "yes");

	*yes = end != NULL;
	return end != NULL ? end : state_skip(s, "no");
}

static void
append_sum(StringInfo buf, const uint64 *words, SumWindow win)
{
	uint64		magnitude[EXACT_SUM_WORDS + 1];
	uint64		carry = 1;
	int			n;
	int			zeros;
	bool		leading = true;

	win = exact_sum_trim(&words, win);
	n = win.len;
	if (n == 0)
	{
		appendStringInfoChar(buf, '0');
		return;
	}
	for (int i = 0; i < n; i++)
		magnitude[i] = words[i];
	if (words[n - 1] >> 63)
	{
		appendStringInfoChar(buf, '-');
		for (int i = 0; i < n; i++)
		{
			magnitude[i] = ~magnitude[i] + carry;
			carry = carry && magnitude[i] == 0;
		}
	}
	zeros = __builtin_ctzll(words[0]);	/* trimmed: the first is not zero */
	for (int i = n - 1; i >= 0; i--)
	{
		uint64		w = magnitude[i];

		if (zeros > 0)
			w = (w >> zeros) | (i + 1 < n ? magnitude[i + 1] << (64 - zeros) : 0);
		if (!leading)
			appendStringInfo(buf, "%08x%08x", (uint32) (w >> 32), (uint32) w);
		else if (w != 0)
		{
			if (w >> 32)
				appendStringInfo(buf, "%x%08x", (uint32) (w >> 32), (uint32) w);
			else
				appendStringInfo(buf, "%x", (uint32) w);
			leading = false;
		}
	}
	appendStringInfo(buf, "p%d", 64 * win.lo + zeros - EXACT_SUM_BIAS);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/*
 * A sum as append_sum() writes it, into words[EXACT_SUM_WORDS] from the first
 * on, with *win saying where they lie.
 */
static const char *
skip_sum(const char *s, uint64 *words, SumWindow *win)
{
	bool		neg;
	const char *digits;
	const char *end;
	int64		exp;
	int			count;
	int			bit;
	const uint64 *first = words;

	win->lo = 0;
	win->len = 0;
	if (s == NULL)
		return NULL;
	if (*s == '0')
		return s + 1;
	neg = *s == '-';
	digits = neg ? s + 1 : s;
	for (end = digits; hex_digit(*end) >= 0; end++)
		;
	count = (int) Min(end - digits, EXACT_SUM_WORDS * 16 + 1);
	if (count == 0 || count > EXACT_SUM_WORDS * 16 || digits[0] == '0' ||
		(hex_digit(end[-1]) & 1) == 0 || *end != 'p')
		return NULL;
	s = state_skip_int64(end + 1, &exp);
	if (s == NULL || exp < -EXACT_SUM_BIAS || exp > EXACT_SUM_WORDS * 64)
		return NULL;
	bit = (int) exact_sum_bit((int) exp);
	win->lo = bit / 64;
	win->len = (bit % 64 + 4 * count) / 64 + 1; /* and a bit for the sign */
	if (win->lo + win->len > EXACT_SUM_WORDS)
		return NULL;

	memset(words, 0, win->len * sizeof(uint64));
	bit %= 64;
	for (const char *p = end - 1; p >= digits; p--, bit += 4)
	{
		uint64		d = hex_digit(*p);

		words[bit / 64] |= d << (bit % 64);
		if (bit % 64 > 60)
			words[bit / 64 + 1] |= d >> (64 - bit % 64);
	}
	if (neg)
	{
		uint64		carry = 1;

		for (int i = 0; i < win->len; i++)
		{
			words[i] = ~words[i] + carry;
			carry = carry && words[i] == 0;
		}
	}
	*win = exact_sum_trim(&first, *win);
	if (first != words)
		memmove(words, first, win->len * sizeof(uint64));
	return s;
}

/*
 * regression_in: text to value.
 *
 * 22P02 for anything that regression_out does not write or that cannot be the
 * sums of observations, 0A000 for a later version.
 */
Datum
regression_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	const char *s;
	bool		intercept = false;
	bool		weighted = false;
	int64		regressors = 0;
	int64		n = 0;
	I128		ln_weights = {{0, 0}};
	uint8		flags;
	Regression *r = NULL;
	const char *problem;

	s = flat_state_text_version(fcinfo->context, &regression_type, str);
	s = skip_yes_no(state_skip(s, "intercept="), &intercept);
	s = skip_yes_no(state_skip(s, " weights="), &weighted);
	s = state_skip_int64(state_skip(s, " regressors="), &regressors);
	s = state_skip_int64(state_skip(s, " n="), &n);
	if (s != NULL && weighted)
		s = state_skip_words(state_skip(s, " ln_w="), ln_weights.w, 2);
	if (s != NULL && regressors >= 0 && regressors <= REGRESSION_MAX_REGRESSORS)
	{
		int			sums;
		uint64	   *words;
		SumWindow	windows[MAX_SUMS];

		flags = (intercept ? REGRESSION_INTERCEPT : 0) | (weighted ? REGRESSION_WEIGHTED : 0);
		sums = regression_sum_count(flags, regressors);
		words = palloc(Max(sums, 1) * EXACT_SUM_WORDS * sizeof(uint64));
		for (int i = 0; i < sums && s != NULL; i++)
		{
			char		name[SUM_NAME_CHARS];

			sum_name(flags, regressors, i, name);
			s = state_skip(state_skip(s, " "), name);
			s = skip_sum(state_skip(s, "="), words + i * EXACT_SUM_WORDS, &windows[i]);
		}
		if (s != NULL && *s == '\0')
		{
			uint64	   *to;

			r = new_regression(flags, regressors, windows);
			r->n = n;
			r->ln_weights = ln_weights;
			to = regression_words(r);
			for (int i = 0; i < sums; i++)
			{
				memcpy(to, words + i * EXACT_SUM_WORDS, windows[i].len * sizeof(uint64));
				to += windows[i].len;
			}
		}
		pfree(words);
	}
	if (r == NULL)
		return flat_state_bad_text(fcinfo->context, &regression_type, str, NULL);
	problem = regression_problem(r);
	if (problem != NULL)
		return flat_state_bad_text(fcinfo->context, &regression_type, str, problem);
	PG_RETURN_POINTER(r);
}

Datum
regression_out(PG_FUNCTION_ARGS)
{
	Regression *r = PG_GETARG_REGRESSION(0);
	const uint64 *words = regression_words(r);
	int			sums = regression_sums(r);
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "v%d intercept=%s weights=%s regressors=%d n=" INT64_FORMAT,
					 REGRESSION_VERSION,
					 (r->flags & REGRESSION_INTERCEPT) ? "yes" : "no",
					 (r->flags & REGRESSION_WEIGHTED) ? "yes" : "no",
					 r->regressors, r->n);
	if (r->flags & REGRESSION_WEIGHTED)
	{
		Wide		v = wide_from_words(r->ln_weights.w, 2);
		char		digits[WIDE_DECIMAL_CHARS];

		wide_to_decimal(&v, digits);
		appendStringInfo(&buf, " ln_w=%s", digits);
	}
	for (int s = 0; s < sums; s++)
	{
		char		name[SUM_NAME_CHARS];

		sum_name(r->flags, r->regressors, s, name);
		appendStringInfo(&buf, " %s=", name);
		append_sum(&buf, words, r->windows[s]);
		words += r->windows[s].len;
	}
	PG_RETURN_CSTRING(buf.data);
}

/*
 * regression_recv: binary to value: version, flags, regressors (a byte each),
 * n, with weights the two words of ln_w, then for every sum its window (two
 * 16-bit numbers) and its words from the lowest to the highest, all in network
 * order.  As strict as regression_in.
 */
Datum
regression_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			flags;
	int			regressors;
	int			sums;
	int64		n;
	I128		ln_weights = {{0, 0}};
	SumWindow	windows[MAX_SUMS];
	uint64	   *words;
	uint64	   *next;
	Regression *r;
	const char *problem;

	flat_state_binary_version(buf, &regression_type);
	flags = pq_getmsgbyte(buf);
	regressors = pq_getmsgbyte(buf);
	if ((flags & ~(REGRESSION_INTERCEPT | REGRESSION_WEIGHTED)) != 0 ||
		regressors > REGRESSION_MAX_REGRESSORS)
		flat_state_bad_binary(&regression_type, "The number of regressors is out of range, or the flags are unknown.");
	n = pq_getmsgint64(buf);
	if (flags & REGRESSION_WEIGHTED)
	{
		ln_weights.w[0] = (uint64) pq_getmsgint64(buf);
		ln_weights.w[1] = (uint64) pq_getmsgint64(buf);
	}
	sums = regression_sum_count(flags, regressors);
	words = next = palloc(Max(sums, 1) * EXACT_SUM_WORDS * sizeof(uint64));
	for (int s = 0; s < sums; s++)
	{
		SumWindow	trimmed;
		const uint64 *first = next;

		windows[s].lo = (int16) pq_getmsgint(buf, 2);
		windows[s].len = (int16) pq_getmsgint(buf, 2);
		if (windows[s].lo < 0 || windows[s].len < 0 ||
			windows[s].lo + windows[s].len > EXACT_SUM_WORDS)
			flat_state_bad_binary(&regression_type, "A sum has more words than any sum can have.");
		for (int i = 0; i < windows[s].len; i++)
			next[i] = (uint64) pq_getmsgint64(buf);
		trimmed = exact_sum_trim(&first, windows[s]);
		if (trimmed.lo != windows[s].lo || trimmed.len != windows[s].len)
			flat_state_bad_binary(&regression_type, "A sum has more words than it needs.");
		next += windows[s].len;
	}
	r = new_regression(flags, regressors, windows);
	r->n = n;
	r->ln_weights = ln_weights;
	memcpy(regression_words(r), words, (next - words) * sizeof(uint64));
	pfree(words);
	problem = regression_problem(r);
	if (problem != NULL)
		flat_state_bad_binary(&regression_type, problem);
	PG_RETURN_POINTER(r);
}

Datum
regression_send(PG_FUNCTION_ARGS)
{
	Regression *r = PG_GETARG_REGRESSION(0);
	const uint64 *words = regression_words(r);
	int			sums = regression_sums(r);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, r->version);
	pq_sendbyte(&buf, r->flags);
	pq_sendbyte(&buf, r->regressors);
	pq_sendint64(&buf, r->n);
	if (r->flags & REGRESSION_WEIGHTED)
	{
		pq_sendint64(&buf, r->ln_weights.w[0]);
		pq_sendint64(&buf, r->ln_weights.w[1]);
	}
	for (int s = 0; s < sums; s++)
	{
		const uint64 *w = words;
		SumWindow	win = exact_sum_trim(&w, r->windows[s]);

		pq_sendint16(&buf, (uint16) win.lo);
		pq_sendint16(&buf, (uint16) win.len);
		for (int i = 0; i < win.len; i++)
			pq_sendint64(&buf, w[i]);
		words += r->windows[s].len;
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * ----------------------------------------------------------------
 *	Comparison
 *
 * The order (intercept, weights, regressors, n, then the sums) means nothing
 * to an analyst; DISTINCT, UNION and merge joins need one.  Sums are compared
 * by their trimmed words, so that a state still in wide windows equals the
 * value made of it.
 * ----------------------------------------------------------------
 */
static int
regression_compare(FunctionCallInfo fcinfo)
{
	Regression *a = PG_GETARG_REGRESSION(0);
	Regression *b = PG_GETARG_REGRESSION(1);
	const uint64 *words_a = regression_words(a);
	const uint64 *words_b = regression_words(b);
	int			result = 0;

	if (a->flags != b->flags)
		result = a->flags < b->flags ? -1 : 1;
	else if (a->regressors != b->regressors)
		result = a->regressors < b->regressors ? -1 : 1;
	else if (a->n != b->n)
		result = a->n < b->n ? -1 : 1;
	else if (i128_get(&a->ln_weights) != i128_get(&b->ln_weights))
		result = i128_get(&a->ln_weights) < i128_get(&b->ln_weights) ? -1 : 1;
	else
	{
		int			sums = regression_sums(a);

		for (int s = 0; s < sums && result == 0; s++)
		{
			const uint64 *wa = words_a;
			const uint64 *wb = words_b;
			SumWindow	win_a = exact_sum_trim(&wa, a->windows[s]);
			SumWindow	win_b = exact_sum_trim(&wb, b->windows[s]);

			if (win_a.lo != win_b.lo)
				result = win_a.lo < win_b.lo ? -1 : 1;
			else if (win_a.len != win_b.len)
				result = win_a.len < win_b.len ? -1 : 1;
			for (int i = 0; i < win_a.len && result == 0; i++)
				if (wa[i] != wb[i])
					result = wa[i] < wb[i] ? -1 : 1;
			words_a += a->windows[s].len;
			words_b += b->windows[s].len;
		}
	}
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

COMPARISON_FUNCTIONS(regression, regression_compare)

static uint64
regression_hash_arg(FunctionCallInfo fcinfo, uint64 seed)
{
	Regression *r = PG_GETARG_REGRESSION(0);
	const uint64 *words = regression_words(r);
	int			sums = regression_sums(r);
	uint64		h = seed;

	h = hash_word((uint64) r->flags << 32 | r->regressors, h);
	h = hash_word((uint64) r->n, h);
	h = hash_word(r->ln_weights.w[0], h);
	for (int s = 0; s < sums; s++)
	{
		const uint64 *w = words;
		SumWindow	win = exact_sum_trim(&w, r->windows[s]);

		h = hash_word((uint64) win.lo << 32 | (uint64) win.len, h);
		for (int i = 0; i < win.len; i++)
			h = hash_word(w[i], h);
		words += r->windows[s].len;
	}
	PG_FREE_IF_COPY(r, 0);
	return h;
}

HASH_FUNCTIONS(regression, regression_hash_arg)

/*
 * ----------------------------------------------------------------
 *	Accumulation
 * ----------------------------------------------------------------
 */

static void
too_many_observations(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("a regression cannot hold more than " INT64_FORMAT " observations",
					PG_INT64_MAX)));
}

static void
not_finite(double v, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("a regression cannot use %s as %s", float8out_internal(v), what),
			 errhint("Leave such rows out on purpose: regression(...) FILTER (WHERE y < 'Infinity' AND y > '-Infinity'), and the same for every regressor.")));
}

static void
not_a_weight(double w)
{
	if (isnan(w) || isinf(w))
		not_finite(w, "a weight");
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a weight cannot be negative: %s", float8out_internal(w)),
			 errhint("Weights are precision weights, proportional to 1/variance of the observation.")));
}

static void
wrong_count(int64 count)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a regression needs 1 to %d regressors: " INT64_FORMAT,
					REGRESSION_MAX_REGRESSORS, count),
			 errhint("Write them after y, or as one array: regression(y, x1, x2) or regression(y, VARIADIC ARRAY[x1, x2]).")));
}

/* Kind of a state against that of what is merged into it. */
static pg_noinline void
check_same_kind(const Regression *a, uint8 flags, int regressors)
{
	uint8		differ = a->flags ^ flags;

	if (differ & REGRESSION_INTERCEPT)
		flat_state_unlike(&regression_type, "kinds", "with intercept", "through the origin",
						  "Build both with regression(), or both with regression_through_origin().");
	if (differ & REGRESSION_WEIGHTED)
		flat_state_unlike(&regression_type, "kinds", "weighted", "unweighted",
						  "Build both with a weight, or both without.");
	if (a->regressors != regressors)
		flat_state_unlike(&regression_type, "numbers of regressors",
						  psprintf("%d", a->regressors), psprintf("%d", regressors),
						  "Every row of one regression must have the same regressors, in the same order.");
}

/*
 * The windows that the terms of one row ask for, beside those that a value
 * has.
 */
static void
windows_for_row(uint8 flags, const RegressionRow *row, SumWindow *windows)
{
	bool		weighted = (flags & REGRESSION_WEIGHTED) != 0;
	int			words = weighted ? WEIGHTED_PRODUCT_WINDOW : PRODUCT_WINDOW;
	int			w_exp = weighted ? row->w.e : 0;
	int			s = 0;

#define NEED(nonzero, exp) \
	do { \
		SumWindow	need = {0, 0}; \
		if (nonzero) \
		{ \
			need.lo = exact_sum_bit(exp) / 64; \
			need.len = words; \
		} \
		windows[s] = window_union(windows[s], need); \
		s++; \
	} while (0)

	if (weighted)
		NEED(true, w_exp);
	if (flags & REGRESSION_INTERCEPT)
		for (int i = 0; i < row->variables; i++)
			NEED(row->z[i].m != 0, row->z[i].e + w_exp);
	for (int i = 0; i < row->variables; i++)
		for (int j = i; j < row->variables; j++)
			NEED(row->z[i].m != 0 && row->z[j].m != 0,
				 row->z[i].e + row->z[j].e + w_exp);
#undef NEED
}

/*
 * A copy whose windows hold the row as well.  The old value is left to the
 * executor, which frees the state it passed when it gets another one back.
 */
static pg_noinline Regression *
widen_for_row(const Regression *r, const RegressionRow *row)
{
	SumWindow	windows[MAX_SUMS];

	memcpy(windows, r->windows, regression_sums(r) * sizeof(SumWindow));
	windows_for_row(r->flags, row, windows);
	return copy_in_windows(r, windows);
}

static inline uint8
kind_flags(bool intercept, bool weighted)
{
	return (intercept ? REGRESSION_INTERCEPT : 0) |
		(weighted ? REGRESSION_WEIGHTED : 0);
}

/*
 * Add a term p * 2^e, or p * u * 2^e with weights, to a sum; false when the
 * sum's window is too small for it.
 */
static pg_attribute_always_inline bool
add_term(SumWindow win, uint64 *words, int128 p, uint64 u, int e, bool weighted)
{
	unsigned int bit = exact_sum_bit(e);
	int			word = (int) (bit / 64);
	int			at = word - win.lo;

	if (p == 0)
		return true;
	if (unlikely(!window_holds(win, word,
							   weighted ? WEIGHTED_PRODUCT_WINDOW : PRODUCT_WINDOW)))
		return false;
	if (weighted)
		exact_sum_add_weighted(words + at, win.len - at, p, u, bit % 64);
	else
		exact_sum_add(words + at, win.len - at, p, bit % 64);
	return true;
}

/*
 * Add a row to a state of its kind, or take it away again.  The state is
 * written to; what is returned is it or, when it had to grow, another one.
 */
static pg_attribute_always_inline Regression *
add_row(Regression *r, const RegressionRow *row, int variables, bool intercept,
		bool weighted, bool subtract)
{
	int64		m[REGRESSION_MAX_VARIABLES];
	int			e[REGRESSION_MAX_VARIABLES];
	uint64		u = weighted ? (uint64) row->w.m : 1;
	int			w_exp = weighted ? row->w.e : 0;
	int64		sign = subtract ? -1 : 1;
	const SumWindow *win = r->windows;
	int			sums = regression_sum_count(kind_flags(intercept, weighted), variables - 1);
	uint64	   *words = (uint64 *) ((char *) r + regression_header_size(sums));

#define ADD(p, exp) \
	do { \
		while (!add_term(*win, words, p, u, exp, weighted)) \
		{ \
			int			sum = win - r->windows; \
\
			r = widen_for_row(r, row); \
			win = &r->windows[sum]; \
			words = words_of_sum(r, sum); \
		} \
		words += win->len; \
		win++; \
	} while (0)

	/* copies that no store into the state can change, for the compiler */
	for (int i = 0; i < variables; i++)
	{
		m[i] = row->z[i].m;
		e[i] = row->z[i].e;
	}

	if (subtract)
		r->n--;
	else
	{
		if (unlikely(r->n == PG_INT64_MAX))
			too_many_observations();
		r->n++;
	}
	if (weighted)
	{
		/* |ln w| is below 2^63 units, so 2^63 of them stay below 2^126 */
		if (subtract)
			i128_sub(&r->ln_weights, row->ln_w);
		else
			i128_add(&r->ln_weights, row->ln_w);
		ADD(sign, w_exp);
	}
	if (intercept)
		for (int i = 0; i < variables; i++)
			ADD(sign * m[i], e[i] + w_exp);
	for (int i = 0; i < variables; i++)
		for (int j = i; j < variables; j++)
			ADD((int128) (sign * m[i]) * m[j], e[i] + e[j] + w_exp);
#undef ADD
	return r;
}

/*
 * The row of a call; false when it is to be skipped: a NULL anywhere, or a
 * weight of 0.  The regressors are that many further arguments or, for
 * scalars 0, one array.
 *
 * The array is read as it lies: an array of double precision without NULLs
 * is its header and then the numbers.
 */
static pg_attribute_always_inline bool
get_row(FunctionCallInfo fcinfo, bool weighted, int scalars, RegressionRow *row)
{
	int			x_arg = weighted ? 3 : 2;
	double		y;
	int			count = scalars;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(x_arg) || (weighted && PG_ARGISNULL(2)))
		return false;
	for (int j = 1; j < scalars; j++)
		if (PG_ARGISNULL(x_arg + j))
			return false;
	if (scalars == 0)
	{
		ArrayType  *x = PG_GETARG_ARRAYTYPE_P(x_arg);
		const double *values = (const double *) ARR_DATA_PTR(x);

		if (unlikely(ARR_NDIM(x) != 1))
		{
			if (ARR_NDIM(x) == 0)
				wrong_count(0);
			ereport(ERROR,
					(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
					 errmsg("the regressors of a row must be an array of one dimension, not %d",
							ARR_NDIM(x)),
					 errhint("Write regression(y, VARIADIC ARRAY[x1, x2]).")));
		}
		count = ARR_DIMS(x)[0];
		if (unlikely(count > REGRESSION_MAX_REGRESSORS))
			wrong_count(count);
		if (unlikely(ARR_HASNULL(x) && array_contains_nulls(x)))
			return false;
		for (int j = 0; j < count; j++)
			if (unlikely(!split_double(values[j], &row->z[j + 1])))
				not_finite(values[j], "a regressor");
	}
	else
	{
		for (int j = 0; j < scalars; j++)
		{
			double		x = PG_GETARG_FLOAT8(x_arg + j);

			if (unlikely(!split_double(x, &row->z[j + 1])))
				not_finite(x, "a regressor");
		}
	}
	row->variables = count + 1;
	y = PG_GETARG_FLOAT8(1);
	if (unlikely(!split_double(y, &row->z[0])))
		not_finite(y, "y");
	if (weighted)
	{
		double		w = PG_GETARG_FLOAT8(2);

		if (w == 0)
			return false;
		if (unlikely(!split_double(w, &row->w) || w < 0))
			not_a_weight(w);
		row->ln_w = ln_fixed_float8(w);
	}
	return true;
}

/* A state for the first row of a group, with windows that hold it. */
static pg_noinline Regression *
first_state(uint8 flags, const RegressionRow *row)
{
	SumWindow	windows[MAX_SUMS];

	memset(windows, 0, sizeof(windows));
	windows_for_row(flags, row, windows);
	return new_regression(flags, row->variables - 1, windows);
}

static pg_attribute_always_inline Datum
accum(FunctionCallInfo fcinfo, bool intercept, bool weighted, int scalars)
{
	uint8		flags = kind_flags(intercept, weighted);
	RegressionRow row;
	Regression *r = NULL;
	int			variables;

	if (!get_row(fcinfo, weighted, scalars, &row))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_POINTER(empty_regression());
		PG_RETURN_POINTER(state_for_update(fcinfo));
	}
	if (!PG_ARGISNULL(0))
		r = state_for_update(fcinfo);
	/* a constant where it can be one, for the compiler to unroll loops by */
	variables = scalars > 0 ? scalars + 1 : row.variables;
	if (unlikely(r == NULL || r->n == 0))
		r = first_state(flags, &row);
	else if (unlikely(r->flags != flags || r->regressors != variables - 1))
		check_same_kind(r, flags, variables - 1);
	PG_RETURN_POINTER(add_row(r, &row, variables, intercept, weighted, false));
}

/*
 * What is left after rows were taken back.  An aggregate takes back only what
 * it has added.  A call by hand may try anything, so its result must be shown
 * to be the sums of something.
 */
static Datum
taken_back(FunctionCallInfo fcinfo, Regression *r)
{
	if (!called_by_aggregate(fcinfo))
	{
		SumWindow	windows[MAX_SUMS];
		int			sums = regression_sums(r);

		trimmed_windows(r, windows);
		if (r->n == 0)
		{
			for (int s = 0; s < sums; s++)
				if (windows[s].len != 0)
					flat_state_not_held(&regression_type, NULL);
		}
		else if (regression_problem(r) != NULL)
			flat_state_not_held(&regression_type, NULL);
	}
	PG_RETURN_POINTER(r->n == 0 ? empty_regression() : r);
}

static pg_attribute_always_inline Datum
accum_inv(FunctionCallInfo fcinfo, bool intercept, bool weighted, int scalars)
{
	uint8		flags = kind_flags(intercept, weighted);
	RegressionRow row;
	Regression *r;

	if (PG_ARGISNULL(0))
		flat_state_not_held(&regression_type, NULL);
	r = state_for_update(fcinfo);
	if (!get_row(fcinfo, weighted, scalars, &row))
		PG_RETURN_POINTER(r);
	if (r->n == 0)
		flat_state_not_held(&regression_type, NULL);
	check_same_kind(r, flags, row.variables - 1);
	return taken_back(fcinfo, add_row(r, &row, row.variables, intercept, weighted, true));
}

/*
 * y, x and y, x1, x2: the same as with an array, which the executor would have
 * to build for every row.
 */
Datum
regression_accum_1(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, true, false, 1);
}

Datum
regression_accum_1_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, true, false, 1);
}

Datum
regression_accum_2(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, true, false, 2);
}

Datum
regression_accum_2_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, true, false, 2);
}

/* y, regressors */
Datum
regression_accum(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, true, false, 0);
}

Datum
regression_accum_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, true, false, 0);
}

/* the same without intercept */
Datum
regression_accum_origin(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, false, false, 0);
}

Datum
regression_accum_origin_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, false, false, 0);
}

/* y, weight, regressors */
Datum
regression_accum_weighted(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, true, true, 0);
}

Datum
regression_accum_weighted_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, true, true, 0);
}

/* the same without intercept */
Datum
regression_accum_weighted_origin(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, false, true, 0);
}

Datum
regression_accum_weighted_origin_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, false, true, 0);
}

/*
 * a += b, or a -= b: sums alone.  Both have a full header and the same kind;
 * a is written to, and its windows hold b's.
 */
static void
merge_sums(Regression *a, const Regression *b, bool subtract)
{
	uint64	   *to = regression_words(a);
	const uint64 *from = regression_words(b);
	int			sums = regression_sums(a);

	for (int s = 0; s < sums; s++)
	{
		const uint64 *w = from;
		SumWindow	win = exact_sum_trim(&w, b->windows[s]);
		int			at = win.lo - a->windows[s].lo;
		uint64		sign = win.len > 0 ? (uint64) ((int64) w[win.len - 1] >> 63) : 0;
		uint64		carry = subtract ? 1 : 0;

		if (win.len > 0)
		{
			Assert(at >= 0 && at + win.len <= a->windows[s].len);
			for (int i = at; i < a->windows[s].len; i++)
			{
				uint64		v = i - at < win.len ? w[i - at] : sign;
				uint128		t = (uint128) to[i] + (subtract ? ~v : v) + carry;

				to[i] = (uint64) t;
				carry = (uint64) (t >> 64);
			}
		}
		to += a->windows[s].len;
		from += b->windows[s].len;
	}
}

/* A copy of a, trimmed, in windows that hold b and the sum of both. */
static Regression *
copy_with_room_for(const Regression *a, const Regression *b)
{
	SumWindow	wa[MAX_SUMS];
	SumWindow	wb[MAX_SUMS];
	int			sums = regression_sums(a);

	trimmed_windows(a, wa);
	trimmed_windows(b, wb);
	for (int s = 0; s < sums; s++)
	{
		wa[s] = window_union(wa[s], wb[s]);
		if (wa[s].len > 0)
			wa[s].len++;
	}
	return copy_in_windows(a, wa);
}

/*
 * regression_combine: merge two regressions, for parallel plans and rollup.
 *
 * Not strict, and it never writes into an argument or returns one: a state
 * from another process may be packed, and argument 2 is not ours.
 */
Datum
regression_combine(PG_FUNCTION_ARGS)
{
	Regression *a = PG_ARGISNULL(0) ? NULL : PG_GETARG_REGRESSION(0);
	Regression *b = PG_ARGISNULL(1) ? NULL : PG_GETARG_REGRESSION(1);
	Regression *result;
	int64		n;

	if (b == NULL || b->n == 0)
	{
		if (a == NULL || a->n == 0)
			PG_RETURN_POINTER(empty_regression());
		PG_RETURN_POINTER(copy_with_room(a));
	}
	if (a == NULL || a->n == 0)
		PG_RETURN_POINTER(copy_with_room(b));

	check_same_kind(a, b->flags, b->regressors);
	if (pg_add_s64_overflow(a->n, b->n, &n))
		too_many_observations();
	result = copy_with_room_for(a, b);
	merge_sums(result, b, false);
	i128_add(&result->ln_weights, i128_get(&b->ln_weights));
	result->n = n;
	PG_RETURN_POINTER(result);
}

/*
 * regression_combine_inv: take a merged regression back, for rollup() over a
 * moving window, and for a - b.
 */
Datum
regression_combine_inv(PG_FUNCTION_ARGS)
{
	Regression *gone = PG_ARGISNULL(1) ? NULL : PG_GETARG_REGRESSION(1);
	bool		nothing = gone == NULL || gone->n == 0;
	Regression *r;

	if (PG_ARGISNULL(0))
	{
		if (!nothing)
			flat_state_not_held(&regression_type, NULL);
		PG_RETURN_POINTER(empty_regression());
	}
	if (nothing)
		PG_RETURN_POINTER(state_for_update(fcinfo));
	r = PG_GETARG_REGRESSION(0);
	if (r->n < gone->n)
		flat_state_not_held(&regression_type, NULL);
	check_same_kind(r, gone->flags, gone->regressors);
	r = copy_with_room_for(r, gone);
	merge_sums(r, gone, true);
	i128_sub(&r->ln_weights, i128_get(&gone->ln_weights));
	r->n -= gone->n;
	return taken_back(fcinfo, r);
}

/*
 * regression_final: the state as a result, NULL when it holds nothing.  A
 * copy: the state may go on being accumulated into.
 */
Datum
regression_final(PG_FUNCTION_ARGS)
{
	Regression *r = PG_GETARG_REGRESSION(0);

	if (r->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(canonical_copy(r));
}

ARITHMETIC_FUNCTIONS(regression)

/*
 * The same sums of arrays in C; see regression_fit_arrays().
 */
Regression *
regression_from_arrays(int n, int nx, const double *y, const double *const *x,
					   const double *w, bool intercept)
{
	uint8		flags = kind_flags(intercept, w != NULL);
	Regression *r = NULL;
	RegressionRow row;

	Assert(nx <= REGRESSION_MAX_REGRESSORS && (nx > 0 || intercept));
	row.variables = nx + 1;
	for (int i = 0; i < n; i++)
	{
		Regression *old = r;

		CHECK_FOR_INTERRUPTS();
		if (!split_double(y[i], &row.z[0]))
			not_finite(y[i], "y");
		for (int j = 0; j < nx; j++)
			if (!split_double(x[j][i], &row.z[j + 1]))
				not_finite(x[j][i], "a regressor");
		if (w != NULL)
		{
			if (w[i] == 0)
				continue;
			if (!split_double(w[i], &row.w) || w[i] < 0)
				not_a_weight(w[i]);
			row.ln_w = ln_fixed_float8(w[i]);
		}
		if (r == NULL)
			r = first_state(flags, &row);
		r = add_row(r, &row, row.variables, intercept, w != NULL, false);
		if (old != NULL && r != old)
			pfree(old);
	}
	return r != NULL ? r : empty_regression();
}
