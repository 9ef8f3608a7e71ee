import type { Chart, Frame } from "../charts/chart.ts";
import { compactDrawing } from "../charts/compact-drawing.ts";
import { element, type MarkupElement } from "../markup.ts";
import { dataTable } from "./data-table.ts";
import { keepTogether } from "./keep-together.ts";

/** Widths in pixels at which every chart is drawn: texts keep their size, so a phone needs a drawing of its own. */
const WIDE = 960;
const NARROW = 328;

/**
 * A figure: what the chart shows in words, the chart in two widths of which the page shows one, and its tables. `id` must
 * be unique on the page.
 */
export function chartFigure(id: string, draw: (frame: Frame) => Chart): MarkupElement {
  const wide = draw({ width: WIDE, id: `${id}-w` });
  const narrow = draw({ width: NARROW, id: `${id}-n` });
  return element(
    "figure",
    { id, class: "figure" },
    element("figcaption", {}, element("strong", {}, wide.title), " ", element("span", {}, keepTogether(wide.finding))),
    element("div", { class: "plot wide" }, compactDrawing(wide.svg)),
    element("div", { class: "plot narrow" }, compactDrawing(narrow.svg)),
    element("details", {}, element("summary", {}, "Show as table"), ...wide.tables.map(dataTable)),
  );
}
