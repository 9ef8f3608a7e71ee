import { describe, expect, it } from "vitest";
import { latencyPercentiles } from "../../../src/report/charts/latency-percentiles.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { fixtureResult } from "../fixture.ts";
import { elementsOf, marksOf, numberOf, textsOf } from "./drawing.ts";

const FRAME = { width: 960, id: "t" };

describe("the percentiles of response times", () => {
  const result = fixtureResult({ variants: 2 });
  const { svg, tables } = latencyPercentiles(result, FRAME, PAGE_THEME);

  it("give each nine of the tail the same room", () => {
    const x = (text: string) =>
      numberOf(
        elementsOf(svg, "text").find((one) => one.children[0] === text),
        "x",
      );
    // 90 %, 99 % and 99.9 % are 1/(1−p) = 10, 100 and 1000.
    expect(x("99 %") - x("90 %")).toBeCloseTo(x("99.9 %") - x("99 %"), 6);
  });

  it("show what was expected of the whole run as lines across the plot, inside it", () => {
    const expectation = (text: string, bound: number) => ({
      ...{ text, bound, variant: "a", verdict: "pass" as const, basis: "interval" as const, unit: "µs" as const },
      ...{ value: 1, halfWidth: 1, replications: 2, samples: 2, broken: [], rateBelow: null, units: null },
      ...{ file: "shop.yaml", line: 1 },
    });
    const expectations = [
      expectation("p(99) < 60s variant a", 60_000_000),
      expectation("p(99) < 60s variant b", 60_000_000),
      expectation("p(95) < 300ms during crash", 300_000),
    ];
    const chart = latencyPercentiles({ ...result, expectations }, FRAME, PAGE_THEME).svg;
    expect(textsOf(chart).filter((text) => text.startsWith("expected"))).toEqual(["expected: p(99) < 60s"]);
    const lines = elementsOf(chart, "line").filter((line) => line.attributes["stroke-dasharray"] === "6 4");
    expect(lines).toHaveLength(1);
    // The axis goes up to it, which no measured percentile does.
    expect(textsOf(chart)).toContain("30 s");
    expect(numberOf(lines[0], "y1")).toBeGreaterThanOrEqual(20);
  });

  it("have a line and a ribbon for each variant", () => {
    expect(marksOf(svg)).toHaveLength(2);
    expect(elementsOf(svg, "path").filter((path) => path.attributes["fill-opacity"] === "0.14")).toHaveLength(2);
  });

  it("stand in the table with their intervals", () => {
    expect(tables[0]?.rows.map(([percentile]) => percentile)).toEqual([
      ...["50 %", "75 %", "90 %", "95 %", "99 %", "99.5 %", "99.9 %"],
    ]);
    expect(tables[0]?.rows[4]?.[1]).toMatch(/^\d+ ms ± [\d.]+ ms$/);
  });

  it("are missing without breaking the chart when no request ended", () => {
    const silent = latencyPercentiles(fixtureResult({ variants: 2, silent: true }), FRAME, PAGE_THEME);
    expect(marksOf(silent.svg)).toHaveLength(0);
    expect(textsOf(silent.svg)).toContain("99 %");
  });
});
