/*-------------------------------------------------------------------------
 *
 * confidence.h
 *		The confidence of an interval, as every estimator takes it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_CONFIDENCE_H
#define BATTERY_CONFIDENCE_H

extern double check_confidence(double confidence);
extern double t_for_confidence(double confidence, double df);

#endif							/* BATTERY_CONFIDENCE_H */
