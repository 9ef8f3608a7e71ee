import { type ArrivalProcess, US_PER_SECOND } from "./arrival-process.ts";

/** Arrival k at k ÷ rate: the first at 0, exactly rate × T arrivals in [0, T). */
export function constantArrivals(ratePerSec: number): ArrivalProcess {
  return {
    next: (arrival) => (ratePerSec > 0 ? Math.round((arrival * US_PER_SECOND) / ratePerSec) : Number.POSITIVE_INFINITY),
  };
}
