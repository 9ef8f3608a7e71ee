import { readFileSync } from "node:fs";
import { scenarioHost } from "../../src/cli/host/scenario-host.ts";
import { type PairedDifference, pairedDifference } from "../../src/experiment/analysis/paired-difference.ts";
import type { Executor } from "../../src/experiment/executor.ts";
import { prepareExperiment } from "../../src/experiment/prepare.ts";
import type { RunResult, VariantResult } from "../../src/experiment/result.ts";
import { runExperiment } from "../../src/experiment/run-experiment.ts";
import { type ReplicationTask, recordingHost, runTask } from "../../src/experiment/task.ts";

/** Runs tasks one after the other where it stands. */
const inProcess: Executor = {
  run: async <Task, Result>(tasks: readonly Task[]) =>
    tasks.map((task) => runTask(task as unknown as ReplicationTask) as unknown as Result),
};

/** What to change for one run. */
export interface RunChoices {
  readonly replications?: number;
  readonly seed?: number;
  /** `--set` texts. */
  readonly set?: readonly string[];
}

/**
 * Runs a scenario with its own seed and replications (10 when it names none). No environment variable is visible, so the
 * result is the same on every machine.
 * @throws Error with all problems when the scenario can't be simulated.
 */
export async function runScenario(file: string, choices: RunChoices = {}): Promise<RunResult> {
  const host = recordingHost(scenarioHost({}));
  const input = { file, text: readFileSync(file, "utf8"), overrides: choices.set ?? [], seed: choices.seed ?? null };
  const { experiment, problems } = prepareExperiment(input, host.host);
  if (experiment === null) throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  const outcome = await runExperiment(experiment, host.inline(input), inProcess, {
    firstReplication: 0,
    replications: choices.replications ?? experiment.resolved.replications ?? 10,
    only: [],
    keepRows: false,
    version: "test",
    reproduce: "",
  });
  if (outcome === null) throw new Error(`${file}: no replication ended`);
  return outcome.result;
}

/** @throws Error when the result has no variant of that name. */
export function variantOf(result: RunResult, name: string): VariantResult {
  const found = result.variants.find((variant) => variant.name === name);
  if (found === undefined)
    throw new Error(`no variant "${name}"; there are ${result.variants.map((v) => v.name).join(", ")}`);
  return found;
}

/** Candidate − baseline of one metric, paired by replication. */
export function differenceOf(result: RunResult, metric: string, baseline: string, candidate: string): PairedDifference {
  const values = (name: string): number[] => {
    const estimate = variantOf(result, name).metrics[metric];
    if (estimate === undefined) throw new Error(`no metric "${metric}"`);
    return estimate.values.map((value) => value ?? Number.NaN);
  };
  return pairedDifference(values(baseline), values(candidate), result.level);
}

/** Mean of a metric over the replications. */
export function meanOf(result: RunResult, metric: string, variant: string): number {
  return variantOf(result, variant).metrics[metric]?.mean ?? Number.NaN;
}

/** Whether zero lies outside the interval of a difference, on the side that `sign` says. */
export function isShown({ mean, halfWidth }: PairedDifference, sign: 1 | -1): boolean {
  return mean * sign > halfWidth;
}
