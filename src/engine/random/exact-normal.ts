import { exp, ln } from "./ln-exp.ts";

const SQRT_TWO_PI = 2.5066282746310002;

/*
 * Coefficients of Wichura's algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484, lowest power first:
 * numerator and denominator for the middle, the shoulder and the far tail.
 */
const MIDDLE_TOP = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const MIDDLE_BOTTOM = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const SHOULDER_TOP = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const SHOULDER_BOTTOM = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const TAIL_TOP = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const TAIL_BOTTOM = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

/** Inverse of the standard normal distribution function, relative error about 1e-16; ±Infinity at 1 and 0. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(MIDDLE_TOP, r)) / polynomial(MIDDLE_BOTTOM, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q / 0;
  const r = Math.sqrt(-ln(tail));
  const z =
    r <= 5
      ? polynomial(SHOULDER_TOP, r - 1.6) / polynomial(SHOULDER_BOTTOM, r - 1.6)
      : polynomial(TAIL_TOP, r - 5) / polynomial(TAIL_BOTTOM, r - 5);
  return q < 0 ? -z : z;
}

/** Standard normal distribution function; relative error about 1e-15 near 0, growing as x² 1e-16 in the lower tail. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  const density = exp(-0.5 * size * size) / SQRT_TWO_PI;
  if (size < 2) {
    const half = density * oddSeries(size);
    return x < 0 ? 0.5 - half : 0.5 + half;
  }
  const tail = size === Number.POSITIVE_INFINITY ? 0 : density / continuedFraction(size);
  return x < 0 ? tail : 1 - tail;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + (coefficients[i] as number);
  return value;
}

/** Σ x^(2n+1) / (1 * 3 * … * (2n+1)): the integral of the density from 0 to x, divided by the density at x. */
function oddSeries(x: number): number {
  let sum = 0;
  for (let term = x, odd = 1; sum + term !== sum; odd += 2, term *= (x * x) / odd) sum += term;
  return sum;
}

/** Laplace's x + 1/(x + 2/(x + 3/(x + …))), the density divided by the tail; 150 levels suffice from x = 2 on. */
function continuedFraction(x: number): number {
  let value = x;
  for (let level = 150; level > 0; level--) value = x + level / value;
  return value;
}
