import type { RunResult } from "../../experiment/result.ts";
import { baselineLines } from "../baseline-words.ts";
import { expectationReason, VERDICT_WORDS } from "../expectation-words.ts";
import { bestVariants, cellText, columnTitle, shortColumns } from "../metric-column.ts";
import { precisionSentence } from "../timing-sentences.ts";
import { runLine } from "./text.ts";

/** A compact Markdown table of the comparison, for pull requests and job summaries. */
export function renderMarkdown(result: RunResult): string {
  return `${[
    `**${escapeMarkdown(runLine(result))}**`,
    "",
    ...metricsTable(result),
    ...expectationTable(result),
    ...(result.against === undefined ? [] : [...bullets(baselineLines(result, result.against)), ""]),
    ...(result.precision === undefined ? [] : [escapeMarkdown(precisionSentence(result)), ""]),
    ...result.warnings.map((warning) => `- warning: ${escapeMarkdown(warning)}`),
    ...(result.warnings.length > 0 ? [""] : []),
    `fingerprint ${result.fingerprint} - reproduce: ${codeSpan(result.reproduce)}`,
  ].join("\n")}\n`;
}

/** One row a variant, one column a metric, the best in bold; and an empty line. */
export function metricsTable(result: RunResult): readonly string[] {
  const columns = shortColumns(result);
  const best = columns.map((column) => bestVariants(result, column.metric));
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rows = result.variants.map((variant) =>
    row([
      escapeMarkdown(variant.name),
      ...columns.map((column, index) => {
        const text = cellText(column, variant.metrics[column.metric.id]);
        return best[index]?.includes(variant.name) ? `**${text} ▲**` : text;
      }),
    ]),
  );
  return [
    row(["variant", ...columns.map((column) => escapeMarkdown(columnTitle(column)))]),
    row(["---", ...columns.map(() => "---:")]),
    ...rows,
    "",
  ];
}

/** The verdicts as a table and an empty line; nothing when nothing was expected. */
export function expectationTable({ expectations = [] }: RunResult): readonly string[] {
  if (expectations.length === 0) return [];
  return [
    "| verdict | expectation | variant | measured |",
    "| --- | --- | --- | --- |",
    ...expectations.map((each) =>
      [
        "",
        ` ${VERDICT_WORDS[each.verdict]} `,
        ` ${codeSpan(each.text).replaceAll("|", "\\|")} `,
        ` ${escapeMarkdown(each.variant)} `,
        ` ${escapeMarkdown(expectationReason(each))} `,
        "",
      ].join("|"),
    ),
    "",
  ];
}

function bullets(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `- ${escapeMarkdown(line)}`);
}

/** Takes the meaning out of every character that Markdown or its HTML gives one, and folds line breaks. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|#~!]/g, (character) => `\\${character}`);
}

/** A code span fenced by more backticks than its text has in a row. */
export function codeSpan(text: string): string {
  const line = text.replace(/[\r\n]+/g, " ");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
