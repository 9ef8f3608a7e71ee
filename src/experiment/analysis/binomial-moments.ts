/** Mean and standard deviation of a count. */
export interface CountMoments {
  readonly mean: number;
  readonly sd: number;
}

/**
 * Moments of a Binomial(n, p) count: n·p and √(n·p·(1 − p)).
 *
 * With n sticky sessions assigned at random to m servers and p = 1/m this is how many sessions the crash of one
 * server takes along, and how many of n requests a server gets from a random lbmethod.
 *
 * Source: Feller, An Introduction to Probability Theory and Its Applications, Vol. 1, chapter IX.
 *
 * @throws RangeError when `n` is not a whole number from 0 or `p` lies outside 0..1.
 */
export function binomialMoments(n: number, p: number): CountMoments {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`a number of trials is a whole number, got ${n}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in 0..1, got ${p}`);
  return { mean: n * p, sd: Math.sqrt(n * p * (1 - p)) };
}
