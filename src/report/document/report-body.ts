import type { RunResult } from "../../experiment/result.ts";
import { availabilityTimeline } from "../charts/availability-timeline.ts";
import type { Chart, Frame } from "../charts/chart.ts";
import { comparisonIntervals } from "../charts/comparison-intervals.ts";
import { latencyCdf } from "../charts/latency-cdf.ts";
import { latencyOverTime } from "../charts/latency-over-time.ts";
import { latencyPercentiles } from "../charts/latency-percentiles.ts";
import { queuesOverTime } from "../charts/queues-over-time.ts";
import { sessionLoss } from "../charts/session-loss.ts";
import { SHARE_MEASURES, SHARE_NAMES, shareVsLoadfactor } from "../charts/share-vs-loadfactor.ts";
import { PAGE_THEME, type Theme } from "../charts/theme.ts";
import { filmsOf } from "../films.ts";
import { runLine } from "../formats/text.ts";
import { element, type MarkupElement, type MarkupNode } from "../markup.ts";
import { allMetricsTable, comparisonTable } from "./comparison-table.ts";
import { expectationContent } from "./expectation-section.ts";
import { explainSection } from "./explain-section.ts";
import { chartFigure } from "./figure.ts";
import { headlines } from "./headline.ts";
import { keepTogether } from "./keep-together.ts";
import { methodSection } from "./method.ts";
import { statusSection } from "./status-section.ts";

/** Timelines that stand open; those of further variants are folded away. */
const OPEN_TIMELINES = 6;

/** Everything that a reader sees, top to bottom. */
export function reportBody(result: RunResult): readonly MarkupElement[] {
  const figure = (id: string, chart: (result: RunResult, frame: Frame, theme: Theme) => Chart) =>
    chartFigure(id, (frame) => chart(result, frame, PAGE_THEME));
  return [
    element("a", { class: "skip", href: "#main" }, "Skip to the findings"),
    element(
      "header",
      {},
      element("p", { class: "run" }, runLine(result)),
      element("h1", {}, result.scenario.name),
      result.scenario.about === "" ? null : element("p", {}, result.scenario.about),
      element("div", { class: "tools", id: "tools" }),
    ),
    element(
      "main",
      { id: "main" },
      element(
        "ul",
        { class: "headlines" },
        ...headlines(result).map((sentence) => element("li", {}, keepTogether(sentence))),
      ),
      warningList(result),
      ...expectationSection(result),
      section("Comparison", ...comparisonTable(result), allMetrics(result), differences(result, figure)),
      section("Shares of the members", shareSwitch(result)),
      section("Availability", ...timelines(result)),
      section("Sessions", figure("sessions", sessionLoss)),
      section(
        "Response times",
        figure("percentiles", latencyPercentiles),
        figure("distribution", latencyCdf),
        figure("response-times", latencyOverTime),
      ),
      section("Queues and utilisation", figure("queues", queuesOverTime)),
      ...filmSections(result),
      section("Method and limits", ...methodSection(result)),
    ),
    element("footer", {}, element("p", {}, `fingerprint ${result.fingerprint} - reproduce: ${result.reproduce}`)),
  ];
}

/** Only a run that was filmed can show them. */
function filmSections(result: RunResult): readonly MarkupElement[] {
  const films = filmsOf(result);
  if (films.length === 0) return [];
  return [
    section("The status page through the run", ...statusSection(result, films)),
    section("Why did a request go there?", ...explainSection(result, films)),
  ];
}

function expectationSection(result: RunResult): readonly MarkupElement[] {
  const content = expectationContent(result);
  return content.length === 0 ? [] : [section("Expectations", ...content)];
}

function section(title: string, ...content: readonly MarkupNode[]): MarkupElement {
  return element("section", {}, element("h2", {}, title), ...content);
}

function warningList(result: RunResult): MarkupNode {
  const items = result.warnings.map((warning) => element("li", {}, `Warning: ${warning}`));
  return items.length === 0 ? null : element("ul", { class: "headlines warnings" }, ...items);
}

function allMetrics(result: RunResult): MarkupElement {
  return element("details", {}, element("summary", {}, "All metrics"), allMetricsTable(result));
}

function differences(
  result: RunResult,
  figure: (id: string, chart: typeof comparisonIntervals) => MarkupElement,
): MarkupNode {
  return result.comparisons.length === 0 ? null : figure("differences", comparisonIntervals);
}

/** All three shares under each other; the script turns them into one with a switch. */
function shareSwitch(result: RunResult): MarkupElement {
  return element(
    "div",
    { class: "switch", id: "shares" },
    ...SHARE_MEASURES.map((measure) =>
      element(
        "div",
        { "data-name": SHARE_NAMES[measure] },
        chartFigure(`share-${measure}`, (frame) => shareVsLoadfactor(result, measure, frame, PAGE_THEME)),
      ),
    ),
  );
}

function timelines(result: RunResult): readonly MarkupElement[] {
  const figures = result.variants.map((variant, index) =>
    chartFigure(`timeline-${index}`, (frame) => availabilityTimeline(result, variant, frame, PAGE_THEME)),
  );
  const folded = figures.slice(OPEN_TIMELINES);
  return [
    ...figures.slice(0, OPEN_TIMELINES),
    ...(folded.length === 0
      ? []
      : [element("details", {}, element("summary", {}, `${folded.length} more variants`), ...folded)]),
  ];
}
