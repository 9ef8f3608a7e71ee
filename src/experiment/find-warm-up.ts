import { mser5 } from "./analysis/warm-up.ts";
import type { Executor } from "./executor.ts";
import type { PreparedExperiment } from "./prepare.ts";
import type { ReplicationResult } from "./replication/replication-result.ts";
import type { RunResult } from "./result.ts";
import type { InlinedExperiment, ReplicationTask } from "./task.ts";

/** Bins that a time line has at most. */
const MOST_BINS = 300;
/** Replications of the fault-free baseline from which the warm-up is found. */
const PILOT_REPLICATIONS = 5;

/** A warm-up, where it comes from, and whether it can be relied on. */
export interface FoundWarmUp {
  /** What the world lacks of it. */
  readonly addedUs: number;
  readonly from: RunResult["timing"]["warmUpFrom"];
  /** False when MSER-5 saw no steady state within the duration. */
  readonly isReliable: boolean;
}

/**
 * The warm-up by MSER-5 on the fault-free baseline (design "Steady or terminating"): the mean number of requests at the
 * backends per bin over a few pilot replications; the same cut for all variants.
 */
export async function findWarmUp(
  experiment: PreparedExperiment,
  inlined: InlinedExperiment,
  executor: Executor,
): Promise<FoundWarmUp | null> {
  const { warmUp, world } = experiment.resolved;
  const binUs = binWidthUs(world.endUs - world.warmUpUs);
  if (warmUp === "given") return { addedUs: 0, from: world.warmUpUs > 0 ? "given" : "none", isReliable: true };
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
  const { cut, reliable } = mser5(series);
  return { addedUs: cut * binUs, from: "MSER-5", isReliable: reliable };
}

/** Whole seconds, or tenths of one, so that a time line has at most 300 bins. */
export function binWidthUs(observedUs: number): number {
  const least = observedUs / MOST_BINS;
  for (const width of [100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 30_000_000, 60_000_000])
    if (width >= least) return width;
  return Math.ceil(least / 60_000_000) * 60_000_000;
}
