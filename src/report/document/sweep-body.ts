import type { MetricInfo } from "../../experiment/result.ts";
import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { sweepHeatMap } from "../charts/sweep-heat-map.ts";
import { sweepKnee } from "../charts/sweep-knee.ts";
import { PAGE_THEME } from "../charts/theme.ts";
import { element, type MarkupElement, type MarkupNode } from "../markup.ts";
import { wordsAsVariants } from "../sweep-series.ts";
import { kneeSlices } from "../sweep-slices.ts";
import { sweepLine, sweepTable } from "../sweep-summary.ts";
import { dataTable } from "./data-table.ts";
import { chartFigure } from "./figure.ts";

/** Knees that are drawn; the rest is in the table and in the files. */
const MOST_KNEES = 6;
/** What a heat map is drawn of. */
const HEAT_METRICS = ["response_p95", "availability"];

/** The page of a sweep, top to bottom. */
export function sweepBody(result: SweepResult): readonly MarkupElement[] {
  const drawn = wordsAsVariants(result);
  const slices = kneeSlices(drawn);
  const knees = slices
    .slice(0, MOST_KNEES)
    .map((slice, i) => chartFigure(`knee-${i}`, (frame) => sweepKnee(drawn, slice, frame, PAGE_THEME)));
  return [
    element("a", { class: "skip", href: "#main" }, "Skip to the findings"),
    element(
      "header",
      {},
      element("p", { class: "run" }, sweepLine(result)),
      element("h1", {}, `${result.scenario.name}: sweep`),
      result.scenario.about === "" ? null : element("p", {}, result.scenario.about),
    ),
    element(
      "main",
      { id: "main" },
      result.interrupted
        ? element("p", { class: "note" }, "Interrupted: only the points that were finished are shown.")
        : null,
      knees.length === 0 ? null : section("Where it bends", ...knees, moreKnees(slices.length - MOST_KNEES)),
      ...heatMaps(drawn),
      section("All points", dataTable(sweepTable(result))),
    ),
    element("footer", {}, element("p", {}, `fingerprint ${result.fingerprint} - reproduce: ${result.reproduce}`)),
  ];
}

function section(title: string, ...content: readonly MarkupNode[]): MarkupElement {
  return element("section", {}, element("h2", {}, title), ...content);
}

function moreKnees(more: number): MarkupNode {
  return more <= 0
    ? null
    : element("p", { class: "note" }, `${more} more combinations are in the table and the files.`);
}

function heatMaps(result: SweepResult): readonly MarkupElement[] {
  if (result.design !== "full" || result.axes.length < 2) return [];
  const metrics = result.metrics.filter(({ id }) => HEAT_METRICS.includes(id));
  const figures = metrics.map((metric: MetricInfo) =>
    chartFigure(`heat-${metric.id}`, (frame) =>
      sweepHeatMap(result, { across: 0, down: 1 }, metric, frame, PAGE_THEME),
    ),
  );
  return [section("Two axes at once", ...figures)];
}
