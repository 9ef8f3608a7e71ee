import { describe, expect, it } from "vitest";
import type { Comparison, Estimate, MetricInfo, RunResult } from "../../src/experiment/result.ts";
import { bestVariants, cellText, columnTitle, differenceText, metricColumn } from "../../src/report/metric-column.ts";
import { fixtureResult } from "./fixture.ts";

const LATENCY: MetricInfo = { id: "m", title: "p99", unit: "µs", better: "lower", definition: "" };

/** A result with one metric, its means by variant, and the verdicts of all but the first variant. */
function resultWith(
  metric: MetricInfo,
  means: readonly (number | null)[],
  verdicts: readonly Comparison["verdict"][] = [],
): RunResult {
  const base = fixtureResult({ variants: means.length });
  const estimate = (mean: number | null): Estimate => ({ mean, halfWidth: 1, values: [] });
  return {
    ...base,
    metrics: [metric],
    variants: base.variants.map((variant, index) => ({ ...variant, metrics: { m: estimate(means[index] ?? null) } })),
    comparisons: verdicts.map((verdict, index) => ({
      variant: base.variants[index + 1]?.name ?? "",
      metric: "m",
      difference: 1,
      halfWidth: 0.5,
      verdict,
    })),
  };
}

describe("the unit of a column", () => {
  it("is chosen by the largest mean, one for all variants", () => {
    expect(metricColumn(resultWith(LATENCY, [900, 800]), LATENCY).unit).toBe("µs");
    expect(metricColumn(resultWith(LATENCY, [900, 41_000]), LATENCY).unit).toBe("ms");
    expect(metricColumn(resultWith(LATENCY, [900, 60_000_000]), LATENCY).unit).toBe("s");
  });

  it("stands in the header and not in the cells", () => {
    const column = metricColumn(resultWith(LATENCY, [41_000]), LATENCY);
    expect(columnTitle(column)).toBe("p99 (ms)");
    expect(cellText(column, { mean: 41_234, halfWidth: 1_260, values: [] })).toBe("41.2 ± 1.3");
    expect(cellText(column, undefined)).toBe("no sample");
  });

  it("is percent for shares and points for their differences", () => {
    const share: MetricInfo = { ...LATENCY, title: "availability", unit: "ratio" };
    const column = metricColumn(resultWith(share, [0.5]), share);
    expect(cellText(column, { mean: 0.5, halfWidth: 0.012, values: [] })).toBe("50.0 ± 1.2");
    const comparison: Comparison = { variant: "", metric: "m", difference: -0.02, halfWidth: 0.001, verdict: "worse" };
    expect(differenceText(column, comparison)).toBe("−2.00 ± 0.10 points");
  });
});

describe("the best of a column", () => {
  const name = (result: RunResult, index: number) => result.variants[index]?.name;

  it("is marked when it is shown to be better than the baseline", () => {
    const result = resultWith(LATENCY, [30, 20, 10], ["better", "better"]);
    expect(bestVariants(result, LATENCY)).toEqual([name(result, 2)]);
  });

  it("is not marked when the difference may be chance", () => {
    expect(bestVariants(resultWith(LATENCY, [30, 29], ["no difference shown"]), LATENCY)).toEqual([]);
  });

  it("may be the baseline when some candidate is worse", () => {
    const result = resultWith(LATENCY, [10, 20, 11], ["worse", "no difference shown"]);
    expect(bestVariants(result, LATENCY)).toEqual([name(result, 0)]);
  });

  it("does not exist for one variant, without samples, or where neither direction is better", () => {
    expect(bestVariants(resultWith(LATENCY, [10]), LATENCY)).toEqual([]);
    expect(bestVariants(resultWith(LATENCY, [null, null], ["no difference shown"]), LATENCY)).toEqual([]);
    const neither: MetricInfo = { ...LATENCY, better: "neither" };
    expect(bestVariants(resultWith(neither, [1, 2], ["differs"]), neither)).toEqual([]);
  });
});
