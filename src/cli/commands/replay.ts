import type { Difference } from "../../drive/replay/compare-trace.ts";
import { compareTrace } from "../../drive/replay/compare-trace.ts";
import { replayCase } from "../../drive/replay/replay-case.ts";
import type { Trace } from "../../drive/replay/trace.ts";
import { InvariantError } from "../../engine/invariant.ts";
import { caseFolders, type LoadedCase, loadCase } from "../cases/load-case.ts";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";
import { knownErrorInWords } from "../report-error.ts";

export interface ReplayOptions {
  readonly predict: boolean;
  readonly json: boolean;
}

interface CaseResult {
  /** Path as given, or below the folder that was given. */
  readonly case: string;
  /** Null when nothing was compared. */
  readonly agrees: boolean | null;
  readonly difference: Difference | null;
  readonly trace: Trace;
}

/** `lbsim replay CASE_DIR…`: drives recorded cases and compares with what the real program did. */
export function replay(paths: readonly string[], options: ReplayOptions, output: Output): number {
  const errors: KnownError[] = [];
  const attempt = <T>(work: () => T): readonly T[] => {
    try {
      return [work()];
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      errors.push(error);
      return [];
    }
  };
  const folders = paths.flatMap((path) => attempt(() => caseFolders(path)).flat());
  const results = folders.flatMap((folder) => attempt(() => replayFolder(folder, options.predict)));
  if (options.json) output.out(`${JSON.stringify(results, null, 1)}\n`);
  else if (results.length > 0) printResults(results, options, output);
  for (const error of errors) output.fail(knownErrorInWords(error, output));
  if (errors.length > 0) return ExitCode.UNUSABLE;
  return results.some(({ agrees }) => agrees === false) ? ExitCode.DIFFERS : ExitCode.FINE;
}

function replayFolder(folder: string, predict: boolean): CaseResult {
  const loaded = loadCase(folder, predict);
  const trace = traceOf(loaded);
  if (predict || loaded.recorded === null) return { case: folder, agrees: null, difference: null, trace };
  const { script, recorded } = loaded;
  const difference = compareTrace(recorded, trace, {
    manager: script.compareManager,
    bytes:
      script.record.bytes ||
      recorded.requests.every((request) => request.manager !== undefined || request.request_bytes !== undefined),
    timing: script.record.timing,
    toleranceMs: script.toleranceUs / 1000,
  });
  return { case: folder, agrees: difference === null, difference, trace };
}

/** The driver promises itself that a case ends; a script that does not is the script's fault. */
function traceOf({ folder, script, conf, requestBytes, family }: LoadedCase): Trace {
  try {
    return replayCase(script, { conf, requestBytes }, family);
  } catch (error) {
    if (!(error instanceof InvariantError) || !error.message.includes("within an hour")) throw error;
    throw new KnownError(
      "case-unreadable",
      `${folder}: the case does not end within an hour of simulated time`,
      "requests need an end: check at_ms, client_timeout_ms and hold_ms",
    );
  }
}

function printResults(results: readonly CaseResult[], options: ReplayOptions, output: Output): void {
  for (const result of results) {
    if (result.agrees === null) {
      output.out(`${JSON.stringify(result.trace)}\n`);
      continue;
    }
    output.out(`${result.agrees ? output.paint.good("ok     ") : output.paint.bad("differs")} ${result.case}\n`);
    if (result.difference !== null) output.out(`        ${inWords(result.difference)}\n`);
  }
  if (options.predict) return;
  const differing = results.filter(({ agrees }) => agrees === false).length;
  output.out(`${results.length - differing} agree, ${differing} differ\n`);
}

function inWords({ request, what, recorded, replayed }: Difference): string {
  const where = request === null ? "" : `request ${request}: `;
  return `${where}${what} was ${JSON.stringify(recorded)} in life, here ${JSON.stringify(replayed)}`;
}
