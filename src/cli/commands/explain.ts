import { type Explanation, explainRequest } from "../../experiment/explain.ts";
import { explanationInWords } from "../../report/formats/explanation.ts";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";
import { loadExperiment } from "../load-experiment.ts";

export interface ExplainOptions {
  readonly request: number;
  readonly replication: number;
  readonly seed: number | null;
  readonly variant: string | null;
  readonly set: readonly string[];
  readonly json: boolean;
}

/** `lbsim explain SCENARIO --request N`: runs one replication again with the recorder on. */
export function explain(file: string, options: ExplainOptions, output: Output): number {
  const { experiment } = loadExperiment(file, options, output);
  const name = options.variant ?? experiment.baseline;
  const names = experiment.variants.map((variant) => variant.name);
  if (!names.includes(name))
    throw new KnownError("unknown-variant", `there is no variant "${name}"`, `variants: ${names.join(", ")}`);
  const explanation: Explanation | null = explainRequest(experiment, name, options.replication, options.request);
  if (explanation === null)
    throw new KnownError(
      "unknown-request",
      `replication ${options.replication} of "${name}" has no request ${options.request}`,
      "requests.csv of a run lists them",
    );
  output.out(
    options.json ? `${JSON.stringify(explanation, null, 1)}\n` : explanationInWords(explanation, output.paint),
  );
  return ExitCode.FINE;
}
