import type { ArrivalSpec, FaultSpec, WorldSpec } from "../../model/world-spec.ts";

/**
 * The world with a warm-up in front: faults, the end, rate curves and traces move back by it, because everything that a
 * scenario says counts from the end of the warm-up (design: section 5). A warm-up that the world has already is replaced.
 */
export function shiftByWarmUp(world: WorldSpec, warmUpUs: number): WorldSpec {
  const byUs = warmUpUs - world.warmUpUs;
  return {
    ...world,
    warmUpUs,
    endUs: world.endUs + byUs,
    clients: { ...world.clients, arrivals: shiftArrivals(world.clients.arrivals, byUs) },
    faults: world.faults.map((fault) => shiftFault(fault, byUs)),
  };
}

function shiftFault(fault: FaultSpec, byUs: number): FaultSpec {
  const { timing } = fault;
  // Drawn faults have no given instant: the first failure is as likely during the warm-up as later.
  return timing.kind === "drawn" ? fault : { ...fault, timing: { ...timing, atUs: timing.atUs + byUs } };
}

/** During the warm-up a curve holds its first rate; a trace is silent. */
function shiftArrivals(arrivals: ArrivalSpec, byUs: number): ArrivalSpec {
  if (arrivals.kind === "trace") return { kind: "trace", atUs: arrivals.atUs.map((at) => at + byUs) };
  if (arrivals.kind !== "curve") return arrivals;
  const points = arrivals.points.map((point) => ({ ...point, atUs: point.atUs + byUs }));
  const first = points[0];
  if (first === undefined || first.atUs <= 0) return { kind: "curve", points };
  return { kind: "curve", points: [{ atUs: 0, ratePerSec: first.ratePerSec }, ...points] };
}
