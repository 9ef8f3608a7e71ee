import { exp, ln } from "../../engine/random/exact-math.ts";
import { DEFAULT_LEVEL } from "./confidence-interval.ts";
import { incompleteBetaInverse } from "./incomplete-beta.ts";

/** Bounds of a probability, both ratios between 0 and 1. */
export interface ProportionBounds {
  readonly lower: number;
  readonly upper: number;
}

function requireTrials(n: number, level: number): void {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`the number of trials is a positive integer, got ${n}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies between 0 and 1, got ${level}`);
}

/** 1 − exp(u) for u <= 0 without losing the digits of a small difference. */
function oneMinusExp(u: number): number {
  return u > -1e-4 ? -u * (1 + (u / 2) * (1 + (u / 3) * (1 + u / 4))) : 1 - exp(u);
}

/**
 * One-sided upper bound of a failure probability after `n` independent trials without a failure:
 * 1 − (1 − level)^(1/n). At level 0.95 this is the "rule of three", about 3/n. A run without lost sessions shows no
 * more than this.
 *
 * Source: Hanley and Lippman-Hand (1983), JAMA 249; exact form Clopper and Pearson (1934).
 *
 * @throws RangeError when `n` is not a positive integer or `level` does not lie strictly between 0 and 1.
 */
export function upperBoundZeroFailures(n: number, level: number = DEFAULT_LEVEL): number {
  requireTrials(n, level);
  return oneMinusExp(ln(1 - level) / n);
}

/**
 * Two-sided exact interval of a failure probability after `failures` of `n` independent trials: never too narrow,
 * even for the small counts where the usual normal interval would reach below zero. With no failure it is wider
 * than `upperBoundZeroFailures`, because half of the error is kept for the lower side.
 *
 * Source: Clopper and Pearson (1934), Biometrika 26, through beta quantiles.
 *
 * @throws RangeError when `failures` is not a whole number from 0 to `n`, `n` is not a positive integer or `level`
 * does not lie strictly between 0 and 1.
 */
export function clopperPearson(failures: number, n: number, level: number = DEFAULT_LEVEL): ProportionBounds {
  requireTrials(n, level);
  if (!Number.isSafeInteger(failures) || failures < 0 || failures > n) {
    throw new RangeError(`failures are a whole number from 0 to ${n}, got ${failures}`);
  }
  const outside = (1 - level) / 2;
  return {
    lower: failures === 0 ? 0 : incompleteBetaInverse(outside, failures, n - failures + 1),
    upper: failures === n ? 1 : incompleteBetaInverse(1 - outside, failures + 1, n - failures),
  };
}
