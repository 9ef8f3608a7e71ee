import type { SuiteEntry } from "../../experiment/suite-result.ts";
import { codeSpan, escapeMarkdown, expectationTable, metricsTable } from "./markdown.ts";
import { fingerprintDifference, suiteCount } from "./suite-text.ts";

/**
 * A suite as Markdown, for a job's summary and for a report that is committed: the same results are the same bytes, and a
 * number that moves is a line that differs.
 */
export function suiteMarkdown(entries: readonly SuiteEntry[]): string {
  return `${[`# Scenarios: ${suiteCount(entries)}`, "", ...entries.flatMap(entryLines)].join("\n").trimEnd()}\n`;
}

function entryLines(entry: SuiteEntry): readonly string[] {
  const { file, status, result, fingerprint, problem } = entry;
  const about = result?.scenario.about.split("\n")[0] ?? "";
  const difference = fingerprintDifference(entry);
  const recorded =
    fingerprint === null ? [] : [difference === "" ? `fingerprint ${fingerprint.now}` : escapeMarkdown(difference), ""];
  return [
    `## ${status} ${escapeMarkdown(file)}`,
    "",
    ...(about === "" ? [] : [escapeMarkdown(about), ""]),
    ...(problem === "" ? [] : ["```text", ...problem.replaceAll("```", "'''").split("\n"), "```", ""]),
    ...(result === null ? [] : [...expectationTable(result), ...metricsTable(result)]),
    ...(result === null ? [] : [`fingerprint ${result.fingerprint} - reproduce: ${codeSpan(result.reproduce)}`, ""]),
    ...recorded,
  ];
}
