import type { RunResult } from "../../src/experiment/result.ts";
import { runExperiment } from "../../src/experiment/run-experiment.ts";
import { experimentOf, plainExecutor } from "../experiment/small-experiment.ts";

/** The result of a small experiment with a film of every variant. */
export async function filmedResult(
  { experiment, inlined }: ReturnType<typeof experimentOf> = experimentOf(),
  filmed = 10_000,
): Promise<RunResult> {
  const outcome = await runExperiment(experiment, inlined, plainExecutor(), {
    firstReplication: 0,
    replications: 2,
    only: [],
    keepRows: false,
    filmed,
    version: "0.0.0",
    reproduce: "lbsim run small.yaml",
  });
  if (outcome === null) throw new Error("the run was not interrupted");
  return outcome.result;
}
