import { pow } from "../../engine/random/exact-math.ts";

/** Availability of a pool that works while enough of its hosts are up. Times in the unit of MTTF and MTTR. */
export interface KOfNAvailability {
  /** Availability of one host, a ratio. */
  readonly hostAvailability: number;
  /** Share of time in which at least k hosts are up. */
  readonly availability: number;
  /** 1 − availability, summed on its own so that many nines keep their digits. */
  readonly unavailability: number;
  /** Outages of the pool per unit of time. */
  readonly failureFrequency: number;
  /** Mean length of an outage. */
  readonly meanDownTime: number;
  /** Mean time between the end of an outage and the next. */
  readonly meanUpTime: number;
}

function binomialCoefficient(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i += 1) value = (value * (n - k + i)) / i;
  return value;
}

/**
 * A pool of `n` independent hosts that works while at least `k` are up. A host is up for `mttf` and then under repair
 * for `mttr` on average (from failure to failure mttf + mttr pass); the laws do not matter. Every host has its own
 * repairer: with a single repair crew these numbers do not hold.
 *
 * A = MTTF/(MTTF + MTTR); pool availability Σ_{i>=k} C(n,i) A^i (1−A)^(n−i); outages per time
 * C(n,k) k A^k (1−A)^(n−k)/MTTF, the rate at which one of exactly k working hosts fails.
 *
 * Source: Barlow and Proschan, Statistical Theory of Reliability and Life Testing, 1975, chapters 2 and 7.
 *
 * @throws RangeError when not 1 <= k <= n in whole numbers, or a time is not positive.
 */
export function kOfNAvailability(n: number, k: number, mttf: number, mttr: number): KOfNAvailability {
  if (!(Number.isSafeInteger(n) && Number.isSafeInteger(k) && k >= 1 && k <= n)) {
    throw new RangeError(`k of n needs whole numbers with 1 <= k <= n, got k=${k}, n=${n}`);
  }
  if (!(mttf > 0 && mttr > 0)) throw new RangeError(`times to failure and repair are positive, got ${mttf}, ${mttr}`);
  const up = mttf / (mttf + mttr);
  const down = mttr / (mttf + mttr);
  const exactly = (i: number): number => binomialCoefficient(n, i) * pow(up, i) * pow(down, n - i);
  let unavailability = 0;
  for (let i = 0; i < k; i += 1) unavailability += exactly(i);
  const availability = 1 - unavailability;
  const failureFrequency = (exactly(k) * k) / mttf;
  return {
    hostAvailability: up,
    availability,
    unavailability,
    failureFrequency,
    meanDownTime: unavailability / failureFrequency,
    meanUpTime: availability / failureFrequency,
  };
}
