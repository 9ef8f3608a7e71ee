import type { RunResult } from "../../experiment/result.ts";
import type { Json } from "../json-columns.ts";

/** What every reader wants to know first; all other keys follow in the order of their code units. */
const FIRST_KEYS = ["format", "version", "lbsim", "name", "id"];

/**
 * The result as JSON with a trailing newline. The order of the keys does not depend on how the result was built, and
 * lists of numbers stand on one line, so that two results can be compared with a line-by-line diff.
 *
 * @throws RangeError when a number is not finite: JSON has no word for it.
 */
export function renderJson(result: RunResult): string {
  return `${write(result as unknown as Json, "")}\n`;
}

function write(value: Json, indent: string): string {
  if (typeof value === "number") return numberText(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.every((item) => item === null || typeof item !== "object" || isFlat(item))) {
      return `[${value.map((item) => write(item, inner)).join(",")}]`;
    }
    return `[\n${value.map((item) => inner + write(item, inner)).join(",\n")}\n${indent}]`;
  }
  const entries = sortedKeys(value).map((key) => `${inner}${JSON.stringify(key)}: ${write(value[key] ?? null, inner)}`);
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A pair of numbers such as a cell of the latency histogram. */
function isFlat(value: Json): boolean {
  return isList(value) && value.every((item) => typeof item === "number");
}

function sortedKeys(value: { readonly [key: string]: Json }): readonly string[] {
  const rank = (key: string) => (FIRST_KEYS.includes(key) ? FIRST_KEYS.indexOf(key) : FIRST_KEYS.length);
  return Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a result holds ${value}, which JSON can't say`);
  return String(value === 0 ? 0 : value);
}
