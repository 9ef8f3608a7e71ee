import { join } from "node:path";
import type { RunOutcome } from "../../experiment/run-experiment.ts";
import type { Output } from "../host/output.ts";
import { assertWritable, type FileToWrite, writeFiles } from "../host/write-files.ts";
import { type OutTarget, STDOUT } from "./out-target.ts";
import { isPictureFormat, pictureFiles } from "./picture-files.ts";
import { type FileFormat, type RenderContext, renderOutput } from "./render-output.ts";

/** What every run leaves in its folder. */
const REPORT_FILES: readonly (readonly [name: string, format: FileFormat])[] = [
  ["result.json", "json"],
  ["timeline.csv", "timeline"],
  ["members.csv", "members"],
  ["requests.csv", "requests"],
  ["report.html", "html"],
];

const HINT = "choose another place with --report-dir DIR or --out FORMAT=FILE";

/** @throws KnownError `output-unwritable` when results could not be written: better now than after a long run. */
export function assertResultsWritable(folder: string, targets: readonly OutTarget[]): void {
  for (const [name] of REPORT_FILES) assertWritable(join(folder, name), HINT);
  for (const { format, file } of targets)
    if (isPictureFormat(format)) assertWritable(join(file, `queues.${format}`), HINT);
    else if (file !== STDOUT) assertWritable(file, HINT);
}

/**
 * Writes the files of the report and those of `--out`, all or none, and prints what goes to stdout. Answers the path of
 * the report.
 */
export function writeResults(
  outcome: RunOutcome,
  folder: string,
  targets: readonly OutTarget[],
  context: RenderContext,
  output: Output,
): string {
  const rendered = new Map<FileFormat, string | Uint8Array>();
  const inFormat = (format: FileFormat): string | Uint8Array => {
    const content = rendered.get(format) ?? renderOutput(outcome, format, context);
    rendered.set(format, content);
    return content;
  };
  const files: FileToWrite[] = REPORT_FILES.map(([name, format]) => ({
    path: join(folder, name),
    content: inFormat(format),
  }));
  for (const { format, file } of targets)
    if (isPictureFormat(format)) files.push(...pictureFiles(outcome.result, format, file));
    else if (file !== STDOUT) files.push({ path: file, content: inFormat(format) });
  writeFiles(files, HINT);
  for (const { format, file } of targets)
    if (file === STDOUT && !isPictureFormat(format)) {
      const content = inFormat(format);
      output.out(typeof content === "string" ? content : new TextDecoder().decode(content));
    }
  return join(folder, "report.html");
}
