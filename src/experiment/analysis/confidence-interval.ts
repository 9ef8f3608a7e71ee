import { studentTQuantile } from "./student-t.ts";

/** A mean with its Student t confidence interval mean ± halfWidth. */
export interface Interval {
  /** Arithmetic mean; NaN when there were no values. */
  readonly mean: number;
  /** Half the width of the interval, in the unit of the values; infinite below two values. */
  readonly halfWidth: number;
  /** Number of values. */
  readonly n: number;
  /** Confidence level, a ratio between 0 and 1. */
  readonly level: number;
}

/** Default confidence level of every interval in a report. */
export const DEFAULT_LEVEL = 0.95;

/**
 * Mean and confidence interval of independent values, one per replication: mean ± t(1 − (1 − level)/2; n − 1) · s/√n.
 *
 * One value says nothing about spread, so its half width is infinite; no value has no mean either. A NaN among the
 * values makes the mean and the half width NaN: leave such replications out beforehand and say how many they were.
 *
 * The sums run in the order of the list over distances from the first value, with the two-pass correction of Chan,
 * Golub and LeVeque (1983, The American Statistician 37): equal values give exactly themselves ± 0, and a large
 * common offset costs no digits.
 *
 * Source: Law, Simulation Modeling and Analysis, 5th ed. 2015, section 4.5.
 *
 * @throws RangeError when `level` does not lie strictly between 0 and 1.
 */
export function meanInterval(values: readonly number[], level: number = DEFAULT_LEVEL): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies between 0 and 1, got ${level}`);
  const n = values.length;
  const origin = values[0];
  if (origin === undefined) return { mean: Number.NaN, halfWidth: Number.POSITIVE_INFINITY, n, level };
  let distanceSum = 0;
  for (const value of values) distanceSum += value - origin;
  const meanDistance = distanceSum / n;
  const mean = origin + meanDistance;
  if (n === 1) return { mean, halfWidth: Number.POSITIVE_INFINITY, n, level };
  let squares = 0;
  let rest = 0;
  for (const value of values) {
    const deviation = value - origin - meanDistance;
    squares += deviation * deviation;
    rest += deviation;
  }
  const variance = Math.max(0, squares - (rest * rest) / n) / (n - 1);
  const halfWidth = studentTQuantile(1 - (1 - level) / 2, n - 1) * Math.sqrt(variance / n);
  return { mean, halfWidth, n, level };
}
