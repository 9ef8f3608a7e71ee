import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ProxyFamily } from "../../contract/proxy-family.ts";
import { type CompareRules, compareTrace, type Difference } from "../../drive/replay/compare-trace.ts";
import { CaseError, type RecordedCase, readCase } from "../../drive/replay/recorded-case.ts";
import { replayCase } from "../../drive/replay/replay-case.ts";
import type { Trace } from "../../drive/replay/trace.ts";
import { FAMILIES } from "../../proxies/families.ts";
import { ExitCode } from "../exit-code.ts";
import { readText } from "../host/files.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";

export interface ReplayOptions {
  readonly predict: boolean;
  readonly json: boolean;
}

interface CaseResult {
  readonly case: string;
  readonly agrees: boolean | null;
  readonly difference: Difference | null;
  readonly trace: Trace;
}

/** `lbsim replay CASE_DIR…`: drives recorded cases and compares with what the real program did. */
export function replay(folders: readonly string[], options: ReplayOptions, output: Output): number {
  const results = folders.flatMap(caseFolders).map((folder) => replayFolder(folder, options.predict));
  if (options.json) output.out(`${JSON.stringify(results, null, 1)}\n`);
  else printResults(results, options, output);
  return results.some(({ agrees }) => agrees === false) ? ExitCode.DIFFERS : ExitCode.FINE;
}

/** A folder that is a case, or all cases directly below it. */
function caseFolders(path: string): readonly string[] {
  let names: string[];
  try {
    if (!statSync(path).isDirectory())
      throw new KnownError(
        "case-unreadable",
        `${path}: is no folder`,
        "give the folder that holds case.json and proxy.conf",
      );
    names = readdirSync(path);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new KnownError(
      "case-unreadable",
      `${path}: no such folder`,
      "give the folder that holds case.json and proxy.conf",
    );
  }
  if (names.includes("case.json")) return [path];
  const below = names.filter((name) => isCase(join(path, name))).sort((a, b) => (a < b ? -1 : 1));
  if (below.length === 0)
    throw new KnownError(
      "case-unreadable",
      `${path}: holds no case.json`,
      "give the folder of a recorded case, or one that holds such folders",
    );
  return below.map((name) => join(path, name));
}

function isCase(path: string): boolean {
  try {
    return statSync(join(path, "case.json")).isFile();
  } catch {
    return false;
  }
}

function replayFolder(folder: string, predict: boolean): CaseResult {
  const script = readScript(join(folder, "case.json"));
  const recorded = readTrace(join(folder, "trace.json"), predict);
  const family = familyOf(script, folder);
  const requestBytes = (recorded?.requests ?? []).map(({ request_bytes }) => request_bytes);
  const conf = readText(join(folder, "proxy.conf"), "the proxy configuration of the case");
  const trace = replayCase(script, { conf, requestBytes }, family);
  if (predict || recorded === null) return { case: folder, agrees: null, difference: null, trace };
  const difference = compareTrace(recorded, trace, rulesOf(script, recorded));
  return { case: folder, agrees: difference === null, difference, trace };
}

function readScript(path: string): RecordedCase {
  try {
    return readCase(readText(path, "a recorded case"), path);
  } catch (error) {
    if (error instanceof CaseError)
      throw new KnownError("case-unreadable", error.message, "golden/FORMAT.md describes the keys");
    throw error;
  }
}

/** With --predict the trace may be absent or hold nothing but request_bytes. */
function readTrace(path: string, predict: boolean): Trace | null {
  let text: string;
  try {
    text = readText(path, "the recorded trace");
  } catch (error) {
    if (predict) return null;
    throw error;
  }
  try {
    const trace = JSON.parse(text) as Partial<Trace>;
    return { ...trace, requests: trace.requests ?? [] };
  } catch (error) {
    throw new KnownError(
      "case-unreadable",
      `${path}: not JSON: ${(error as Error).message}`,
      "the trace of a case is a JSON file",
    );
  }
}

function familyOf(script: RecordedCase, folder: string): ProxyFamily {
  const family = FAMILIES.find(({ name }) => name === script.proxy);
  if (family === undefined)
    throw new KnownError(
      "unknown-family",
      `${folder}: the case is about "${script.proxy}", which this version does not simulate`,
      `known: ${FAMILIES.map(({ name }) => name).join(", ")}`,
    );
  return family;
}

function rulesOf(script: RecordedCase, recorded: Trace): CompareRules {
  return {
    manager: script.compareManager,
    bytes:
      script.record.bytes ||
      recorded.requests.every((request) => request.manager !== undefined || request.request_bytes !== undefined),
    timing: script.record.timing,
    toleranceMs: script.toleranceUs / 1000,
  };
}

function printResults(results: readonly CaseResult[], options: ReplayOptions, output: Output): void {
  for (const result of results) {
    if (options.predict || result.agrees === null) {
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
