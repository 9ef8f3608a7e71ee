import { expect, it } from "vitest";
import { chartSvg, type Frame } from "../../../src/report/charts/chart.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { chartFigure } from "../../../src/report/document/figure.ts";
import { serialise } from "../../../src/report/markup.ts";

it("a figure has its chart in two widths under different ids, its finding, and its table once", () => {
  const frames: Frame[] = [];
  const html = serialise(
    chartFigure("f", (frame) => {
      frames.push(frame);
      const words = { title: "Title", finding: "It took 3 ms." };
      const tables = [{ caption: "Numbers", columns: ["a"], rows: [["1"]] }];
      return { ...words, svg: chartSvg(frame, 10, words, PAGE_THEME), tables };
    }),
  );
  expect(frames.map(({ id }) => id)).toEqual(["f-w", "f-n"]);
  expect(frames.map(({ width }) => width <= 328)).toEqual([false, true]);
  expect(html).toContain("<figcaption><strong>Title</strong> <span>It took 3\u00a0ms.</span></figcaption>");
  expect(html.match(/<table/g)).toHaveLength(1);
});
