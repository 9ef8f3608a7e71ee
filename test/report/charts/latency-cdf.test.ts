import { describe, expect, it } from "vitest";
import type { RunResult } from "../../../src/experiment/result.ts";
import { latencyCdf } from "../../../src/report/charts/latency-cdf.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { fixtureResult } from "../fixture.ts";
import { marksOf, textsOf } from "./drawing.ts";

const FRAME = { width: 960, id: "t" };

function withCells(cells: readonly (readonly [number, number])[]): RunResult {
  const base = fixtureResult({ variants: 1 });
  return { ...base, variants: base.variants.map((one) => ({ ...one, latency: { cells, quantiles: [] } })) };
}

describe("the distribution of response times", () => {
  it("counts a cell when its upper bound is reached", () => {
    // 1 of 4 within 10 ms, 3 of 4 within 20 ms (the cell of 15 ms), all within 200 ms.
    const { tables } = latencyCdf(
      withCells([
        [10_000, 1],
        [15_000, 2],
        [200_000, 1],
      ]),
      FRAME,
      PAGE_THEME,
    );
    const rows = Object.fromEntries((tables[0]?.rows ?? []).map(([within = "", share = ""]) => [within, share]));
    expect(rows["7 ms"]).toBe("0 %");
    expect(rows["10 ms"]).toBe("25 %");
    expect(rows["15 ms"]).toBe("75 %");
    expect(rows["150 ms"]).toBe("75 %");
    expect(rows["200 ms"]).toBe("100 %");
    expect(Object.keys(rows).at(-1)).toBe("200 ms");
  });

  it("draws one line for each variant and names it at its end", () => {
    const result = fixtureResult();
    const { svg } = latencyCdf(result, FRAME, PAGE_THEME);
    expect(marksOf(svg)).toHaveLength(6);
    for (const { name } of result.variants) expect(textsOf(svg)).toContain(name);
  });

  it("draws no line and writes dashes when no request ended", () => {
    const { svg, tables } = latencyCdf(fixtureResult({ variants: 1, silent: true }), FRAME, PAGE_THEME);
    expect(marksOf(svg)).toHaveLength(0);
    expect(tables[0]?.rows.every(([, share]) => share === "–")).toBe(true);
  });
});
