/*-------------------------------------------------------------------------
 *
 * excerpt.h
 *		A text as a message may quote it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_EXCERPT_H
#define BATTERY_EXCERPT_H

extern char *text_excerpt(const char *s, int max);

#endif							/* BATTERY_EXCERPT_H */
