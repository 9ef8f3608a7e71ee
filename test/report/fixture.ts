import { METRICS } from "../../src/experiment/metrics.ts";
import {
  type Comparison,
  type Estimate,
  type FaultBand,
  type LatencyResult,
  type MemberResult,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunResult,
  type VariantResult,
  type VariantSeries,
} from "../../src/experiment/result.ts";

const S = 1_000_000;
const DURATION_US = 300 * S;
const BIN_US = S;
const BINS = DURATION_US / BIN_US;
const CRASH_FROM_US = 60 * S;
const CRASH_TO_US = 180 * S;
const BACKENDS = ["node1", "node2", "node3"];
const WEIGHTS = [1, 1, 2];
const LBMETHODS = ["byrequests", "bytraffic", "bybusyness"];
/** Student's t for 19 degrees of freedom at 95 %, and for what is asked with fewer replications. */
const T_QUANTILE = 2.093;

/** What a test may change about the fixture. */
export interface FixtureOptions {
  readonly variants?: number;
  readonly members?: number;
  readonly replications?: number;
  /** No request ever ended: every estimate is null, every series is zero. */
  readonly silent?: boolean;
  readonly faults?: readonly FaultBand[];
  /** Names to use in place of the usual ones, for hostile texts. */
  readonly rename?: (name: string) => string;
}

/** Plausible noise in -1..1 that is the same on every machine: a mix of integers, no generator with a state. */
function noise(...key: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of key) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 0x80000000 - 1;
}

interface Shape {
  readonly options: Required<Omit<FixtureOptions, "rename" | "faults">> & Pick<FixtureOptions, "rename">;
  readonly faults: readonly FaultBand[];
  readonly backends: readonly string[];
}

/**
 * A result as a run would make it: up to three Apache members with weights 1, 1 and 2, three lbmethods with nofailover
 * off and on, node2 dead from 60 s to 180 s of 300 s, 20 replications. Computed, not drawn, and the same on every call.
 */
export function fixtureResult(wanted: FixtureOptions = {}): RunResult {
  const options = { variants: 6, members: 3, replications: 20, silent: false, ...wanted };
  const name = (text: string) => options.rename?.(text) ?? text;
  const backends = Array.from({ length: options.members }, (_, index) => name(BACKENDS[index] ?? `node${index + 1}`));
  const crash = { id: "crash-1", kind: "crash", backend: options.members > 1 ? 1 : 0 };
  const faults = wanted.faults ?? [{ ...crash, fromUs: CRASH_FROM_US, toUs: CRASH_TO_US }];
  const shape: Shape = { options, faults, backends };
  const variants = Array.from({ length: options.variants }, (_, index) => variantOf(shape, index, name));
  return {
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    lbsim: "0.1.0",
    scenario: {
      name: "quick-start",
      file: "quick-start.yaml",
      hash: "3f9a12c07be1",
      about: name("How many sessions does a crash of one of three members cost, and does the lbmethod matter?"),
    },
    seed: 42,
    replications: options.replications,
    level: 0.95,
    fingerprint: "7d41-09be-5c10-aa02",
    interrupted: false,
    reproduce: `lbsim run quick-start.yaml --seed 42 --replications ${options.replications}`,
    timing: { warmUpUs: 0, warmUpFrom: "none", durationUs: DURATION_US, drainUs: 60 * S, binUs: BIN_US },
    assumptions: [
      { key: "backends.default.cores", value: "4", from: "default" },
      { key: "clients.patience", value: "30s", from: "default" },
      { key: "proxy.processes", value: "1", from: "default" },
    ],
    faults,
    backends,
    metrics: METRICS,
    baseline: variants[0]?.name ?? "",
    variants,
    comparisons: variants.slice(1).flatMap((variant) => compare(variants[0] as VariantResult, variant)),
    warnings: [name("no ProxyTimeout was given: Timeout (60 s) limits every read from a member")],
  };
}

