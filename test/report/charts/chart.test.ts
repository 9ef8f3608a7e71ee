import { expect, it } from "vitest";
import { chartSvg } from "../../../src/report/charts/chart.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { serialise } from "../../../src/report/markup.ts";

it("a chart is one picture with a name and a description, in whole pixels", () => {
  const svg = chartSvg({ width: 300, id: "c" }, 99.2, { title: "A & B", finding: "A < B" }, PAGE_THEME);
  expect(serialise(svg)).toBe(
    '<svg class="chart" role="img" aria-labelledby="c-title c-desc" viewBox="0 0 300 100" width="300" height="100" ' +
      'font-size="12" fill="var(--ink)"><title id="c-title">A &amp; B</title><desc id="c-desc">A &lt; B</desc></svg>',
  );
});
