import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ProxyFamily } from "../../contract/proxy-family.ts";
import { checkCase } from "../../drive/replay/check-case.ts";
import { CaseError, type RecordedCase, readCase } from "../../drive/replay/recorded-case.ts";
import type { Trace } from "../../drive/replay/trace.ts";
import { FAMILIES } from "../../proxies/families.ts";
import { readText } from "../host/read-text.ts";
import { reasonOf } from "../host/reason-of.ts";
import { KnownError } from "../known-error.ts";
import { parseJson } from "./parse-json.ts";
import { readTrace } from "./read-trace.ts";

/** A recorded case, ready to be driven. */
export interface LoadedCase {
  readonly folder: string;
  readonly script: RecordedCase;
  readonly conf: string;
  readonly family: ProxyFamily;
  /** Null when nothing is to be compared and nothing is there. */
  readonly recorded: Trace | null;
  readonly requestBytes: readonly (readonly number[] | undefined)[];
}

const HINT = "give the folder of a recorded case (case.json, proxy.conf, trace.json), or one that holds such folders";

/**
 * A folder that is a case, or all cases directly below it, by name.
 * @throws KnownError `case-unreadable` when there is none.
 */
export function caseFolders(path: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOTDIR" ? "is no folder" : reasonOf(error);
    throw new KnownError("case-unreadable", `${path}: ${reason}`, HINT);
  }
  if (names.includes("case.json")) return [path];
  const below = names.filter((name) => existsSync(join(path, name, "case.json")));
  if (below.length === 0) throw new KnownError("case-unreadable", `${path}: holds no case.json`, HINT);
  return below.sort((a, b) => (a < b ? -1 : 1)).map((name) => join(path, name));
}

/**
 * Reads a case. With `predict` the trace may be absent, or hold nothing but request_bytes.
 * @throws KnownError `case-unreadable`, `file-unreadable` or `unknown-family`.
 */
export function loadCase(folder: string, predict: boolean): LoadedCase {
  const script = readScript(join(folder, "case.json"));
  const family = familyOf(script, folder);
  const conf = readText(join(folder, "proxy.conf"), { whatFor: "the configuration of the case", anyBytes: true });
  const recorded = predict && isAbsent(join(folder, "trace.json")) ? null : readTrace(join(folder, "trace.json"));
  if (recorded !== null && !predict) checkWhole(recorded, script, join(folder, "trace.json"));
  const requestBytes = (recorded?.requests ?? []).map(({ request_bytes }) => request_bytes);
  return { folder, script, conf, family, recorded, requestBytes };
}

function readScript(path: string): RecordedCase {
  const text = readText(path, { whatFor: "a recorded case" });
  parseJson(text, path);
  try {
    const script = readCase(text, path);
    checkCase(script, path);
    return script;
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    throw new KnownError("case-unreadable", error.message, "test/golden/FORMAT.md describes the keys");
  }
}

/** A recording has one entry for each request of its script, in order (golden/FORMAT.md): one that says nothing would agree with anything. */
function checkWhole({ requests, config_error: error }: Trace, script: RecordedCase, path: string): void {
  if (error !== undefined) return;
  const fail = (what: string): never => {
    throw new KnownError("case-unreadable", `${path}: ${what}`, "record it anew, or ask for --predict");
  };
  const [has, wants] = [requests.length, script.requests.length];
  if (has !== wants) fail(`has ${has} entries for the ${wants} requests of case.json`);
  for (const [r, request] of requests.entries()) {
    if (request.i !== r) fail(`requests[${r}].i must be ${r}`);
    if (request.manager !== undefined) continue;
    for (const key of ["attempts", "served_by", "status"] as const)
      if (request[key] === undefined) fail(`requests[${r}] lacks ${key}`);
  }
}

function isAbsent(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) === undefined;
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
