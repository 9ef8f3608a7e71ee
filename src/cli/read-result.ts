import type { RunResult } from "../experiment/result.ts";
import { readJson } from "../report/formats/json.ts";
import { readText } from "./host/read-text.ts";
import { KnownError } from "./known-error.ts";

/**
 * A stored result.
 * @throws KnownError `file-unreadable`, or `result-unreadable` when it is truncated, another document or of the future.
 */
export function readResult(path: string): RunResult {
  const text = readText(path, { whatFor: "a result.json of lbsim" });
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    const reason = error instanceof SyntaxError ? "is no complete JSON document" : error.message;
    throw new KnownError(
      "result-unreadable",
      `${path}: ${reason}`,
      "expected a result.json as this lbsim writes it: run the scenario again with --out json=FILE",
    );
  }
}
