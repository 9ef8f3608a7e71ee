import { invariant } from "../../engine/invariant.ts";
import type { ArrivalProcess } from "./arrival-process.ts";

/** Arrivals at given instants, in the order of time. */
export function traceArrivals(atUs: readonly number[]): ArrivalProcess {
  let lastUs = 0;
  return {
    next(arrival) {
      const timeUs = atUs[arrival] ?? Number.POSITIVE_INFINITY;
      invariant(timeUs >= lastUs, "the instants of a trace are in the order of time");
      lastUs = timeUs;
      return timeUs;
    },
  };
}
