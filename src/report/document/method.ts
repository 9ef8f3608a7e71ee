import type { RunResult } from "../../experiment/result.ts";
import type { DataTable } from "../charts/chart.ts";
import { faultSentence } from "../fault-sentence.ts";
import { type Attributes, element, type MarkupElement, type MarkupNode } from "../markup.ts";
import { columnTitle, shortColumns } from "../metric-column.ts";
import { formatDuration, formatEstimate, formatNumber, NO_SAMPLE } from "../number-format.ts";
import { passedOverList } from "../passed-over.ts";
import { intervalSentence, precisionSentence } from "../timing-sentences.ts";
import { dataTable } from "./data-table.ts";

const MOST_REPLICATION_ROWS = 200;

/** How the numbers came about, what they mean, and what was left out: enough to doubt them and to make them again. */
export function methodSection(result: RunResult): readonly MarkupElement[] {
  return [
    runFacts(result),
    ...variantFacts(result),
    part("Faults", list(result.faults.map((fault) => faultSentence(result, fault)))),
    part("Assumed because nobody wrote it", assumptionTable(result)),
    part("Problems found in the configuration", list(problemList(result))),
    part("Directives passed over", list(passedOverList(result))),
    part("How requests ended", dataTable(outcomeTable(result))),
    part("Each replication by itself", replicationTable(result), { class: "long" }),
    part("What each metric means", dataTable(definitionTable(result))),
  ].filter((section) => section !== null);
}

function runFacts(result: RunResult): MarkupElement {
  const { timing } = result;
  const warmUp =
    timing.warmUpFrom === "none"
      ? "none"
      : `${formatDuration(timing.warmUpUs)}, ${timing.warmUpFrom === "given" ? "given in the scenario" : "found by MSER-5 on the fault-free baseline, the same for all variants"}`;
  const facts: readonly (readonly [string, string])[] = [
    ["scenario", `${result.scenario.file} (${result.scenario.hash})`],
    ["lbsim", result.lbsim],
    ["seed", String(result.seed)],
    ["replications", `${result.replications}${result.interrupted ? ", interrupted before all were done" : ""}`],
    ["intervals", intervalSentence(result)],
    ...(result.precision === undefined ? [] : [["precision", precisionSentence(result)] as const]),
    ["warm-up", warmUp],
    ["observed", formatDuration(timing.durationUs)],
    ["drain", `up to ${formatDuration(timing.drainUs)} after the last arrival`],
    [
      "response times",
      "counted from the intended start of the first try, so nothing that waits to be sent is left out",
    ],
    ["fingerprint", result.fingerprint],
  ];
  return element(
    "dl",
    { class: "facts" },
    ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
    element("dt", {}, "reproduce"),
    element("dd", {}, element("code", { id: "reproduce" }, result.reproduce)),
  );
}

function variantFacts(result: RunResult): readonly (MarkupElement | null)[] {
  const columns = ["variant", "proxy", "file", "settings", "fingerprint"];
  const rows = result.variants.map(({ name, proxy, settings, fingerprint }) => [
    name,
    `${proxy.family} ${proxy.version}, behaviour revision ${proxy.behaviourRevision}`,
    `${proxy.file} (${proxy.hash})`,
    settings.map(({ key, value }) => `${key}=${value}`).join(", "),
    fingerprint,
  ]);
  const diffs = result.variants
    .filter(({ proxy }) => proxy.diff !== "")
    .map(({ name, proxy }) =>
      element("div", {}, element("p", {}, name), element("pre", { tabindex: "0" }, proxy.diff)),
    );
  return [
    part("Variants", dataTable({ caption: "Variants", columns, rows })),
    diffs.length === 0 ? null : part("Changes to the configuration", element("div", {}, ...diffs)),
  ];
}

/** A part that opens on demand; nothing when there is nothing in it. */
function part(title: string, content: MarkupNode, attributes: Attributes = {}): MarkupElement | null {
  return content === null ? null : element("details", attributes, element("summary", {}, title), content);
}

function list(lines: readonly string[]): MarkupNode {
  return lines.length === 0 ? null : element("ul", {}, ...lines.map((line) => element("li", {}, line)));
}

function assumptionTable(result: RunResult): MarkupNode {
  if (result.assumptions.length === 0) return null;
  const rows = result.assumptions.map(({ key, value, from }) => [key, value, from]);
  return dataTable({ caption: "Assumptions", columns: ["setting", "value", "from"], rows });
}

function problemList(result: RunResult): readonly string[] {
  const lines = result.variants.flatMap(({ problems }) =>
    problems.map(({ severity, code, message, file, line }) => `${file}:${line} ${severity} ${code}: ${message}`),
  );
  return [...new Set(lines)];
}

function outcomeTable(result: RunResult): DataTable {
  const outcomes = [...new Set(result.variants.flatMap((variant) => variant.outcomes.map(({ outcome }) => outcome)))];
  return {
    caption: "Requests by outcome, mean of a replication",
    columns: ["variant", ...outcomes],
    rows: result.variants.map((variant) => [
      variant.name,
      ...outcomes.map((outcome) => {
        const requests = variant.outcomes.find((one) => one.outcome === outcome)?.requests;
        return requests === undefined ? "0" : formatEstimate(requests.mean, requests.halfWidth);
      }),
    ]),
  };
}

/** What the means are means of, the first rows of it: whether one replication stands out is seen at a glance. */
function replicationTable(result: RunResult): MarkupNode {
  if (result.replications < 2) return null;
  const columns = shortColumns(result);
  const rows = result.variants.flatMap(({ name, metrics }) =>
    Array.from({ length: result.replications }, (_, r) => [
      `${name}, ${r}`,
      ...columns.map(({ metric, divisor }) => {
        const value = metrics[metric.id]?.values[r] ?? null;
        return value === null ? NO_SAMPLE : formatNumber(value / divisor);
      }),
    ]),
  );
  const rest = rows.length - MOST_REPLICATION_ROWS;
  const more = rest > 0 ? `; ${rest} more rows are in the data` : "";
  return dataTable({
    caption: `Metrics of each replication${more}`,
    columns: ["variant, replication", ...columns.map(columnTitle)],
    rows: rows.slice(0, MOST_REPLICATION_ROWS),
  });
}

function definitionTable(result: RunResult): DataTable {
  return {
    caption: "Metrics",
    columns: ["metric", "better", "definition"],
    rows: result.metrics.map(({ title, better, definition }) => [title, better, definition]),
  };
}
