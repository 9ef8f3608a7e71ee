import type { RunOutcome } from "../../experiment/run-experiment.ts";
import { membersCsv, timelineCsv } from "../../report/formats/csv.ts";
import { renderHtml } from "../../report/formats/html.ts";
import { renderJson } from "../../report/formats/json.ts";
import { renderMarkdown } from "../../report/formats/markdown.ts";
import { PLAIN } from "../../report/formats/paint.ts";
import { renderText } from "../../report/formats/text.ts";
import type { Format } from "./out-target.ts";
import { type RowsContext, requestsCsv } from "./requests-csv.ts";

const FILE_WIDTH = 120;

/** What outputs are made of beside the outcome. */
export interface RenderContext extends RowsContext {
  /** The compiled script of the report page. */
  readonly pageScript: () => string;
}

/** The outcome of a run in one of the formats. */
export function renderOutput(outcome: RunOutcome, format: Format, context: RenderContext): string | Uint8Array {
  const { result } = outcome;
  switch (format) {
    case "text":
      return renderText(result, { width: FILE_WIDTH, paint: PLAIN });
    case "json":
      return renderJson(result);
    case "html":
      return renderHtml(result, context.pageScript());
    case "markdown":
      return renderMarkdown(result);
    case "timeline":
      return timelineCsv(result);
    case "members":
      return membersCsv(result);
    default:
      return requestsCsv(outcome, context);
  }
}
