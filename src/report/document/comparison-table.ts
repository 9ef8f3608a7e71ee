import type { RunResult, VariantResult } from "../../experiment/result.ts";
import { element, type MarkupElement, type MarkupNode } from "../markup.ts";
import {
  bestVariants,
  cellText,
  columnTitle,
  comparisonOf,
  differenceText,
  type MetricColumn,
  metricColumn,
  type ShownComparison,
  tableColumns,
} from "../metric-column.ts";
import { estimateParts, formatNumber } from "../number-format.ts";

/** The columns of the page's table, in order. */
const PAGE_COLUMNS = [
  "throughput",
  "availability",
  "response_p50",
  "response_p95",
  "response_p99",
  "sessions_lost_share",
  "sessions_lost",
  "sessions_doomed",
  "sessions_interrupted",
  "share_error",
];

/** A second channel beside the colour of a verdict, the same signs as in the chart of differences. */
const VERDICT_SIGNS: Readonly<Record<ShownComparison["verdict"], string>> = {
  better: "▲",
  worse: "▼",
  differs: "◆",
  "no difference shown": "○",
  "no sample": "–",
};

/** Rows = variants, columns = metrics; each cell an estimate, its interval, and the paired verdict against the baseline. */
export function comparisonTable(result: RunResult): readonly MarkupElement[] {
  const columns = tableColumns(result, PAGE_COLUMNS);
  const best = columns.map((column) => bestVariants(result, column.metric));
  const head = columns.map((column) =>
    element("th", { scope: "col", title: column.metric.definition }, columnTitle(column)),
  );
  const rows = result.variants.map((variant) =>
    element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        variant.name,
        variant.name === result.baseline && result.variants.length > 1
          ? element("span", { class: "note" }, "baseline")
          : null,
      ),
      ...columns.map((column, index) => cell(result, variant, column, best[index]?.includes(variant.name) === true)),
    ),
  );
  const from = result.batches === undefined ? "" : ` from ${result.batches.count} batch means`;
  const caption = `Mean of ${result.replications} replication${result.replications === 1 ? "" : "s"} ± half-width of its ${Math.round(result.level * 100)} % interval${from}`;
  const table = element(
    "div",
    { class: "scroll bleed", role: "group", tabindex: "0", "aria-label": "Comparison of variants" },
    element(
      "table",
      { id: "comparison", class: "comparison" },
      element("caption", { class: "hidden" }, "Comparison of variants"),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "variant"), ...head)),
      element("tbody", {}, ...rows),
    ),
  );
  return [element("p", { class: "note" }, caption + legend(result)), table];
}

function legend(result: RunResult): string {
  if (result.comparisons.length === 0) return ".";
  return result.replications === 1
    ? `. One replication gives the differences from ${result.baseline} no interval, so none can be shown.`
    : `; verdicts are paired with ${result.baseline}. Bold: best of its column, and shown to differ from the baseline.`;
}

function cell(result: RunResult, variant: VariantResult, column: MetricColumn, isBest: boolean): MarkupElement {
  const estimate = variant.metrics[column.metric.id];
  const mean = estimate?.mean ?? null;
  if (mean === null) return element("td", {}, element("span", { class: "note" }, cellText(column, estimate)));
  const halfWidth = estimate?.halfWidth ?? null;
  const [value, spread] =
    halfWidth === null
      ? [formatNumber(mean / column.divisor), null]
      : estimateParts(mean / column.divisor, halfWidth / column.divisor);
  const comparison = comparisonOf(result, variant.name, column.metric.id);
  return element(
    "td",
    { "data-value": String(mean) },
    element(isBest ? "b" : "span", {}, isBest ? `▲ ${value}` : value),
    spread === null ? null : element("span", { class: "note" }, `± ${spread}`),
    comparison === undefined ? null : verdictBadge(comparison, column),
  );
}

/** The verdict in a word, with the difference as its title. */
function verdictBadge(comparison: ShownComparison, column: MetricColumn): MarkupNode {
  const { verdict } = comparison;
  const kind = verdict === "no difference shown" || verdict === "no sample" ? "none" : verdict;
  const words = verdict === "no sample" ? "baseline has no sample" : verdict;
  return element(
    "span",
    { class: `verdict ${kind}`, title: differenceText(column, comparison) },
    `${VERDICT_SIGNS[verdict]} ${words}`,
  );
}

/** Every metric of every variant, for readers who want all of them: rows = metrics. */
export function allMetricsTable(result: RunResult): MarkupElement {
  const rows = result.metrics.map((metric) => {
    const column = metricColumn(result, metric);
    return element(
      "tr",
      {},
      element("th", { scope: "row", title: metric.definition }, columnTitle(column)),
      ...result.variants.map((variant) => {
        const { mean = null, halfWidth = null } = variant.metrics[metric.id] ?? {};
        const text = mean === null ? ["no sample"] : parts(mean / column.divisor, halfWidth, column.divisor);
        return element("td", {}, text.join(" ± "));
      }),
    );
  });
  const names = result.variants.map(({ name }) => element("th", { scope: "col" }, name));
  return element(
    "div",
    { class: "scroll", role: "group", tabindex: "0", "aria-label": "All metrics" },
    element(
      "table",
      { class: "data" },
      element("caption", {}, "All metrics"),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "metric"), ...names)),
      element("tbody", {}, ...rows),
    ),
  );
}

function parts(mean: number, halfWidth: number | null, divisor: number): readonly string[] {
  return halfWidth === null ? [formatNumber(mean)] : estimateParts(mean, halfWidth / divisor);
}
