import type { Draws } from "../../engine/random/draws.ts";
import { timeOf } from "../sampled.ts";
import type { FaultTiming } from "../world-spec.ts";

/**
 * When the n-th outage (n from 0) of a fault on a backend begins, given the end of the one before; Infinity = never.
 * Drawn times belong to (fault, backend, n): what happens in between does not shift them.
 */
export function outageBeginUs(
  timing: FaultTiming,
  draws: Draws,
  fault: number,
  backend: number,
  n: number,
  lastEndUs: number,
): number {
  switch (timing.kind) {
    case "scheduled":
      return n === 0 ? timing.atUs : Number.POSITIVE_INFINITY;
    case "drawn":
      return lastEndUs + timeOf(timing.mtbf.sample(draws.at(fault, backend, n, 0)));
    case "flap": {
      const beginUs = timing.atUs + n * (timing.downUs + timing.upUs);
      return beginUs < timing.atUs + timing.forUs ? beginUs : Number.POSITIVE_INFINITY;
    }
  }
}

/** When the n-th outage that began at `beginUs` ends; Infinity = not before the end of the run. */
export function outageEndUs(
  timing: FaultTiming,
  draws: Draws,
  fault: number,
  backend: number,
  n: number,
  beginUs: number,
): number {
  switch (timing.kind) {
    case "scheduled":
      return beginUs + timing.forUs;
    case "drawn":
      return beginUs + timeOf(timing.mttr.sample(draws.at(fault, backend, n, 1)));
    case "flap":
      return Math.min(beginUs + timing.downUs, timing.atUs + timing.forUs);
  }
}
