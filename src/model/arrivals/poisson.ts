import type { Draws } from "../../engine/random/draws.ts";
import { ln } from "../../engine/random/exact-math.ts";
import { type ArrivalProcess, US_PER_SECOND } from "./arrival-process.ts";

/** Independent exponential gaps; gap k is the draw addressed by the arrival's number k. */
export function poissonArrivals(ratePerSec: number, draws: Draws): ArrivalProcess {
  const meanUs = US_PER_SECOND / ratePerSec;
  let timeUs = 0;
  return {
    next(arrival) {
      timeUs -= meanUs * ln(1 - draws.at(arrival).next());
      return Math.round(timeUs);
    },
  };
}
