import { expect, it } from "vitest";
import { latencyOverTime } from "../../../src/report/charts/latency-over-time.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { fixtureResult } from "../fixture.ts";
import { marksOf, textsOf } from "./drawing.ts";

const FRAME = { width: 960, id: "t" };

it("response times over time have a panel for each variant with a line for p50 and one for p99", () => {
  const result = fixtureResult({ variants: 3 });
  const { svg, tables } = latencyOverTime(result, FRAME, PAGE_THEME);
  expect(marksOf(svg).map((mark) => mark.attributes["data-column"])).toEqual(["2", "1", "4", "3", "6", "5"]);
  for (const { name } of result.variants) expect(textsOf(svg)).toContain(name);
  // 300 s in bins of 1 s, joined by three.
  expect(tables[0]?.rows).toHaveLength(100);
  expect(tables[0]?.columns).toHaveLength(1 + 2 * 3);
});

it("the finding about response times over time is the largest p99 and when it was", () => {
  const base = fixtureResult({ variants: 1 });
  const [variant] = base.variants;
  const p99Us = Array.from({ length: 300 }, (_, bin) => (bin === 121 ? 700_000 : 300_000));
  const result = { ...base, variants: variant ? [{ ...variant, series: { ...variant.series, p99Us } }] : [] };
  // Second 121 lies in the joined bin that starts at 120 s.
  expect(latencyOverTime(result, FRAME, PAGE_THEME).finding).toBe(
    "The largest p99 of all variants is 700 ms, 120 s after the start.",
  );
});

it("response times over time admit that there are none", () => {
  const { finding, svg } = latencyOverTime(fixtureResult({ variants: 1, silent: true }), FRAME, PAGE_THEME);
  expect(finding).toBe("No request ended, so there are no response times.");
  expect(marksOf(svg)).toHaveLength(0);
});
