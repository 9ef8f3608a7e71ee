import { shiftByWarmUp } from "../../config/resolve/shift-by-warm-up.ts";
import { explainRequest } from "../../experiment/explain.ts";
import { findWarmUp } from "../../experiment/find-warm-up.ts";
import type { PreparedExperiment } from "../../experiment/prepare.ts";
import { explanationInWords } from "../../report/formats/explanation.ts";
import { ExitCode } from "../exit-code.ts";
import type { CommandHost } from "../host/command-host.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";
import { type LoadedExperiment, loadExperiment } from "../load-experiment.ts";
import { assertVariant } from "./run.ts";

export interface ExplainOptions {
  readonly request: number;
  readonly replication: number;
  readonly seed: number | null;
  readonly variant: string | null;
  readonly set: readonly string[];
  readonly json: boolean;
}

/** `lbsim explain SCENARIO --request N`: runs one replication again with the recorder on. */
export async function explain(
  file: string,
  options: ExplainOptions,
  host: CommandHost,
  output: Output,
): Promise<number> {
  const loaded = loadExperiment(file, { ...options, env: host.terminal.env }, output);
  const name = options.variant ?? loaded.experiment.baseline;
  assertVariant(
    name,
    loaded.experiment.variants.map((variant) => variant.name),
  );
  const experiment = await withFoundWarmUp(loaded, host);
  const explanation = explainRequest(experiment, name, options.replication, options.request);
  if (explanation === null)
    throw new KnownError(
      "unknown-request",
      `replication ${options.replication} of "${name}" has no request ${options.request}`,
      "requests.csv of a run lists them, counted from 0",
    );
  output.out(
    options.json ? `${JSON.stringify(explanation, null, 1)}\n` : explanationInWords(explanation, output.paint),
  );
  return ExitCode.FINE;
}

/** A warm-up that `run` would find moves faults and the end; the same must be found for the request to be the same. */
async function withFoundWarmUp(
  { experiment, inlined }: LoadedExperiment,
  host: CommandHost,
): Promise<PreparedExperiment> {
  const { resolved } = experiment;
  if (resolved.warmUp === "given") return experiment;
  const executor = host.makeExecutor(null);
  try {
    const found = await findWarmUp(experiment, inlined, executor);
    const world = shiftByWarmUp(resolved.world, found?.addedUs ?? 0);
    return { ...experiment, resolved: { ...resolved, warmUp: "given", world } };
  } finally {
    await executor.close();
  }
}