function variantName(index: number): string {
  const lbmethod = LBMETHODS[Math.floor(index / 2) % 3];
  const round = Math.floor(index / 6);
  return `${lbmethod} nofailover=${index % 2 === 0 ? "Off" : "On"}${round > 0 ? ` retry=${round * 30}` : ""}`;
}

function variantOf(shape: Shape, index: number, name: (text: string) => string): VariantResult {
  const series = seriesOf(shape, index);
  const lost = series.sessionsLost.reduce((sum, count) => sum + count, 0) / shape.options.replications;
  const estimates = (mean: number, spread: number, purpose: number) => estimateOf(shape, mean, spread, index, purpose);
  return {
    name: name(variantName(index)),
    settings: [{ key: "lbmethod", value: LBMETHODS[Math.floor(index / 2) % 3] ?? "" }],
    proxy: {
      family: "apache",
      version: "2.4.65",
      behaviourRevision: 1,
      file: "httpd.conf",
      hash: "b81d22",
      diff: index === 0 ? "" : `-  ProxySet lbmethod=byrequests\n+  ProxySet lbmethod=${LBMETHODS[1]}\n`,
    },
    fingerprint: `aa0${index}-09be-5c10-7d41`,
    members: shape.backends.map((backend, b) => memberOf(shape, index, backend, b)),
    metrics: metricsOf(shape, index, lost),
    series,
    latency: latencyOf(shape, index),
    sessionLoss: ["wiped", "elsewhere", "cookie not sent"].map((cause, c) => ({
      cause,
      lost: estimates(lost * ([0.2, 0.75, 0.05][c] ?? 0), 1.5, 50 + c),
    })),
    outcomes: ["good", "refused", "status 503", "timed out"].map((outcome, o) => ({
      outcome,
      requests: estimates([5_900, 12, 40 + index * 20, 3][o] ?? 0, 4, 60 + o),
    })),
    passedOver: [
      { kind: "ignored", directive: name("LogLevel"), file: "httpd.conf", line: 3 },
      { kind: "unmodelled", directive: "ProxyHCTPsize", file: "httpd.conf", line: 17 },
    ],
    problems: [],
  };
}

/** Values around a mean and their interval, as an analysis would report them. */
function estimateOf(shape: Shape, mean: number, spread: number, variant: number, purpose: number): Estimate {
  const { replications, silent } = shape.options;
  if (silent) return { mean: null, halfWidth: null, values: Array(replications).fill(null) };
  // The first part of the noise is common to all variants: common random numbers.
  const values = Array.from({ length: replications }, (_, r) =>
    Math.max(0, mean + spread * (noise(purpose, r) + 0.3 * noise(purpose, r, variant + 1))),
  );
  return { ...interval(values), values };
}

function interval(values: readonly number[]): { mean: number; halfWidth: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, halfWidth: null };
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1);
  return { mean, halfWidth: T_QUANTILE * Math.sqrt(variance / values.length) };
}

function metricsOf(shape: Shape, index: number, lost: number): Record<string, Estimate> {
  const pinned = index % 2;
  const method = Math.floor(index / 2) % 3;
  const table: Record<string, readonly [mean: number, spread: number]> = {
    throughput: [19.6 - 0.5 * pinned, 0.4],
    availability: [0.9962 - 0.024 * pinned, 0.0015],
    availability_attempts: [0.991 - 0.03 * pinned, 0.002],
    availability_sessions: [0.93 - 0.08 * pinned, 0.01],
    availability_time: [1, 0],
    response_mean: [71_000 - 4_000 * method, 1_500],
    response_p50: [41_200 - 900 * method, 900],
    response_p95: [148_000 - 9_000 * method, 5_000],
    response_p99: [312_000 - 40_000 * method, 22_000],
    sessions_lost: [lost, 3],
    sessions_lost_share: [lost / 600, 0.004],
    sessions_interrupted: [12 + 40 * pinned, 3],
    sessions_doomed: [4, 1],
    failovers: [pinned === 1 ? 0 : 31, pinned === 1 ? 0 : 4],
    retries: [20 + 60 * pinned, 5],
    share_error: [0.012 + 0.02 * method, 0.003],
    fairness: [0.998 - 0.01 * method, 0.001],
    wasted_work: [0.0004, 0.0002],
    queue_peak: [11 - 2 * method, 1.4],
    unresolved: [0, 0],
    tunnels_cut: [0, 0],
  };
  return Object.fromEntries(
    METRICS.map(({ id }, purpose) => {
      const [mean, spread] = table[id] ?? [0, 0];
      return [id, estimateOf(shape, mean, spread, index, purpose)];
    }),
  );
}

