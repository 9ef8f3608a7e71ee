import { Fingerprint } from "../../engine/stats/fingerprint.ts";
import type { Executor } from "../executor.ts";
import type { RunResult } from "../result.ts";
import { runExperiment } from "../run-experiment.ts";
import { longestFirst } from "./longest-first.ts";
import type { PreparedPoint } from "./prepare-points.ts";
import { numbersOf, type SweepAxis } from "./sweep-axis.ts";
import { SWEEP_FORMAT, SWEEP_VERSION, type SweepResult, type SweptPoint } from "./sweep-result.ts";

export interface SweepOptions {
  readonly axes: readonly SweepAxis[];
  readonly design: "full" | "lhs";
  readonly replications: number;
  /** Names of the variants to run; empty = all. */
  readonly only: readonly string[];
  readonly version: string;
  readonly reproduce: string;
  /** Replications of all points and variants that are done. */
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * Runs every point with all its variants. The tasks of all points stand in one queue of the executor, the longest in front,
 * so that threads are busy until the end; the table is made in the order of the points. Null when no point was finished.
 */
export async function runSweep(
  points: readonly PreparedPoint[],
  executor: Executor,
  options: SweepOptions,
): Promise<SweepResult | null> {
  const perPoint = points.map(() => 0);
  const total = points
    .map(({ experiment }) => (options.only.length === 0 ? experiment.variants.length : options.only.length))
    .reduce((sum, variants) => sum + variants * options.replications, 0);
  const runs: (PointSummary | null)[] = points.map(() => null);
  await Promise.all(
    longestFirst(points.map(({ experiment }) => experiment.resolved.world)).map(async (point) => {
      const { experiment, inlined } = points[point] as PreparedPoint;
      const outcome = await runExperiment(experiment, inlined, executor, {
        firstReplication: 0,
        replications: options.replications,
        only: options.only,
        keepRows: false,
        version: options.version,
        reproduce: "",
        onProgress: (done) => {
          perPoint[point] = done;
          options.onProgress?.(
            perPoint.reduce((sum, each) => sum + each, 0),
            total,
          );
        },
      });
      // Only the estimates are kept: a thousand whole results would not fit into memory.
      if (outcome !== null && !outcome.result.interrupted) runs[point] = summary(outcome.result);
    }),
  );
  const first = runs.find((run) => run !== null);
  return first === undefined || first === null ? null : makeSweep(points, runs, first, options);
}

interface PointSummary extends Pick<RunResult, "scenario" | "seed" | "level" | "metrics" | "baseline"> {
  readonly fingerprint: string;
  readonly variants: SweptPoint["variants"];
}

function summary(result: RunResult): PointSummary {
  const { scenario, seed, level, metrics, baseline, fingerprint } = result;
  const variants = result.variants.map((variant) => ({
    name: variant.name,
    fingerprint: variant.fingerprint,
    metrics: Object.fromEntries(
      metrics.map(({ id }) => {
        const { mean = null, halfWidth = null } = variant.metrics[id] ?? {};
        return [id, { mean, halfWidth }];
      }),
    ),
  }));
  return { scenario, seed, level, metrics, baseline, fingerprint, variants };
}

function makeSweep(
  points: readonly PreparedPoint[],
  runs: readonly (PointSummary | null)[],
  first: PointSummary,
  options: SweepOptions,
): SweepResult {
  const fingerprint = new Fingerprint();
  const columns = options.axes.map((_, axis) => numbersOf(points.map(({ values }) => values[axis] ?? "")));
  const swept = points.flatMap(({ values }, point): SweptPoint[] => {
    const run = runs[point];
    if (run === null || run === undefined) return [];
    fingerprint.addText(run.fingerprint);
    return [{ values, numbers: columns.map(({ numbers }) => numbers[point] ?? null), variants: run.variants }];
  });
  const names = swept.flatMap(({ variants }) => variants.map(({ name }) => name));
  const { scenario, seed, level, metrics, baseline } = first;
  return {
    format: SWEEP_FORMAT,
    version: SWEEP_VERSION,
    lbsim: options.version,
    scenario: { ...scenario },
    seed,
    design: options.design,
    replications: options.replications,
    level,
    fingerprint: fingerprint.value(),
    interrupted: swept.length < points.length,
    reproduce: options.reproduce,
    axes: options.axes.map(({ key, range }, axis) => ({
      key,
      unit: columns[axis]?.unit ?? "",
      isLogarithmic: range?.spacing.kind === "log",
    })),
    metrics,
    variants: names.filter((name, i) => names.indexOf(name) === i),
    baseline,
    points: swept,
  };
}
