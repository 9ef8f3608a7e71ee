import type { RunResult } from "../../experiment/result.ts";
import type { RunOutcome } from "../../experiment/run-experiment.ts";
import { annotationsOf, junitSuite } from "../../report/expectation-cases.ts";
import { membersCsv, timelineCsv } from "../../report/formats/csv.ts";
import { githubAnnotations } from "../../report/formats/github.ts";
import { renderHtml } from "../../report/formats/html.ts";
import { renderJson } from "../../report/formats/json-text.ts";
import { renderJunit } from "../../report/formats/junit.ts";
import { renderMarkdown } from "../../report/formats/markdown.ts";
import { PLAIN } from "../../report/formats/paint.ts";
import { renderText } from "../../report/formats/text.ts";
import type { Format } from "./out-target.ts";
import type { PictureFormat } from "./picture-files.ts";
import { type RowsContext, requestsCsv } from "./requests-csv.ts";

const FILE_WIDTH = 120;

/** What outputs are made of beside the outcome. */
export interface RenderContext extends RowsContext {
  /** The compiled script of the report page. */
  readonly pageScript: () => string;
}

/** Formats that are made of a stored result alone; the rows of single requests are not in it. */
export const STORED_FORMATS = [
  "html",
  "text",
  "markdown",
  "junit",
  "github",
  "json",
  "timeline",
  "members",
  "svg",
  "png",
] as const;
type StoredFormat = Exclude<(typeof STORED_FORMATS)[number], PictureFormat>;
/** Formats that are one file. */
export type FileFormat = Exclude<Format, PictureFormat>;

/** The outcome of a run in one of the formats. */
export function renderOutput(outcome: RunOutcome, format: FileFormat, context: RenderContext): string | Uint8Array {
  return format === "requests"
    ? requestsCsv(outcome, context)
    : renderStored(outcome.result, format, context.pageScript);
}

/** A result in one of the formats. */
export function renderStored(result: RunResult, format: StoredFormat, pageScript: () => string): string {
  switch (format) {
    case "text":
      return renderText(result, { width: FILE_WIDTH, paint: PLAIN });
    case "json":
      return renderJson(result);
    case "html":
      return renderHtml(result, pageScript());
    case "markdown":
      return renderMarkdown(result);
    case "junit":
      return renderJunit([junitSuite(result)]);
    case "github":
      return githubAnnotations(annotationsOf(result));
    case "timeline":
      return timelineCsv(result);
    case "members":
      return membersCsv(result);
  }
}
