import { exp, ln, lnGamma, normalQuantile } from "../../engine/random/exact-math.ts";
import { incompleteBeta } from "./incomplete-beta.ts";

const MAX_STEPS = 500;
const RELATIVE_STEP = 4e-16;
const LARGE_DEGREES = 1e6;
const LN_PI = 1.1447298858494002;

function requireDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0)) {
    throw new RangeError(`degrees of freedom are positive, got ${degreesOfFreedom}`);
  }
}

/** P(T > t) for t >= 0; accurate far out because both x and 1 − x of the beta function come without cancellation. */
function upperTail(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const total = degreesOfFreedom + square;
  return incompleteBeta(degreesOfFreedom / total, degreesOfFreedom / 2, 0.5, square / total) / 2;
}

/**
 * Expansion about the normal quantile z in powers of 1/df (Fisher and Cornish 1960; Abramowitz and Stegun 26.7.5).
 * From a million degrees on, its first three terms are exact to the last digits.
 */
function expandAboutNormal(z: number, degreesOfFreedom: number): number {
  const square = z * z;
  const first = (z * (square + 1)) / 4;
  const second = (z * ((5 * square + 16) * square + 3)) / 96;
  return z + (first + second / degreesOfFreedom) / degreesOfFreedom;
}

/**
 * Distribution function of Student's t: P(T <= t).
 *
 * Source: Student (1908), Biometrika 6; written with the regularised incomplete beta function as in Abramowitz and
 * Stegun 26.7.1. `degreesOfFreedom` is any positive finite number.
 *
 * @throws RangeError when `degreesOfFreedom` is not positive and finite, or `t` is not a number.
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (Number.isNaN(t)) throw new RangeError("t must be a number, got NaN");
  if (t === Number.POSITIVE_INFINITY) return 1;
  if (t === Number.NEGATIVE_INFINITY) return 0;
  const tail = upperTail(Math.abs(t), degreesOfFreedom);
  return t > 0 ? 1 - tail : tail;
}

/**
 * The t for which P(T <= t) equals `probability`: the factor in front of a standard error. Infinite degrees of
 * freedom give the normal quantile.
 *
 * Newton's method on the upper tail. For t > 0 the tail is convex and lies above the normal tail, so that iterates
 * started at the normal quantile climb to the root without ever needing a bracket.
 *
 * The well-kept library jstat is not used for this: it is CommonJS without types and is built on Math.log, Math.exp
 * and Math.pow, whose last bits differ between JavaScript engines, while results here are the same bytes everywhere.
 *
 * @throws RangeError when `probability` lies outside 0..1 or `degreesOfFreedom` is not positive.
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`a probability lies in 0..1, got ${probability}`);
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  if (probability === 1) return Number.POSITIVE_INFINITY;
  if (probability === 0.5) return 0;
  const upper = probability > 0.5;
  const tail = upper ? 1 - probability : probability;
  if (degreesOfFreedom >= LARGE_DEGREES) return expandAboutNormal(normalQuantile(probability), degreesOfFreedom);
  const lnPeak =
    lnGamma(degreesOfFreedom / 2 + 0.5) - lnGamma(degreesOfFreedom / 2) - (ln(degreesOfFreedom) + LN_PI) / 2;
  const exponent = (degreesOfFreedom + 1) / 2;
  let t = -normalQuantile(tail);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const density = exp(lnPeak - exponent * ln(1 + (t * t) / degreesOfFreedom));
    const change = (upperTail(t, degreesOfFreedom) - tail) / density;
    t += change;
    // A step back is only rounding: the root was reached.
    if (change <= RELATIVE_STEP * t) break;
  }
  return upper ? t : -t;
}
