import type { ProxyMachine } from "../../contract/proxy-machine.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { COARSE_CELLS } from "./coarse-times.ts";
import type { LevelIntegral } from "./level-integral.ts";
import { usablePathShare } from "./path-time.ts";
import type { ReplicationRecorder } from "./replication-recorder.ts";
import type { MemberMeasures, ReplicationResult, SeriesMeasures } from "./replication-result.ts";

/** Reads the recorder after the last event and makes the numbers of one replication. */
export function measure(
  recorder: ReplicationRecorder,
  machine: ProxyMachine,
  world: WorldSpec,
  backendOfMember: readonly number[],
  nowUs: number,
  events: number,
): ReplicationResult {
  const { window } = recorder;
  recorder.close(nowUs);
  const members = recorder.members.finish(nowUs);
  for (const table of machine.snapshot(nowUs))
    for (const row of table.rows)
      for (const key of Object.keys(row)) recorder.fingerprint.addText(`${key}=${row[key]}`);
  const spanUs = window.toUs - window.fromUs;
  const utilisation = world.backends.map((backend, b) => {
    // First come, first served: every place has a core of its own.
    const cores = backend.discipline === "fcfs" ? backend.concurrency : backend.cores;
    return (recorder.workUs[b] as number) / (cores * spanUs);
  });
  const group = recorder.members.busiestGroup();
  const pathTime = usablePathShare(
    recorder.members.blocked,
    group,
    backendOfMember,
    recorder.faults.spans,
    world.faults,
    window,
  );
  return {
    fingerprint: recorder.fingerprint.value(),
    fromUs: window.fromUs,
    toUs: window.toUs,
    metrics: metricsOf(recorder, members, group, machine, pathTime),
    outcomes: [...recorder.outcomes],
    lostByCause: [...recorder.lostByCause],
    members,
    utilisation,
    series: seriesOf(recorder),
    latency: recorder.latency.toSparse(),
    states: recorder.members.states,
    faults: recorder.faults.spans,
    ...(recorder.slices === null ? {} : { slices: recorder.slices.measures() }),
    units: {
      requests: recorder.userRequests,
      tries: recorder.tries,
      sessionsStarted: recorder.sessionsStarted,
      sessionsEnded: recorder.sessionsEnded + recorder.sessionsUnresolved,
    },
    unroutedShare: recorder.finished === 0 ? 0 : recorder.unrouted / recorder.finished,
    rows: recorder.rows?.rows() ?? null,
    events,
  };
}

function metricsOf(
  recorder: ReplicationRecorder,
  members: readonly MemberMeasures[],
  group: readonly number[],
  machine: ProxyMachine,
  pathTime: number,
): Record<string, number | null> {
  const { window, latency } = recorder;
  const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  const quantile = (p: number): number | null => (latency.count === 0 ? null : latency.quantile(p));
  const lost = sum(recorder.sessionsLost);
  return {
    throughput: recorder.ends.goodCount / ((window.toUs - window.fromUs) / 1_000_000),
    availability: ratio(recorder.userGood, recorder.userRequests),
    availability_attempts: ratio(recorder.outcomes[0] as number, recorder.tries),
    availability_sessions: ratio(recorder.sessionsUnharmed, recorder.sessionsEnded + recorder.sessionsUnresolved),
    availability_time: pathTime,
    response_mean: ratio(latency.sum, latency.count),
    response_p50: quantile(0.5),
    response_p95: quantile(0.95),
    response_p99: quantile(0.99),
    sessions_lost: lost,
    sessions_lost_share: ratio(lost, recorder.sessionsStarted),
    sessions_interrupted: recorder.interrupted,
    sessions_doomed: recorder.doomed,
    failovers: sum(recorder.failovers),
    retries: sum(recorder.retried),
    share_error: shareError(members, group),
    fairness: jainFairness(members, group, machine),
    wasted_work: ratio(recorder.wastedUs, sum(recorder.workUs)),
    queue_peak: Math.max(0, ...recorder.waiting.map(({ peak }) => peak)),
    unresolved: recorder.openRequests,
    tunnels_cut: recorder.tunnelsCut,
  };
}

function shareError(members: readonly MemberMeasures[], group: readonly number[]): number | null {
  let largest: number | null = null;
  for (const m of group) {
    const { shareRequests, entitlement } = members[m] as MemberMeasures;
    if (shareRequests === null || entitlement === null) continue;
    largest = Math.max(largest ?? 0, Math.abs(shareRequests - entitlement));
  }
  return largest;
}

/** Jain, Chiu and Hawe 1984: (Σx)² ÷ (n Σx²) over x = attempts ÷ weight. */
function jainFairness(
  members: readonly MemberMeasures[],
  group: readonly number[],
  machine: ProxyMachine,
): number | null {
  let total = 0;
  let squares = 0;
  for (const m of group) {
    const x = (members[m] as MemberMeasures).attempts / (machine.members[m]?.weight ?? 1);
    total += x;
    squares += x * x;
  }
  return squares === 0 ? null : (total * total) / (group.length * squares);
}

function seriesOf(recorder: ReplicationRecorder): SeriesMeasures {
  const response: [number, number, number][] = [];
  for (let i = 0; i < recorder.ends.response.length; i++) {
    const n = recorder.ends.response[i] as number;
    if (n > 0) response.push([Math.floor(i / COARSE_CELLS), i % COARSE_CELLS, n]);
  }
  const levels = (integrals: readonly LevelIntegral[]): number[][] => integrals.map(({ bins }) => [...bins]);
  return {
    good: [...recorder.ends.good],
    failed: [...recorder.ends.failed],
    retried: [...recorder.retried],
    failovers: [...recorder.failovers],
    sessionsLost: [...recorder.sessionsLost],
    sessionsLostByBackend: recorder.lostByBackend.map((bins) => [...bins]),
    stickyHits: [...recorder.stickyHits],
    stickyAsked: [...recorder.stickyAsked],
    running: levels(recorder.running),
    waiting: levels(recorder.waiting),
    response,
    responseUs: [...recorder.ends.responseUs],
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
