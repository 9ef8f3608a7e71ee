import { assumptionsOf } from "../config/resolve/resolve-scenario.ts";
import { Fingerprint } from "../engine/stats/fingerprint.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import { type BatchIntervals, batchIntervals, isSteady, LAG1_LIMIT } from "./batch-intervals.ts";
import { compareWithBaseline } from "./comparisons.ts";
import { judgeExpectations } from "./expectations/judge-expectations.ts";
import type { FoundWarmUp } from "./find-warm-up.ts";
import { mergeLatency, mergeLoss, mergeMetrics, mergeOutcomes, mergeSeries } from "./merge.ts";
import { mergeMembers } from "./merge-members.ts";
import { METRICS } from "./metrics.ts";
import type { PrecisionResult } from "./precision.ts";
import type { PreparedExperiment, PreparedVariant } from "./prepare.ts";
import type { ReplicationResult } from "./replication/replication-result.ts";
import { type FaultBand, RESULT_FORMAT, RESULT_VERSION, type RunResult, type VariantResult } from "./result.ts";

/** Confidence level of every interval. */
export const LEVEL = 0.95;

/** What makeResult is told beside the replications. */
export interface ResultFacts {
  readonly firstReplication: number;
  /** Version of lbsim. */
  readonly version: string;
  readonly reproduce: string;
  /** Text of the scenario: its first comment is its question. */
  readonly text: string;
  readonly warmUpUs: number;
  readonly warmUp: FoundWarmUp;
  readonly binUs: number;
  readonly interrupted: boolean;
  readonly precision: PrecisionResult | null;
}

/** Merges the replications of the variants, [variant][replication], into the one result. */
export function makeResult(
  experiment: PreparedExperiment,
  variants: readonly PreparedVariant[],
  replications: readonly (readonly ReplicationResult[])[],
  facts: ResultFacts,
): RunResult {
  const { scenario, resolved, seed } = experiment;
  const { world } = resolved;
  const of = (v: number): readonly ReplicationResult[] => replications[v] as readonly ReplicationResult[];
  const made = variants.map((variant, v) =>
    withBatches(world, makeVariant(experiment, variant, of(v), facts.binUs), of(v), facts.binUs),
  );
  const results = made.map(({ variant }) => variant);
  const batches = made.flatMap(({ intervals }) => intervals ?? []);
  const judged = variants.map((variant, v) => ({ variant, merged: results[v] as VariantResult, results: of(v) }));
  const expectations = judgeExpectations(experiment, judged, facts.firstReplication, LEVEL);
  const baseline = variants.some(({ name }) => name === experiment.baseline)
    ? experiment.baseline
    : (variants[0]?.name ?? "");
  const first = replications[0]?.[0] as ReplicationResult;
  const fingerprint = new Fingerprint();
  for (const result of results) fingerprint.addText(result.fingerprint);
  return {
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    lbsim: facts.version,
    scenario: {
      name: nameOf(scenario.file),
      file: scenario.file,
      hash: hashText(scenario.file, JSON.stringify(scenario.input)),
      about: scenario.input.description ?? firstComment(facts.text),
    },
    seed,
    replications: first === undefined ? 0 : (replications[0] as readonly ReplicationResult[]).length,
    level: LEVEL,
    fingerprint: fingerprint.value(),
    interrupted: facts.interrupted,
    reproduce: facts.reproduce,
    timing: {
      warmUpUs: facts.warmUpUs,
      warmUpFrom: facts.warmUp.from,
      durationUs: first.toUs - first.fromUs,
      drainUs: world.drainUs,
      binUs: facts.binUs,
    },
    assumptions: assumptionsOf(resolved).map(({ key, value, from }) => ({ key, value, from })),
    faults: faultBands(first, world.faults),
    backends: world.backends.map(({ id }) => id),
    metrics: METRICS,
    baseline,
    variants: results,
    comparisons: compareWithBaseline(METRICS, results, baseline, LEVEL),
    warnings: [
      ...variants.flatMap((variant, v) => unroutedWarning(variant, of(v))),
      ...warmUpWarning(facts.warmUp),
      ...batches.slice(0, 1).flatMap(batchWarning),
    ],
    ...(batches[0] === undefined ? {} : { batches: { count: batches[0].batches, lag1: batches[0].lag1 } }),
    ...(facts.precision === null ? {} : { precision: facts.precision }),
    ...(expectations.length === 0 ? {} : { expectations }),
  };
}

/** One long steady run: the intervals that replications would give come from batch means. */
function withBatches(
  world: WorldSpec,
  variant: VariantResult,
  replications: readonly ReplicationResult[],
  binUs: number,
): { readonly variant: VariantResult; readonly intervals: BatchIntervals | null } {
  const [only, second] = replications;
  const intervals =
    only === undefined || second !== undefined || !isSteady(world) ? null : batchIntervals(only, binUs, LEVEL);
  if (intervals === null) return { variant, intervals };
  const metrics = Object.entries(variant.metrics).map(([id, estimate]) => [
    id,
    { ...estimate, halfWidth: intervals.halfWidths[id] ?? estimate.halfWidth },
  ]);
  return { variant: { ...variant, metrics: Object.fromEntries(metrics) }, intervals };
}

function warmUpWarning({ isReliable }: FoundWarmUp): string[] {
  return isReliable
    ? []
    : ["MSER-5 saw no steady state on the fault-free baseline: lengthen duration, or write warm-up (0s = none)"];
}

function batchWarning({ lag1 }: BatchIntervals): string[] {
  if (lag1 <= LAG1_LIMIT) return [];
  return [
    `neighbouring batches depend on each other (correlation ${Math.round(lag1 * 100) / 100}): the intervals are too narrow; run longer or with replications`,
  ];
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
