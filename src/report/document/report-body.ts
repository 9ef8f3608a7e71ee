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
import { warmUpSentence } from "../timing-sentences.ts";
import { aboutText } from "./about-text.ts";
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
  const sections = sectionsOf(result);
  return [
    element("a", { class: "skip", href: "#main" }, "Skip to the findings"),
    element(
      "header",
      {},
      element("p", { class: "run" }, runLine(result)),
      element("p", { class: "run" }, `${warmUpSentence(result)} · fingerprint ${result.fingerprint}`),
      element("h1", {}, result.scenario.name),
      ...aboutText(result.scenario.about),
      element("div", { class: "tools", id: "tools" }),
      linksTo(sections),
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
      ...sections.map(drawSection),
    ),
    element("footer", {}, element("p", {}, `fingerprint ${result.fingerprint} - reproduce: ${result.reproduce}`)),
  ];
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: readonly MarkupNode[];
}

/** The questions of the page in the order in which a reader asks them. */
function sectionsOf(result: RunResult): readonly Section[] {
  const figure = (id: string, chart: (result: RunResult, frame: Frame, theme: Theme) => Chart) =>
    chartFigure(id, (frame) => chart(result, frame, PAGE_THEME));
  const section = (id: string, title: string, ...content: readonly MarkupNode[]) => ({ id, title, content });
  const expectations = expectationContent(result);
  return [
    ...(expectations.length === 0 ? [] : [section("to-expectations", "Expectations", ...expectations)]),
    section("to-comparison", "Comparison", ...comparisonTable(result), allMetrics(result), differences(result, figure)),
    section("to-shares", "Shares of the members", shareSwitch(result)),
    section("to-availability", "Availability", ...timelines(result)),
    section("to-sessions", "Sessions", figure("sessions", sessionLoss)),
    section(
      "to-response-times",
      "Response times",
      figure("percentiles", latencyPercentiles),
      figure("distribution", latencyCdf),
      figure("response-times", latencyOverTime),
    ),
    section("to-queues", "Queues and utilisation", figure("queues", queuesOverTime)),
    ...filmSections(result),
    section("to-method", "Method and limits", ...methodSection(result)),
  ];
}

/** Only a run that was filmed can show them. */
function filmSections(result: RunResult): readonly Section[] {
  const films = filmsOf(result);
  if (films.length === 0) return [];
  return [
    {
      id: "to-status-page",
      title: "The status page through the run",
      content: statusSection(result, films),
    },
    { id: "to-explanation", title: "Why did a request go there?", content: explainSection(result, films) },
  ];
}

/** A link to every section: a table of contents, and what a keyboard skips with. */
function linksTo(sections: readonly Section[]): MarkupElement {
  return element(
    "nav",
    { "aria-label": "Sections" },
    element("ul", {}, ...sections.map(({ id, title }) => element("li", {}, element("a", { href: `#${id}` }, title)))),
  );
}

function drawSection({ id, title, content }: Section): MarkupElement {
  return element(
    "section",
    { id, "aria-labelledby": `${id}-head` },
    element("h2", { id: `${id}-head` }, title),
    ...content,
  );
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
