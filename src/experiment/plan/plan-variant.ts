import type { ReadHost } from "../../contract/proxy-family.ts";
import type { Executor } from "../executor.ts";
import { type ExperimentInput, prepareExperiment } from "../prepare.ts";
import type { RunResult, VariantResult } from "../result.ts";
import { runExperiment } from "../run-experiment.ts";
import { recordingHost } from "../task.ts";
import { checkErlang, type ErlangCheck, type NoErlangCheck } from "./erlang-check.ts";
import { findLimit, type PlanVerdict, type SearchStart } from "./find-limit.ts";
import type { PlanCondition } from "./plan-conditions.ts";
import type { PlanAnswer, PlanRun } from "./plan-result.ts";

/** What all expectations together say about a variant, and why. */
export interface Meeting {
  readonly verdict: PlanVerdict;
  readonly why: string;
}

export interface PlanOptions {
  readonly input: ExperimentInput;
  readonly host: ReadHost;
  /** Values from the easiest to the hardest. */
  readonly values: readonly string[];
  readonly start: SearchStart;
  /** `--set` options that put a value in. */
  overrides(value: string): readonly string[];
  /** Under which conditions a value must pass; they may depend on it (members that take part). */
  conditions(value: string): readonly PlanCondition[];
  /** How many members take part at a value. */
  members(value: string): number;
  /** Judges one variant by its expectations. */
  meets(result: RunResult, variant: string): Meeting;
  readonly replications: number;
  /** While the runs do not decide, replications are doubled up to this. */
  readonly mostReplications: number;
  readonly version: string;
  readonly onRun?: (variant: string, run: PlanRun) => void;
}

/** Metrics that are shown beside each value that was tried. */
const SHOWN = ["throughput", "availability", "response_mean", "response_p95", "response_p99", "sessions_lost"];

/** Finds the limit of one variant. Null when it was stopped. */
export async function planVariant(
  variant: string,
  executor: Executor,
  options: PlanOptions,
): Promise<PlanAnswer | null> {
  const { values } = options;
  const runs = new Map<number, PlanRun>();
  const limit = await findLimit(values.length, options.start, async (index) => {
    const run = await tryValue(values[index] ?? "", variant, executor, options);
    if (run === null) return null;
    runs.set(index, run);
    options.onRun?.(variant, run);
    return run.verdict;
  });
  if (limit === null) return null;
  const { lastPass, firstFail } = limit;
  const next = (lastPass ?? -1) + 1;
  const tried = [...runs].sort(([a], [b]) => a - b);
  const firstNot = tried.find(([, { verdict }]) => verdict !== "pass")?.[0] ?? values.length;
  const lastGood = tried.findLast(([, { verdict }]) => verdict === "pass")?.[0] ?? -1;
  const limiting = runs.get(next);
  return {
    variant,
    value: lastPass === null ? null : (values[lastPass] ?? null),
    failsFrom: firstFail === null ? null : (values[firstFail] ?? null),
    next: values[next] ?? null,
    limitedBy: limiting === undefined ? null : withCondition(limiting),
    runs: tried.map(([, run]) => run),
    isMonotone: lastGood < firstNot,
    erlang: await erlangAt(lastPass === null ? null : (values[lastPass] ?? null), variant, executor, options),
  };
}

function withCondition({ condition, why }: PlanRun): string {
  return condition === "as written" ? why : `${why} (${condition})`;
}

/** A value passes when it passes under every condition, and fails when it fails under one. */
async function tryValue(
  value: string,
  variant: string,
  executor: Executor,
  options: PlanOptions,
): Promise<PlanRun | null> {
  let worst: PlanRun | null = null;
  for (const condition of options.conditions(value)) {
    const run = await tryCondition(value, condition, variant, executor, options);
    if (run === null || run.verdict === "fail") return run;
    if (worst === null || (worst.verdict === "pass" && run.verdict === "inconclusive")) worst = run;
  }
  return worst;
}

/** Doubles the replications while the expectations are not decided; those that were made are not made again. */
async function tryCondition(
  value: string,
  condition: PlanCondition,
  variant: string,
  executor: Executor,
  options: PlanOptions,
): Promise<PlanRun | null> {
  for (let replications = options.replications; ; replications *= 2) {
    const count = Math.min(replications, options.mostReplications);
    const result = await runAt(value, condition, variant, count, executor, options);
    if (result === null) return null;
    const { verdict, why } = answersNobody(result) ? NOBODY : options.meets(result, variant);
    if (verdict !== "inconclusive" || count >= options.mostReplications)
      return { value, verdict, replications: count, condition: condition.name, why, metrics: shownMetrics(result) };
  }
}

async function runAt(
  value: string,
  condition: PlanCondition,
  variant: string,
  replications: number,
  executor: Executor,
  { input: base, host, overrides, version }: PlanOptions,
): Promise<RunResult | null> {
  const input = { ...base, overrides: [...base.overrides, ...overrides(value), ...condition.overrides] };
  const recording = recordingHost(host);
  const { experiment, problems } = prepareExperiment(input, recording.host);
  if (experiment === null) throw new UnusableValue(value, condition.name, problems[0]?.message ?? "");
  const outcome = await runExperiment(experiment, recording.inline(input), executor, {
    firstReplication: 0,
    replications,
    only: [variant],
    keepRows: false,
    version,
    reproduce: "",
  });
  return outcome === null || outcome.result.interrupted ? null : outcome.result;
}

/** A value of the range makes a scenario that can't be simulated. */
export class UnusableValue extends Error {
  override readonly name = "UnusableValue";
  constructor(value: string, condition: string, message: string) {
    super(`at ${value}${condition === "as written" ? "" : ` (${condition})`}: ${message}`);
  }
}

/** Where nobody gets a good answer no expectation is kept: failures are fast, and would pass any bound on times. */
const NOBODY: Meeting = { verdict: "fail", why: "no request gets a good answer" };

function answersNobody({ variants }: RunResult): boolean {
  return (variants[0]?.metrics.throughput?.mean ?? 0) === 0;
}

function shownMetrics({ variants }: RunResult): PlanRun["metrics"] {
  const [variant] = variants;
  return Object.fromEntries(
    SHOWN.map((id) => {
      const { mean = null, halfWidth = null } = variant?.metrics[id] ?? {};
      return [id, { mean, halfWidth }];
    }),
  );
}

/** The answer without faults beside the formula: the run is made anew where it was made under a condition. */
async function erlangAt(
  value: string | null,
  variant: string,
  executor: Executor,
  options: PlanOptions,
): Promise<ErlangCheck | NoErlangCheck> {
  if (value === null) return { applies: false, why: "no value keeps the expectations" };
  const input = { ...options.input, overrides: [...options.input.overrides, ...options.overrides(value)] };
  const { experiment } = prepareExperiment(input, options.host);
  if (experiment === null) return { applies: false, why: "the scenario can't be prepared" };
  const members = options.members(value);
  const { world } = experiment.resolved;
  const before = checkErlang(world, members, undefined);
  if (!before.applies) return before;
  const asWritten: PlanCondition = { name: "as written", overrides: [] };
  const result = await runAt(value, asWritten, variant, options.mostReplications, executor, options);
  const found: VariantResult | undefined = result?.variants[0];
  return checkErlang(world, members, found?.metrics.response_mean);
}
