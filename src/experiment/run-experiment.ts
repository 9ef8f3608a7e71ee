import type { Executor } from "./executor.ts";
import { binWidthUs, findWarmUp } from "./find-warm-up.ts";
import { LEVEL, makeResult } from "./make-result.ts";
import { mergeMetrics } from "./merge.ts";
import { PRECISION_BATCH, type PrecisionResult, type PrecisionWish, precisionOf } from "./precision.ts";
import type { PreparedExperiment, PreparedVariant } from "./prepare.ts";
import type { ReplicationResult } from "./replication/replication-result.ts";
import type { RunResult } from "./result.ts";
import type { InlinedExperiment, ReplicationTask } from "./task.ts";

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
  /** Adds replications until intervals are narrow; absent = as many as were asked for. */
  readonly precision?: PrecisionWish;
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
  const { world } = experiment.resolved;
  const binUs = binWidthUs(world.endUs - world.warmUpUs);
  const warmUp = await findWarmUp(experiment, inlined, executor);
  if (warmUp === null) return null;
  const planned = { chosen, inlined, options, warmUpUs: warmUp.addedUs, binUs };
  const made = await runBatches(executor, planned);
  const [first = []] = made.replications;
  if (first.length === 0) return null;
  const variants = chosen.map(({ variant }) => variant);
  const result = makeResult(experiment, variants, made.replications, {
    firstReplication: options.firstReplication,
    version: options.version,
    reproduce: options.reproduce,
    text: inlined.input.text,
    warmUpUs: warmUp.addedUs > 0 ? warmUp.addedUs : world.warmUpUs,
    warmUp,
    binUs,
    interrupted: made.isInterrupted,
    precision: made.precision,
  });
  return { result, replications: made.replications };
}

interface Planned {
  readonly chosen: readonly { readonly variant: PreparedVariant; readonly index: number }[];
  readonly inlined: InlinedExperiment;
  readonly options: RunOptions;
  readonly warmUpUs: number;
  readonly binUs: number;
}

interface Made {
  /** [variant][replication]: those that all variants have finished. */
  readonly replications: readonly (readonly ReplicationResult[])[];
  readonly isInterrupted: boolean;
  readonly precision: PrecisionResult | null;
}

/** Runs the replications that were asked for, then batches of further ones until the intervals are as narrow as wished. */
async function runBatches(executor: Executor, planned: Planned): Promise<Made> {
  const { chosen, options } = planned;
  const { precision: wish } = options;
  let replications: readonly ReplicationResult[][] = chosen.map(() => []);
  let until = options.replications;
  for (let from = 0; ; from = until, until = Math.min(until + PRECISION_BATCH, wish?.most ?? 0)) {
    const tasks = planTasks(planned, from, until);
    const before = from * chosen.length;
    const done = await executor.run<ReplicationTask, ReplicationResult>(tasks, (finished) =>
      options.onProgress?.(before + finished, before + tasks.length),
    );
    const perVariant = chosen.map((_, v) => done.filter((_result, t) => t % chosen.length === v));
    const complete = Math.min(...perVariant.map((results) => countUntilGap(results)));
    replications = replications.map((results, v) => [
      ...results,
      ...((perVariant[v] ?? []).slice(0, complete) as ReplicationResult[]),
    ]);
    const isInterrupted = complete < until - from;
    if (wish === undefined) return { replications, isInterrupted, precision: null };
    const merged = chosen.map(({ variant }, v) => ({
      name: variant.name,
      metrics: mergeMetrics(replications[v] ?? [], LEVEL),
    }));
    const precision = precisionOf(merged, from + complete, wish);
    if (isInterrupted || precision.isReached || until >= wish.most) return { replications, isInterrupted, precision };
  }
}

/** Replication by replication, all variants of one before the next: an interrupted run has whole pairs. */
function planTasks(
  { chosen, inlined, options, warmUpUs, binUs }: Planned,
  from: number,
  until: number,
): ReplicationTask[] {
  const tasks: ReplicationTask[] = [];
  for (let r = from; r < until; r++) {
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
