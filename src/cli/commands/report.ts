import { basename, dirname, join } from "node:path";
import { CombineError, combineResults } from "../../experiment/combine-results.ts";
import type { RunResult } from "../../experiment/result.ts";
import { ExitCode } from "../exit-code.ts";
import type { CommandHost } from "../host/command-host.ts";
import type { Output } from "../host/output.ts";
import { assertWritable, type FileToWrite, writeFiles } from "../host/write-files.ts";
import { KnownError } from "../known-error.ts";
import { parseOutTargets, STDOUT } from "../outputs/out-target.ts";
import { isPictureFormat, pictureFiles } from "../outputs/picture-files.ts";
import { renderStored, STORED_FORMATS } from "../outputs/render-output.ts";
import { readResult } from "../read-result.ts";

const HINT = "choose another place with --out FORMAT=FILE";

/** `lbsim report RESULT…`: renders stored results again, several as one comparison. */
export function report(files: readonly string[], out: readonly string[], host: CommandHost, output: Output): number {
  const targets = parseOutTargets(out, false, STORED_FORMATS);
  const wanted =
    targets.length === 0 ? [{ format: "html" as const, file: join(dirname(files[0] ?? ""), "report.html") }] : targets;
  for (const { format, file } of wanted) if (file !== STDOUT && !isPictureFormat(format)) assertWritable(file, HINT);
  const result = combined(files);
  const written = wanted.flatMap(({ format, file }): readonly FileToWrite[] =>
    isPictureFormat(format)
      ? pictureFiles(result, format, file)
      : [{ path: file, content: renderStored(result, format, host.pageScript) }],
  );
  writeFiles(
    written.filter(({ path }) => path !== STDOUT),
    HINT,
  );
  for (const { path, content } of written)
    if (path === STDOUT) output.out(String(content));
    else output.err(`written: ${path}\n`);
  return ExitCode.FINE;
}

function combined(files: readonly string[]): RunResult {
  const names = namesOf(files);
  try {
    return combineResults(files.map((file, i) => ({ name: names[i] ?? file, result: readResult(file) })));
  } catch (error) {
    if (!(error instanceof CombineError)) throw error;
    throw new KnownError("results-differ", error.message, "give results of one scenario, or render each by itself");
  }
}

/** What tells the files apart: their own names, or their folders' where those are the same. */
function namesOf(files: readonly string[]): readonly string[] {
  const own = files.map((file) => basename(file).replace(/\.json$/, ""));
  if (new Set(own).size === files.length) return own;
  const folders = files.map((file) => basename(dirname(file)));
  return new Set(folders).size === files.length ? folders : files;
}
