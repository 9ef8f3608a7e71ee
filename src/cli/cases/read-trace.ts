import type { Trace } from "../../drive/replay/trace.ts";
import { readText } from "../host/read-text.ts";
import { KnownError } from "../known-error.ts";
import { parseJson } from "./parse-json.ts";

type Json = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

const isNumber: Test = (value) => typeof value === "number";
const isText: Test = (value) => typeof value === "string";
const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isListOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);

/** Keys of one request that a comparison looks into; all others are compared as they are. */
const REQUEST_KEYS: readonly (readonly [key: string, test: Test, expected: string])[] = [
  ["i", isNumber, "a number"],
  ["manager", isListOf(isRecord), "a list of rows"],
  ["attempts", isListOf(isText), "a list of names"],
  ["unreached", isListOf(isNumber), "a list of numbers"],
  ["request_bytes", isListOf(isNumber), "a list of numbers"],
  ["start_ms", orNull(isListOf(isNumber)), "a list of numbers, or null"],
  ["finish_ms", isNumber, "a number"],
];

/**
 * trace.json of a case, as far as its keys go: whether it is whole, its reader looks.
 * @throws KnownError `file-unreadable`, or `case-unreadable` with the place of the mistake.
 */
export function readTrace(path: string): Trace {
  const fail = (what: string): never => {
    throw new KnownError("case-unreadable", `${path}: ${what}`, "test/golden/FORMAT.md describes the keys");
  };
  const text = readText(path, { whatFor: "the recorded trace" });
  const trace = parseJson(text, path);
  if (!isRecord(trace)) return fail("a trace is an object");
  const requests = trace.requests ?? [];
  if (!Array.isArray(requests)) return fail("requests must be a list");
  for (const [r, request] of requests.entries()) {
    if (!isRecord(request)) fail(`requests[${r}] must be an object`);
    for (const [key, test, expected] of REQUEST_KEYS)
      if (request[key] !== undefined && !test(request[key])) fail(`requests[${r}].${key} must be ${expected}`);
  }
  const { config_error: error, config_warnings: warnings, idle_closed: closed } = trace;
  if (error !== undefined && !(isRecord(error) && isText(error.text))) fail("config_error must be {text, …}");
  if (warnings !== undefined && !isText(warnings)) fail("config_warnings must be a text");
  if (closed !== undefined && !isListOf(isRecord)(closed)) fail("idle_closed must be a list of objects");
  return { ...trace, requests };
}
