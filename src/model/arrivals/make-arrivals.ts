import type { Draws } from "../../engine/random/draws.ts";
import type { ArrivalSpec } from "../world-spec.ts";
import type { ArrivalProcess } from "./arrival-process.ts";
import { constantArrivals } from "./constant.ts";
import { curveArrivals } from "./curve.ts";
import { mmppArrivals } from "./mmpp.ts";
import { poissonArrivals } from "./poisson.ts";
import { traceArrivals } from "./trace.ts";

/** The process of an open arrival specification; null for a closed loop, which has users instead. */
export function makeArrivals(spec: ArrivalSpec, draws: Draws): ArrivalProcess | null {
  switch (spec.kind) {
    case "poisson":
      return poissonArrivals(spec.ratePerSec, draws);
    case "constant":
      return constantArrivals(spec.ratePerSec);
    case "curve":
      return curveArrivals(spec.points, draws);
    case "mmpp":
      return mmppArrivals(spec.states, draws);
    case "trace":
      return traceArrivals(spec.atUs);
    case "closed":
      return null;
  }
}
