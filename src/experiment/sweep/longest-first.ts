import type { ArrivalSpec, WorldSpec } from "../../model/world-spec.ts";

/**
 * Worlds in the order in which they should be started so that several threads end at about the same time: who starts the
 * longest last waits for it alone (Graham's rule, longest processing time first). A run takes as long as it has arrivals;
 * of one sweep only their proportions matter. Answers indexes; equals keep their order.
 */
export function longestFirst(worlds: readonly WorldSpec[]): readonly number[] {
  const work = worlds.map(({ clients, endUs }) => intensity(clients.arrivals) * endUs);
  return [...worlds.keys()].sort((a, b) => (work[b] as number) - (work[a] as number) || a - b);
}

/** Something in proportion to the arrivals of a second. */
function intensity(arrivals: ArrivalSpec): number {
  switch (arrivals.kind) {
    case "poisson":
    case "constant":
      return arrivals.ratePerSec;
    case "curve":
      return mean(arrivals.points.map(({ ratePerSec }) => ratePerSec));
    case "mmpp":
      return mean(arrivals.states.map(({ ratePerSec }) => ratePerSec));
    case "closed":
      return arrivals.users;
    case "trace":
      return arrivals.atUs.length;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
