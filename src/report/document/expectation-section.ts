import type { RunResult } from "../../experiment/result.ts";
import { baselineLines } from "../baseline-words.ts";
import { expectationReason, VERDICT_WORDS, verdictCount } from "../expectation-words.ts";
import { element, type MarkupElement } from "../markup.ts";
import { dataTable } from "./data-table.ts";

/** What was expected and what came of it; nothing when nothing was. */
export function expectationContent(result: RunResult): readonly MarkupElement[] {
  const { expectations = [], against } = result;
  const rows = expectations.map((each) => [
    VERDICT_WORDS[each.verdict],
    each.text,
    each.variant,
    expectationReason(each),
  ]);
  return [
    ...(rows.length === 0
      ? []
      : [
          dataTable({
            caption: `Expectations: ${verdictCount(expectations)}`,
            columns: ["verdict", "expectation", "variant", "measured"],
            rows,
          }),
        ]),
    ...(against === undefined
      ? []
      : [element("ul", {}, ...baselineLines(result, against).map((line) => element("li", {}, line)))]),
  ];
}
