import { KnownError } from "../known-error.ts";

/**
 * JSON as a value.
 * @throws KnownError `case-unreadable` with line and column.
 */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const offset = /at position (\d+)/.exec(message)?.[1];
    const before = text.slice(0, offset === undefined ? text.length : Number(offset)).split("\n");
    const place = `${before.length}:${(before.at(-1) ?? "").length + 1}`;
    const what = message.replace(/ (?:in JSON )?at position \d+.*$/s, "").replace(/,? ?\.\.\..*$/s, "");
    throw new KnownError("case-unreadable", `${path}:${place}: not JSON: ${what}`, "correct the file by hand");
  }
}
