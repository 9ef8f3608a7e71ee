import type { Draws } from "../../engine/random/draws.ts";
import { ln } from "../../engine/random/exact-math.ts";
import { type ArrivalProcess, US_PER_SECOND } from "./arrival-process.ts";

export interface RatePoint {
  readonly atUs: number;
  readonly ratePerSec: number;
}

/**
 * Poisson arrivals whose rate changes: linear between points, the first rate before the first point, the last rate after
 * the last. By inversion of the integrated rate Λ (Çinlar, "Introduction to Stochastic Processes", 1975, section 4.7):
 * if E₁, E₂ … are the instants of a Poisson process of rate 1, then Λ⁻¹(E₁), Λ⁻¹(E₂) … are the arrivals. So each arrival
 * takes exactly one uniform number, and variants with other curves stay coupled.
 */
export function curveArrivals(points: readonly RatePoint[], draws: Draws): ArrivalProcess {
  let timeUs = 0;
  let segment = 0;
  return {
    next(arrival) {
      let due = -ln(1 - draws.at(arrival).next());
      for (;;) {
        while (segment < points.length && (points[segment] as RatePoint).atUs <= timeUs) segment++;
        const endUs = segment < points.length ? (points[segment] as RatePoint).atUs : Number.POSITIVE_INFINITY;
        const rate = rateAt(points, segment, timeUs);
        const rise = slope(points, segment);
        const spanUs = endUs - timeUs;
        const available = spanUs === Number.POSITIVE_INFINITY ? spanUs * rate : spanUs * (rate + (rise * spanUs) / 2);
        if (rate === 0 && spanUs === Number.POSITIVE_INFINITY) return spanUs;
        if (due <= available) {
          timeUs += Math.min(timeFor(due, rate, rise), spanUs);
          return Math.round(timeUs);
        }
        due -= available;
        timeUs = endUs;
      }
    },
  };
}

/** Time in µs after which a rate that starts at `rate` and rises by `rise` per µs has brought `due` arrivals. */
function timeFor(due: number, rate: number, rise: number): number {
  // The positive root of rise/2·t² + rate·t = due, in the form that stays exact when rise is 0 or tiny.
  return (2 * due) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * rise * due)));
}

function rateAt(points: readonly RatePoint[], segment: number, timeUs: number): number {
  const from = points[segment - 1];
  if (from === undefined) return (points[0]?.ratePerSec ?? 0) / US_PER_SECOND;
  return from.ratePerSec / US_PER_SECOND + slope(points, segment) * (timeUs - from.atUs);
}

/** Change of the rate (per µs) per µs within the segment that ends at point `segment`. */
function slope(points: readonly RatePoint[], segment: number): number {
  const from = points[segment - 1];
  const to = points[segment];
  if (from === undefined || to === undefined || to.atUs === from.atUs) return 0;
  return (to.ratePerSec - from.ratePerSec) / US_PER_SECOND / (to.atUs - from.atUs);
}
