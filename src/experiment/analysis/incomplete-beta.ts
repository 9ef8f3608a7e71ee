import { exp, ln, lnGamma } from "../../engine/random/exact-math.ts";

const TINY = 1e-300;
const PRECISION = 1e-16;
const MAX_TERMS = 50_000;
const MAX_STEPS = 2_000;
const LARGE_SHAPE = 100;

function requireShape(a: number, b: number): void {
  if (!(a > 0 && b > 0 && a < Number.POSITIVE_INFINITY && b < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the shapes of a beta distribution are positive and finite, got ${a} and ${b}`);
  }
}

/** Keeps the denominators of Lentz's recursion away from zero. */
function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** The continued fraction of DLMF 8.17.22, evaluated by Lentz's method; fast for x < (a+1)/(a+b+2). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= MAX_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) <= 4 * PRECISION) return value;
  }
  throw new RangeError(`the incomplete beta function did not converge for a=${a}, b=${b}, x=${x}`);
}

/** ln(1 + u) for u > −1 without losing the digits of a small u (Kahan's correction of the rounded sum). */
function lnOnePlus(u: number): number {
  const sum = 1 + u;
  return sum === 1 ? u : (ln(sum) * u) / (sum - 1);
}

/** The part of ln Γ(z) that Stirling's formula leaves over, DLMF 5.11.1; exact to 1e-17 from z = 100 on. */
function stirlingRest(z: number): number {
  const inverse = 1 / z;
  const square = inverse * inverse;
  return inverse * (1 / 12 - square * (1 / 360 - square / 1260));
}

/**
 * ln B(a, b). With a large shape the plain difference of two log-gammas would cancel nearly all digits, so that
 * Stirling's formulas are subtracted term by term instead.
 */
function lnBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < LARGE_SHAPE) return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
  const growth = (large + small - 0.5) * lnOnePlus(small / large) + small * (ln(large) - 1);
  return lnGamma(small) - growth - stirlingRest(large + small) + stirlingRest(large);
}

/** ln x, from 1 − x where that is the small and therefore the exact one of the two. */
function lnOf(x: number, complement: number): number {
  return complement < 0.5 ? lnOnePlus(-complement) : ln(x);
}

/**
 * Regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at most `x`.
 *
 * `complement` is 1 − x; a caller that knows it without cancellation passes it, which keeps both tails accurate.
 * Source: NIST Digital Library of Mathematical Functions, 8.17.4 (symmetry) and 8.17.22 (continued fraction).
 *
 * @throws RangeError when `x` lies outside 0..1 or a shape is not positive and finite.
 */
export function incompleteBeta(x: number, a: number, b: number, complement: number = 1 - x): number {
  requireShape(a, b);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`the incomplete beta function is defined for 0..1, got ${x}`);
  if (x === 0) return 0;
  if (complement === 0) return 1;
  const front = exp(a * lnOf(x, complement) + b * lnOf(complement, x) - lnBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(x, a, b)) / a;
  return 1 - (front * continuedFraction(complement, b, a)) / b;
}

/**
 * The x in 0..1 at which I_x(a, b) equals `probability`: the quantile of a Beta(a, b) variable.
 *
 * Newton steps inside a bracket that always holds the root; a step that would leave the bracket is replaced by a
 * halving of it, so the search ends for every shape.
 *
 * @throws RangeError when `probability` lies outside 0..1 or a shape is not positive and finite.
 */
export function incompleteBetaInverse(probability: number, a: number, b: number): number {
  requireShape(a, b);
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a probability lies in 0..1, got ${probability}`);
  }
  if (probability === 0 || probability === 1) return probability;
  const normaliser = lnBeta(a, b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const error = incompleteBeta(x, a, b) - probability;
    if (error === 0) return x;
    if (error < 0) low = x;
    else high = x;
    const density = exp((a - 1) * ln(x) + (b - 1) * lnOf(1 - x, x) - normaliser);
    const newton = x - error / density;
    const next = newton > low && newton < high ? newton : low + (high - low) / 2;
    if (next === x || Math.abs(next - x) <= 4 * PRECISION * x || next >= 1 || next <= 0) return next;
    x = next;
  }
  return x;
}
