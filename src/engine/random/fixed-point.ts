/** Numbers of this module are whole multiples of 2^-FRACTION_BITS: the tables of exact-math made with no rounding luck. */
const FRACTION_BITS = 120n;
const ONE = 1n << FRACTION_BITS;

/** ln(numerator / denominator) as 2 artanh(q), q = (n - d) / (n + d); meant for ratios near 1. */
export function lnFixed(numerator: number, denominator: number): bigint {
  const n = BigInt(numerator);
  const d = BigInt(denominator);
  const q = ((n - d) * ONE) / (n + d);
  const square = (q * q) / ONE;
  let sum = 0n;
  for (let power = q, odd = 1n; power !== 0n; power = (power * square) / ONE, odd += 2n) sum += power / odd;
  return 2n * sum;
}

export const LN2_FIXED = lnFixed(2, 1);

/** exp(x) by its power series; meant for x in [0, 1). */
export function expFixed(x: bigint): bigint {
  let sum = 0n;
  for (let term = ONE, n = 1n; term !== 0n; term = (term * x) / ONE / n, n += 1n) sum += term;
  return sum;
}

/** The number as a double that is a multiple of 2^-bits, rounded down, and the double nearest to the rest. */
export function splitFixed(x: bigint, bits: number): [upper: number, rest: number] {
  const cut = FRACTION_BITS - BigInt(bits);
  const upper = x >> cut;
  return [Number(upper) / Number(1n << BigInt(bits)), Number(x - (upper << cut)) / Number(ONE)];
}
