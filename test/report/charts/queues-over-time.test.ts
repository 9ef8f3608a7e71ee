import { expect, it } from "vitest";
import { queuesOverTime } from "../../../src/report/charts/queues-over-time.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { fixtureResult } from "../fixture.ts";
import { marksOf, textsOf } from "./drawing.ts";

const FRAME = { width: 960, id: "q" };

it("requests at the backends have a panel for each backend with a line for each variant", () => {
  const result = fixtureResult({ variants: 2, members: 3 });
  const { svg, tables } = queuesOverTime(result, FRAME, PAGE_THEME);
  expect(marksOf(svg).map((mark) => mark.attributes["data-column"])).toEqual(["1", "2", "3", "4", "5", "6"]);
  for (const name of result.backends) expect(textsOf(svg)).toContain(name);
  expect(tables[0]?.columns).toHaveLength(1 + 3 * 2);
  expect(tables[1]?.rows).toHaveLength(2);
});

it("the number at a backend is what runs and what waits", () => {
  const base = fixtureResult({ variants: 1, members: 1 });
  const [variant] = base.variants;
  const bins = Array.from({ length: 300 }, () => 0);
  const series = variant && { ...variant.series, running: [bins.map(() => 2)], waiting: [bins.map(() => 1.5)] };
  const result = { ...base, variants: variant && series ? [{ ...variant, series }] : [] };
  expect(queuesOverTime(result, FRAME, PAGE_THEME).tables[0]?.rows[0]?.[1]).toBe("3.50");
});

it("work that was never finished is not taken for none", () => {
  const base = fixtureResult({ variants: 1, members: 2 });
  const idle = { mean: 0, halfWidth: 0, values: [] };
  const variants = base.variants.map((variant) => ({
    ...variant,
    members: variant.members.map((member) => ({ ...member, utilisation: idle })),
  }));
  expect(queuesOverTime({ ...base, variants }, FRAME, PAGE_THEME).finding).toMatch(/under way .* none was finished/);
  const silent = variants.map((variant) => ({ ...variant, series: { ...variant.series, running: [[0], [0]] } }));
  expect(queuesOverTime({ ...base, variants: silent }, FRAME, PAGE_THEME).finding).toBe("No backend had any work.");
});

it("more variants than a reader can tell apart leave the baseline's line", () => {
  const { svg } = queuesOverTime(fixtureResult({ variants: 12, members: 2 }), FRAME, PAGE_THEME);
  expect(marksOf(svg)).toHaveLength(2);
});

it("of many backends the twelve with the most to do are drawn", () => {
  const { svg } = queuesOverTime(fixtureResult({ variants: 1, members: 40 }), FRAME, PAGE_THEME);
  expect(marksOf(svg)).toHaveLength(12);
});
