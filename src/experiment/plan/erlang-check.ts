import type { WorldSpec } from "../../model/world-spec.ts";
import { mmc } from "../analysis/queueing-theory.ts";
import type { Estimate } from "../result.ts";

/** What Erlang C says about a planned point, beside what was simulated. */
export interface ErlangCheck {
  readonly applies: true;
  readonly servers: number;
  readonly arrivalsPerSec: number;
  /** Load per server, 0..1. */
  readonly utilisation: number;
  /** Most requests per second that the servers can work on. */
  readonly capacityPerSec: number;
  /** Mean response time of M/M/c; null at a load of 1 or more, where it grows without end. */
  readonly meanUs: number | null;
  /** `equal`: the system is M/M/c, so the simulated mean must be this. `at least`: one common queue, which no load balancer can beat. */
  readonly relation: "equal" | "at least";
  readonly simulatedUs: number | null;
  readonly simulatedHalfWidthUs: number | null;
  readonly agrees: boolean | null;
}

/** Why the formula has nothing to say. */
export interface NoErlangCheck {
  readonly applies: false;
  readonly why: string;
}

const US_PER_SEC = 1_000_000;
/** A 95 % interval misses now and then; three half-widths are missed about once in a hundred million times. */
const HALF_WIDTHS = 3;

/**
 * Checks a mean response time against Erlang C. It applies to single requests in Poisson arrivals with exponential
 * service on equal servers and no faults. One backend is M/M/c itself, also when its cores are shared: the number of
 * requests in it is the same birth-death process. Several backends are bounded by one common queue before all cores.
 *
 * Source: Kleinrock, Queueing Systems, Vol. 1, 1975, section 3.5.
 *
 * @param members backends that take part; the first ones.
 */
export function checkErlang(
  world: WorldSpec,
  members: number,
  simulated: Estimate | undefined,
): ErlangCheck | NoErlangCheck {
  const backends = world.backends.slice(0, members);
  const [first] = backends;
  const why = first === undefined ? "no backend" : whyNot(world, first, backends);
  if (first === undefined || why !== null) return { applies: false, why: why ?? "" };
  const arrivalsPerSec = world.clients.arrivals.kind === "poisson" ? world.clients.arrivals.ratePerSec : 0;
  const service = world.clients.classes[0]?.service ?? first.service;
  const serviceUs = service.mean / first.speed;
  const servers = members * serversOf(first);
  const capacityPerSec = (servers * US_PER_SEC) / serviceUs;
  const utilisation = arrivalsPerSec / capacityPerSec;
  const meanUs = utilisation < 1 ? mmc(servers, arrivalsPerSec / US_PER_SEC, 1 / serviceUs).W : null;
  const hasHops = world.network.clientHopUs + world.network.backendHopUs > 0;
  const relation = members === 1 && !hasHops ? "equal" : "at least";
  const simulatedUs = simulated?.mean ?? null;
  const simulatedHalfWidthUs = simulated?.halfWidth ?? null;
  const known = { servers, arrivalsPerSec, utilisation, capacityPerSec, meanUs, relation } as const;
  const agrees = agreement(meanUs, simulatedUs, simulatedHalfWidthUs, relation);
  return { applies: true, ...known, simulatedUs, simulatedHalfWidthUs, agrees };
}

function agreement(
  meanUs: number | null,
  simulatedUs: number | null,
  halfWidthUs: number | null,
  relation: ErlangCheck["relation"],
): boolean | null {
  if (meanUs === null || simulatedUs === null || halfWidthUs === null) return null;
  const room = HALF_WIDTHS * halfWidthUs;
  return relation === "equal" ? Math.abs(simulatedUs - meanUs) <= room : simulatedUs >= meanUs - room;
}

function whyNot(
  { clients, faults }: WorldSpec,
  first: WorldSpec["backends"][number],
  backends: WorldSpec["backends"],
): string | null {
  const [only, second] = clients.classes;
  if (clients.arrivals.kind !== "poisson") return "arrivals are not Poisson with one rate";
  if (clients.requestsPerSession.mean !== 1 || clients.requestsPerSession.cv2 !== 0)
    return "sessions have more than one request";
  if (only === undefined || second !== undefined) return "there are several classes of requests";
  if (only.tunnel !== null) return "requests open tunnels";
  if (faults.length > 0) return "there are faults";
  if (backends.some((each) => (only.service ?? each.service).cv2 !== 1)) return "service times are not exponential";
  const isEqual = ({ speed, cores, concurrency, discipline, service }: typeof first): boolean =>
    speed === first.speed &&
    cores === first.cores &&
    concurrency === first.concurrency &&
    discipline === first.discipline &&
    service.mean === first.service.mean;
  return backends.every(isEqual) ? null : "the backends are not equal";
}

function serversOf({ discipline, cores, concurrency }: WorldSpec["backends"][number]): number {
  return discipline === "fcfs" ? concurrency : Math.min(cores, concurrency);
}
