import { describe, expect, it } from "vitest";
import { comparisonIntervals } from "../../../src/report/charts/comparison-intervals.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { fixtureResult } from "../fixture.ts";
import { elementsOf, marksOf, numberOf } from "./drawing.ts";

const FRAME = { width: 960, id: "t" };

describe("the chart of differences", () => {
  const result = fixtureResult();
  const chart = comparisonIntervals(result, FRAME, PAGE_THEME);

  it("has an interval for each metric and candidate", () => {
    // Nine metrics of the short table, five candidates.
    expect(marksOf(chart.svg)).toHaveLength(9 * 5);
  });

  it("draws an interval as long as it is: twice the half-width in the scale of its panel", () => {
    const [first, second] = marksOf(chart.svg);
    const length = (mark: typeof first) => {
      const [line] = elementsOf(mark ?? null, "line");
      return numberOf(line, "x2") - numberOf(line, "x1");
    };
    const [a, b] = result.comparisons.filter(({ metric }) => metric === "throughput");
    expect(length(first) / length(second)).toBeCloseTo((a?.halfWidth ?? 0) / (b?.halfWidth ?? 1), 9);
  });

  it("says the verdict of each difference in its table", () => {
    const cells = (chart.tables[0]?.rows ?? []).flatMap(([, ...verdicts]) => verdicts);
    expect(cells).toHaveLength(45);
    for (const cell of cells) expect(cell).toMatch(/ \((better|worse|differs|no difference shown)\)$/);
  });

  it("counts the verdicts in its finding", () => {
    const counts = chart.finding.match(/\d+/g)?.map(Number) ?? [];
    expect(counts[0]).toBe(45);
    expect(counts.slice(1).reduce((sum, count) => sum + count, 0)).toBe(45);
  });

  it("draws no mark for a difference without samples", () => {
    const silent = comparisonIntervals(fixtureResult({ variants: 2, silent: true }), FRAME, PAGE_THEME);
    expect(marksOf(silent.svg)).toHaveLength(0);
    expect(silent.finding).toMatch(
      /: 0 better, 0 worse, 0 different, 0 without a shown difference, 9 without a sample\.$/,
    );
  });
});
