import type { StateSpan } from "./replication/replication-result.ts";

/** How long a fault went on before a proxy took note of it, and how long its end. */
export interface DetectionDelays {
  readonly detectedUs: number | null;
  readonly recoveredUs: number | null;
}

/**
 * From the start of a fault to the first change of the member's state, which may come in the same microsecond (a crash resets
 * connections at once), and from its end to the state from before; 0 when the member happened to be back already.
 */
export function detectionDelays(states: readonly StateSpan[], startUs: number, endUs: number): DetectionDelays {
  const before =
    states.find((span) => span.fromUs < startUs && startUs <= span.toUs) ??
    states.find((span) => span.fromUs <= startUs && startUs < span.toUs);
  const state = before?.state ?? null;
  const changed = states.find((span) => span.fromUs >= startUs && span.fromUs < endUs && span.state !== state);
  if (changed === undefined) return { detectedUs: null, recoveredUs: null };
  const back = states.find((span) => span.toUs > endUs && span.state === state);
  return {
    detectedUs: changed.fromUs - startUs,
    recoveredUs: back === undefined ? null : Math.max(0, back.fromUs - endUs),
  };
}