function memberOf(shape: Shape, index: number, name: string, b: number): MemberResult {
  const method = Math.floor(index / 2) % 3;
  const weights = shape.backends.map((_, backend) => WEIGHTS[backend] ?? 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const faulty = shape.faults.some((fault) => fault.backend === b);
  const entitled = ((weights[b] ?? 1) / total) * (faulty ? 0.6 : 1.2);
  const estimates = (mean: number, spread: number, purpose: number) =>
    estimateOf(shape, mean, spread, index, 100 + 10 * b + purpose);
  return {
    name: `http://10.0.0.${b + 1}:8080`,
    group: "balancer://shop",
    alias: name,
    backend: b,
    weight: weights[b] ?? 1,
    tier: 0,
    role: "member",
    entitlement: estimates(entitled, 0.004, 0),
    shareRequests: estimates(entitled * (1 + 0.03 * (method + 1) * (b - 1)), 0.012, 1),
    shareBytes: estimates(entitled * (1 + 0.06 * (2 - method) * (1 - b)), 0.02, 2),
    shareBusy: estimates(entitled * (1 + 0.05 * (b - 1)), 0.02, 3),
    attempts: estimates(6_000 * entitled, 60, 4),
    failures: estimates(faulty ? 31 : 1, 2, 5),
    utilisation: estimates(0.2 * entitled * 3, 0.01, 6),
    ...historyOf(shape, name, b, index),
  };
}

function historyOf(shape: Shape, _name: string, b: number, index: number): Pick<MemberResult, "states" | "detections"> {
  const states: MemberResult["states"][number][] = [];
  const detections: MemberResult["detections"][number][] = [];
  let from = 0;
  for (const [f, fault] of shape.faults.entries()) {
    if (fault.backend !== b || shape.options.silent) continue;
    const detectedUs = 380_000 + 40_000 * index + f * 10_000;
    // Apache asks the member again when retry (60 s) is over, so it comes back on the next multiple.
    const recoveredUs = 38_000_000 + 500_000 * index;
    states.push({ fromUs: from, toUs: fault.fromUs + detectedUs, state: "Init Ok" });
    states.push({ fromUs: fault.fromUs + detectedUs, toUs: fault.toUs + recoveredUs, state: "Init Err" });
    from = fault.toUs + recoveredUs;
    detections.push({ fault: fault.id, detectedUs, recoveredUs });
  }
  states.push({ fromUs: from, toUs: DURATION_US, state: "Init Ok" });
  return { states, detections };
}

function seriesOf(shape: Shape, index: number): VariantSeries {
  const { replications, silent } = shape.options;
  const pinned = index % 2;
  const bins = Array.from({ length: BINS }, (_, bin) => bin);
  const faultAt = (bin: number) =>
    shape.faults.find((fault) => bin * BIN_US >= fault.fromUs && bin * BIN_US < fault.toUs);
  const since = (bin: number) => bin - Math.floor((faultAt(bin)?.fromUs ?? 0) / BIN_US);
  const asked = bins.map((bin) => Math.round(replications * 20 * (1 + 0.15 * noise(1, bin))));
  const failedShare = (bin: number) => {
    if (faultAt(bin) === undefined) return 0.0002;
    if (pinned === 1) return Math.max(0.02, 0.3 - since(bin) * 0.004);
    return since(bin) < 2 ? 0.3 : 0.001;
  };
  const failed = bins.map((bin) => (silent ? 0 : Math.round((asked[bin] ?? 0) * failedShare(bin))));
  const lossPerBin = (bin: number) => (faultAt(bin) === undefined ? 0.02 : Math.max(0, 3 - since(bin) * 0.06));
  const sessionsLost = bins.map((bin) =>
    silent ? 0 : Math.round(replications * lossPerBin(bin) * (1 / (1 + 0.2 * index)) * (1 + 0.2 * noise(2, bin))),
  );
  const backendShare = (b: number, bin: number) => (faultAt(bin)?.backend === b ? 1 : faultAt(bin) ? 0 : 0.33);
  return {
    good: bins.map((bin) => (silent ? 0 : (asked[bin] ?? 0) - (failed[bin] ?? 0))),
    failed,
    retried: failed.map((count) => Math.round(count * 0.8)),
    failovers: bins.map((bin) => (pinned === 1 || silent || !faultAt(bin) ? 0 : since(bin) % 60 < 2 ? 40 : 0)),
    sessionsLost,
    sessionsLostByBackend: shape.backends.map((_, b) =>
      sessionsLost.map((count, bin) => Math.round(count * backendShare(b, bin))),
    ),
    stickyHits: bins.map((bin) =>
      silent ? 0 : Math.round((asked[bin] ?? 0) * (faultAt(bin) ? 0.86 - 0.01 * index : 0.995)),
    ),
    stickyAsked: silent ? bins.map(() => 0) : asked,
    p50Us: bins.map((bin) =>
      silent ? null : Math.round(40_000 - 900 * index + 3_000 * noise(3, bin) + (faultAt(bin) ? 9_000 : 0)),
    ),
    p99Us: bins.map((bin) =>
      silent ? null : Math.round(250_000 - 12_000 * index + 60_000 * noise(4, bin) + (faultAt(bin) ? 180_000 : 0)),
    ),
    running: shape.backends.map((_, b) => bins.map((bin) => 0.8 + 0.2 * noise(5, bin, b))),
    waiting: shape.backends.map((_, b) => bins.map((bin) => Math.max(0, 0.3 * noise(6, bin, b)))),
  };
}

/** A log-linear histogram of a distribution with a heavy tail: share above t is 1 / (1 + (t/40ms)²). */
function latencyOf(shape: Shape, index: number): LatencyResult {
  const scaleUs = 40_000 - 2_500 * Math.floor(index / 2);
  const tail = (us: number) => 1 / (1 + (us / scaleUs) * (us / scaleUs) * (us / scaleUs));
  const cells: [number, number][] = [];
  let upper = 2_000;
  let below = 0;
  while (upper < 4_000_000 && !shape.options.silent) {
    const count = Math.round(120_000 * (1 - tail(upper))) - below;
    below += count;
    if (count > 0) cells.push([Math.round(upper), count]);
    upper *= 1.08;
  }
  const quantiles = [0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999].map((p, q) => {
    const us = cells.find((_, c) => cells.slice(0, c + 1).reduce((sum, [, count]) => sum + count, 0) >= p * below)?.[0];
    return { p, us: estimateOf(shape, us ?? 0, (us ?? 0) * 0.05 * (1 + q), index, 200 + q) };
  });
  return { cells, quantiles };
}

function compare(baseline: VariantResult, variant: VariantResult): readonly Comparison[] {
  return METRICS.map(({ id, better }): Comparison => {
    const before = baseline.metrics[id]?.values ?? [];
    const after = variant.metrics[id]?.values ?? [];
    const pairs = before.flatMap((value, r) => (value === null || after[r] == null ? [] : [after[r] - value]));
    const base = { variant: variant.name, metric: id };
    if (pairs.length === 0) return { ...base, difference: null, halfWidth: null, verdict: "no difference shown" };
    const { mean, halfWidth } = interval(pairs);
    if (halfWidth === null || Math.abs(mean) <= halfWidth) {
      return { ...base, difference: mean, halfWidth, verdict: "no difference shown" };
    }
    const verdict = better === "neither" ? "differs" : mean > 0 === (better === "higher") ? "better" : "worse";
    return { ...base, difference: mean, halfWidth, verdict };
  });
}
