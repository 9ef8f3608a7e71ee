import type { RunResult } from "../../src/experiment/result.ts";

/** A result in which a metric has no sample in a variant, as when all its requests are unfinished. */
export function withoutSample(result: RunResult, variant: string, metric: string): RunResult {
  const none = { mean: null, halfWidth: null, values: Array<null>(result.replications).fill(null) };
  return {
    ...result,
    variants: result.variants.map((one) =>
      one.name === variant ? { ...one, metrics: { ...one.metrics, [metric]: none } } : one,
    ),
    comparisons: result.comparisons.map((one) =>
      one.metric === metric && (one.variant === variant || variant === result.baseline)
        ? { ...one, difference: null, halfWidth: null, verdict: "no difference shown" as const }
        : one,
    ),
  };
}
