import { assumptionsOf } from "../config/resolve/resolve-scenario.ts";
import { Fingerprint } from "../engine/stats/fingerprint.ts";
import { mser5 } from "./analysis/warm-up.ts";
import { compareWithBaseline } from "./comparisons.ts";
import type { Executor } from "./executor.ts";
import { mergeLatency, mergeLoss, mergeMetrics, mergeOutcomes, mergeSeries } from "./merge.ts";
import { mergeMembers } from "./merge-members.ts";
import { METRICS } from "./metrics.ts";
import type { PreparedExperiment, PreparedVariant } from "./prepare.ts";
import type { ReplicationResult } from "./replication/replication-result.ts";
import { type FaultBand, RESULT_FORMAT, RESULT_VERSION, type RunResult, type VariantResult } from "./result.ts";
import type { InlinedExperiment, ReplicationTask } from "./task.ts";

/** Bins that a time line has at most. */
const MOST_BINS = 300;
const LEVEL = 0.95;
/** Replications of the fault-free baseline from which the warm-up is found. */
const PILOT_REPLICATIONS = 5;

export interface RunOptions {
  /** First replication; `replications` of them follow each other. */
  readonly firstReplication: number;
  readonly replications: number;
  /** Names of the variants to run; empty = all. */
  readonly only: readonly string[];
  readonly keepRows: boolean;
  /** Rows that are kept at most; absent = 200,000. */
  readonly mostRows?: number;
  /** Requests that the films of all variants' first replication hold together at most; absent = no films. */
  readonly filmed?: number;
  readonly version: string;
  readonly reproduce: string;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface RunOutcome {
  readonly result: RunResult;
  /** Replication results by variant, the rows of replication 0 in them when they were kept. */
  readonly replications: readonly (readonly ReplicationResult[])[];
}

/**
 * Runs all variants under common random numbers and makes the one result of them. Tasks run anywhere and in any order;
 * they are merged in task order, so the bytes do not depend on where they ran. When the executor was stopped early the
 * replications that all variants have finished make a whole result, marked as interrupted; null when there is none.
 */
export async function runExperiment(
  experiment: PreparedExperiment,
  inlined: InlinedExperiment,
  executor: Executor,
  options: RunOptions,
): Promise<RunOutcome | null> {
  const chosen = experiment.variants.flatMap((variant, index) =>
    options.only.length === 0 || options.only.includes(variant.name) ? [{ variant, index }] : [],
  );
  const observedUs = experiment.resolved.world.endUs - experiment.resolved.world.warmUpUs;
  const binUs = binWidthUs(observedUs);
  const warmUp = await findWarmUp(experiment, inlined, executor);
  if (warmUp === null) return null;
  const tasks = planTasks(chosen, inlined, options, warmUp.addedUs, binUs);
  const done = await executor.run<ReplicationTask, ReplicationResult>(tasks, (finished) =>
    options.onProgress?.(finished, tasks.length),
  );
  const perVariant = chosen.map((_, v) => done.filter((_result, t) => t % chosen.length === v));
  const complete = Math.min(...perVariant.map((results) => countUntilGap(results)));
  if (complete === 0) return null;
  const replications = perVariant.map((results) => results.slice(0, complete) as ReplicationResult[]);
  const warmUpUs = warmUp.addedUs > 0 ? warmUp.addedUs : experiment.resolved.world.warmUpUs;
  const result = makeResult(
    experiment,
    chosen.map(({ variant }) => variant),
    replications,
    options,
    inlined.input.text,
    {
      warmUpUs,
      from: warmUp.from,
      binUs,
      interrupted: complete < options.replications,
    },
  );
  return { result, replications };
}

/** Replication by replication, all variants of one before the next: an interrupted run has whole pairs. */
function planTasks(
  chosen: readonly { readonly index: number }[],
  inlined: InlinedExperiment,
  options: RunOptions,
  warmUpUs: number,
  binUs: number,
): ReplicationTask[] {
  const tasks: ReplicationTask[] = [];
  for (let r = 0; r < options.replications; r++) {
    const replication = options.firstReplication + r;
    for (const { index } of chosen)
      tasks.push({
        experiment: inlined,
        variant: index,
        replication,
        warmUpUs,
        binUs,
        keepRows: options.keepRows && r === 0,
        ...(options.mostRows === undefined ? {} : { mostRows: options.mostRows }),
        withoutFaults: false,
        ...(options.filmed === undefined || r > 0 ? {} : { filmed: Math.floor(options.filmed / chosen.length) }),
      });
  }
  return tasks;
}

function countUntilGap(results: readonly (ReplicationResult | undefined)[]): number {
  const gap = results.indexOf(undefined);
  return gap < 0 ? results.length : gap;
}

/** Whole seconds, or tenths of one, so that a time line has at most 300 bins. */
function binWidthUs(observedUs: number): number {
  const least = observedUs / MOST_BINS;
  for (const width of [100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 30_000_000, 60_000_000])
    if (width >= least) return width;
  return Math.ceil(least / 60_000_000) * 60_000_000;
}

/**
 * The warm-up by MSER-5 on the fault-free baseline (design "Steady or terminating"): the mean number of requests at the backends per bin over a
 * few pilot replications; the same cut for all variants.
 */
export async function findWarmUp(
  experiment: PreparedExperiment,
  inlined: InlinedExperiment,
  executor: Executor,
): Promise<{ readonly addedUs: number; readonly from: RunResult["timing"]["warmUpFrom"] } | null> {
  const { warmUp, world } = experiment.resolved;
  const binUs = binWidthUs(world.endUs - world.warmUpUs);
  if (warmUp === "given") return { addedUs: 0, from: world.warmUpUs > 0 ? "given" : "none" };
  const variant = Math.max(
    0,
    experiment.variants.findIndex(({ name }) => name === experiment.baseline),
  );
  const tasks = Array.from({ length: PILOT_REPLICATIONS }, (_, replication) => ({
    experiment: inlined,
    variant,
    replication,
    warmUpUs: 0,
    binUs,
    keepRows: false,
    withoutFaults: true,
  }));
  const pilots = await executor.run<ReplicationTask, ReplicationResult>(tasks);
  if (pilots.includes(undefined)) return null;
  const levels = (pilots as ReplicationResult[]).map(({ series }) =>
    series.running.map((running, b) => running.map((value, bin) => value + (series.waiting[b]?.[bin] ?? 0))),
  );
  const bins = levels[0]?.[0]?.length ?? 0;
  const series = Array.from({ length: bins }, (_, bin) =>
    levels.reduce((sum, backends) => sum + backends.reduce((inner, backend) => inner + (backend[bin] ?? 0), 0), 0),
  );
  return { addedUs: mser5(series).cut * binUs, from: "MSER-5" };
}

interface Timing {
  readonly warmUpUs: number;
  readonly from: RunResult["timing"]["warmUpFrom"];
  readonly binUs: number;
  readonly interrupted: boolean;
}

function makeResult(
  experiment: PreparedExperiment,
  variants: readonly PreparedVariant[],
  replications: readonly (readonly ReplicationResult[])[],
  options: RunOptions,
  text: string,
  timing: Timing,
): RunResult {
  const { scenario, resolved, seed } = experiment;
  const { world } = resolved;
  const results = variants.map((variant, v) =>
    makeVariant(experiment, variant, replications[v] as readonly ReplicationResult[], timing.binUs),
  );
  const baseline = variants.some(({ name }) => name === experiment.baseline)
    ? experiment.baseline
    : (variants[0]?.name ?? "");
  const first = replications[0]?.[0] as ReplicationResult;
  const fingerprint = new Fingerprint();
  for (const result of results) fingerprint.addText(result.fingerprint);
  return {
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    lbsim: options.version,
    scenario: {
      name: nameOf(scenario.file),
      file: scenario.file,
      hash: hashText(scenario.file, JSON.stringify(scenario.input)),
      about: scenario.input.description ?? firstComment(text),
    },
    seed,
    replications: first === undefined ? 0 : (replications[0] as readonly ReplicationResult[]).length,
    level: LEVEL,
    fingerprint: fingerprint.value(),
    interrupted: timing.interrupted,
    reproduce: options.reproduce,
    timing: {
      warmUpUs: timing.warmUpUs,
      warmUpFrom: timing.from,
      durationUs: first.toUs - first.fromUs,
      drainUs: world.drainUs,
      binUs: timing.binUs,
    },
    assumptions: assumptionsOf(resolved).map(({ key, value, from }) => ({ key, value, from })),
    faults: faultBands(first, world.faults),
    backends: world.backends.map(({ id }) => id),
    metrics: METRICS,
    baseline,
    variants: results,
    comparisons: compareWithBaseline(METRICS, results, baseline, LEVEL),
    warnings: variants.flatMap((variant, v) =>
      unroutedWarning(variant, replications[v] as readonly ReplicationResult[]),
    ),
  };
}

function faultBands(first: ReplicationResult, specs: PreparedExperiment["resolved"]["world"]["faults"]): FaultBand[] {
  return first.faults
    .filter(({ toUs }) => toUs > first.fromUs)
    .map(({ fault, backend, fromUs, toUs }) => ({
      id: specs[fault]?.id ?? String(fault),
      kind: specs[fault]?.effect.kind ?? "",
      backend,
      fromUs: Math.max(0, fromUs - first.fromUs),
      toUs: Math.min(toUs, first.toUs) - first.fromUs,
    }))
    .sort((a, b) => a.fromUs - b.fromUs || (a.id < b.id ? -1 : 1));
}

function makeVariant(
  experiment: PreparedExperiment,
  variant: PreparedVariant,
  results: readonly ReplicationResult[],
  binUs: number,
): VariantResult {
  const { reading, family } = variant;
  const fingerprint = new Fingerprint();
  for (const result of results) fingerprint.addText(result.fingerprint);
  const film = results[0]?.film;
  return {
    name: variant.name,
    settings: variant.settings,
    proxy: {
      family: family.name,
      version: family.version,
      behaviourRevision: family.behaviourRevision,
      file: variant.file,
      hash: hashText(variant.file, variant.text),
      diff: variant.diff,
    },
    fingerprint: fingerprint.value(),
    members: mergeMembers(experiment, variant, results, LEVEL),
    metrics: mergeMetrics(results, LEVEL),
    series: mergeSeries(results, binUs),
    latency: mergeLatency(results, LEVEL),
    sessionLoss: mergeLoss(results, LEVEL),
    outcomes: mergeOutcomes(results, LEVEL),
    passedOver: reading.passedOver.map(({ kind, directive, position }) => ({
      kind,
      directive,
      file: position.file,
      line: position.line,
    })),
    problems: reading.problems.map(({ code, severity, message, position }) => ({
      code,
      severity,
      message,
      file: position?.file ?? variant.file,
      line: position?.line ?? 0,
    })),
    ...(film === undefined ? {} : { film }),
  };
}

/** More than this share of requests that never reach a balancer is probably not meant. */
const UNROUTED_SHARE = 0.01;

function unroutedWarning({ name, family, config }: PreparedVariant, results: readonly ReplicationResult[]): string[] {
  const share = results.reduce((sum, { unroutedShare }) => sum + unroutedShare, 0) / results.length;
  if (share <= UNROUTED_SHARE) return [];
  const targets = family.facts(config).targets.map(({ path, group }) => `${path} (${group})`);
  const routes = targets.length === 0 ? "no path does" : `paths that do: ${targets.join(", ")}`;
  return [`${name}: ${Math.round(share * 1000) / 10} % of the requests never reached a balancer; ${routes}`];
}

/** The comment that a scenario begins with: its question. Lines for editors do not count. */
function firstComment(text: string): string {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.replace(/^#\s?/, "").trimEnd())
    .filter((line) => !/^(yaml-language-server:|\$schema:)/.test(line))
    .join("\n")
    .trim();
}

function nameOf(file: string): string {
  const base = file.slice(file.lastIndexOf("/") + 1);
  return base.replace(/\.(ya?ml|json)$/, "");
}

function hashText(file: string, text: string): string {
  const fingerprint = new Fingerprint();
  fingerprint.addText(nameOf(file));
  fingerprint.addText(text);
  return fingerprint.value().replaceAll("-", "");
}
