import { RESULT_FORMAT, RESULT_VERSION, type RunResult } from "../../experiment/result.ts";
import { filmsOf } from "../films.ts";
import { resultFlaw } from "./result-shape.ts";

/**
 * Reads what `renderJson` wrote, of any version that this program knows.
 *
 * @throws SyntaxError when the text is not JSON.
 * @throws RangeError when it is another document or a version of the future, something in it is missing or of another kind,
 * or a film in it can't be read.
 */
export function readJson(text: string): RunResult {
  const value: unknown = JSON.parse(text);
  const { format, version, lbsim } = (typeof value === "object" && value !== null ? value : {}) as Partial<RunResult>;
  if (format !== RESULT_FORMAT) throw new RangeError("this is not a result of lbsim");
  if (version !== RESULT_VERSION) {
    const by = typeof lbsim === "string" ? `, written by lbsim ${lbsim}` : "";
    throw new RangeError(
      `a result of format version ${JSON.stringify(version)}${by}; this lbsim reads version ${RESULT_VERSION}`,
    );
  }
  const flaw = resultFlaw(value);
  if (flaw !== null) throw new RangeError(`this result is damaged: ${flaw}`);
  // A film that can't be read is found here, before a report is half made.
  filmsOf(value as RunResult);
  return value as RunResult;
}
