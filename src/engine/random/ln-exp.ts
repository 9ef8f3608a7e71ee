import { highWord } from "../double-words.ts";
import { expFixed, LN2_FIXED, lnFixed, splitFixed } from "./fixed-point.ts";
import { openUnit } from "./open-unit.ts";

/*
 * ECMAScript leaves the last bits of Math.log, exp and pow to each engine, and they have changed between
 * releases. These are built from + - * / on doubles, which IEEE 754 fixes to the bit, so a seed means the same run
 * everywhere. The tables are computed when the module is loaded, in whole numbers.
 */

/** Powers of two by exponent, from 2^-1074 at index 0 to 2^1023. */
const POWERS = new Float64Array(2098);
for (let i = 1074, up = 1; i < 2098; i++, up *= 2) POWERS[i] = up;
for (let i = 1074, down = 1; i >= 0; i--, down /= 2) POWERS[i] = down;

const clz32 = Math.clz32;

const powerOfTwo = (exponent: number): number => POWERS[exponent + 1074] as number;

/*
 * ln: x = 2^k * m with m in [1, 2); m is near c = 1 + j/128; ln x = k ln 2 + ln c + ln(1 + r), r = (m - c) / c.
 * From j = 54 on (c > sqrt 2) c / 2 and k + 1 take the places of c and k, so that around x = 1 both k and ln c are
 * exactly 0 and no digits cancel. ln c is kept as a multiple of 2^-42 and a rest: k ln 2 + ln c is then exact
 * in its upper part.
 */
const HALVED_FROM = 54;
/** Eight numbers for each j, five of them in use: c, 1 / c, what k grows by, upper part of ln c (or c / 2) and its rest. */
const LN_TABLE = new Float64Array(8 * 129);
for (let j = 0; j <= 128; j++) {
  const raise = j >= HALVED_FROM ? 1 : 0;
  const centre = (128 + j) / 128;
  LN_TABLE.set([centre, 1 / centre, raise, ...splitFixed(lnFixed(128 + j, raise === 1 ? 256 : 128), 42)], 8 * j);
}
/** A multiple of 2^-32, so that k times it is exact for every exponent k. */
const [LN2_UPPER, LN2_REST] = splitFixed(LN2_FIXED, 32);

/** Natural logarithm, within 1 unit in the last place; ln 0 is -Infinity, of a negative number NaN. */
export function ln(x: number): number {
  const high = highWord(x);
  if (high < 0x00100000 || high >= 0x7ff00000) return lnOfSpecial(x);
  const exponent = (high >> 20) - 1023;
  return lnOfParts(x * powerOfTwo(-exponent), exponent, ((high & 0xfffff) + 0x1000) >> 13);
}

/**
 * -ln(1 - u) for the u in (0, 1) that two random words stand for, the same to the bit as by `openUnit` and `ln`.
 *
 * The complement of the words is 1 - u, and its upper bits are at hand as an integer, so the double need not be
 * taken apart through memory.
 */
export function minusLnOfComplement(high: number, low: number): number {
  const upper = ~high >>> 6;
  if (upper < 256) return -ln(openUnit(~high, ~low));
  const length = 31 - clz32(upper);
  const m = (upper * 67_108_864 + ((~low >>> 6) + 0.5)) * (POWERS[1048 - length] as number);
  return -lnOfParts(m, length - 26, (((upper >>> (length - 8)) & 255) + 1) >> 1);
}

/** ln(m * 2^exponent) for m in [1, 2) next to the j-th centre. */
function lnOfParts(m: number, exponent: number, j: number): number {
  const table = LN_TABLE;
  const row = j << 3;
  const r = (m - (table[row] as number)) * (table[row + 1] as number);
  const k = exponent + (table[row + 2] as number);
  const r2 = r * r;
  // ln(1 + r) - r = -r²/2 + r³/3 - … + r⁷/7; |r| <= 2^-8, so the next term is below 2^-59 of r.
  const low = r2 * (r * 0.3333333333333333 - 0.5);
  const middle = r2 * r2 * (r * 0.2 - 0.25 + r2 * (r * 0.14285714285714285 - 0.16666666666666666));
  return (
    k * LN2_UPPER + (table[row + 3] as number) + (r + low + (middle + ((table[row + 4] as number) + k * LN2_REST)))
  );
}

function lnOfSpecial(x: number): number {
  if (x > 0 && x < Number.POSITIVE_INFINITY) return ln(x * powerOfTwo(54)) - 54 * LN2_UPPER - 54 * LN2_REST;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x > 0 ? x : Number.NaN;
}

/*
 * exp: x = (32 e + j) ln 2 / 32 + r with |r| <= ln 2 / 64; exp x = 2^e * 2^(j/32) * exp r.
 */
const EXP_UPPER = new Float64Array(32);
const EXP_REST = new Float64Array(32);
for (let j = 0; j < 32; j++) [EXP_UPPER[j], EXP_REST[j]] = splitFixed(expFixed((LN2_FIXED * BigInt(j)) / 32n), 52);
const STEP_INVERSE = 32 / (LN2_UPPER + LN2_REST);
const [STEP_UPPER, STEP_REST] = splitFixed(LN2_FIXED / 32n, 37);

/** Exponential function, within 1 unit in the last place; Infinity from about 709.78 on, 0 below about -745.13. */
export function exp(x: number): number {
  if (!(x >= -746 && x <= 710)) return x < 0 ? 0 : x > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  const steps = Math.floor(x * STEP_INVERSE + 0.5);
  const j = steps & 31;
  const exponent = steps >> 5;
  const r = x - steps * STEP_UPPER - steps * STEP_REST;
  const r2 = r * r;
  // exp r - 1 up to r⁶/6!; the next term is below 2^-57.
  const p = r + (r2 * (0.5 + r * (1 / 6)) + r2 * r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720)));
  const upper = EXP_UPPER[j] as number;
  const value = upper + ((EXP_REST[j] as number) + upper * p);
  if (exponent > -1022 && exponent < 1024) return value * powerOfTwo(exponent);
  return exponent > 0 ? value * powerOfTwo(1023) * 2 : value * powerOfTwo(exponent + 100) * powerOfTwo(-100);
}

/**
 * x to the power y for x >= 0 (NaN for negative x), as exp(y ln x): the relative error is about
 * |y ln x| + 2 units in the last place, which is ample for sampling and no substitute for a library's pow.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  return exp(y * ln(x));
}
