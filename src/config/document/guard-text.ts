import type { Problem } from "../../contract/problem.ts";
import { problem } from "../problem.ts";

/** Largest file that is read: a scenario is written by hand, and anything larger is something else. */
export const MAX_FILE_CHARACTERS = 1_048_576;

/** Deepest nesting that is read; the YAML reader recurses and would exhaust the stack on more. */
const MAX_DEPTH = 100;
const MAX_INDENT = 400;
const TOO_LARGE = "name the scenario itself; long lists of requests can be drawn from a distribution instead";

/** Refuses a text before the YAML reader sees it: too large, not text, nested too deep. */
export function guardText(file: string, text: string): Problem | null {
  const at = { file, line: 1, column: 1, length: 0 };
  if (text.length > MAX_FILE_CHARACTERS) {
    return problem("too-large", `${file} has ${text.length} characters; a scenario has at most 1 MiB`, TOO_LARGE, at);
  }
  const binary = text.search(/[\0\uFFFD]/);
  if (binary >= 0) {
    const hint = "give a scenario in YAML or JSON, saved as UTF-8";
    return problem("not-text", `${file} is not a text file`, hint, placeAt(file, text, binary));
  }
  const deep = tooDeepAt(text);
  if (deep < 0) return null;
  return problem(
    "too-deep",
    `more than ${MAX_DEPTH} levels of nesting`,
    "write it flatter: no scenario needs more than ten",
    placeAt(file, text, deep),
  );
}

/**
 * Offset at which nesting passes the limit, or −1. Counts brackets without looking at quotes, and indicators and blanks at
 * the start of lines: a text that real scenarios never come near is refused, whatever it would mean.
 */
function tooDeepAt(text: string): number {
  let depth = 0;
  let lineStart = true;
  let indicators = 0;
  let indent = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\n") {
      lineStart = true;
      indicators = 0;
      indent = 0;
      continue;
    }
    if (c === "[" || c === "{") depth++;
    else if ((c === "]" || c === "}") && depth > 0) depth--;
    if (lineStart) {
      if (c === " " || c === "\t") indent++;
      else if ((c === "-" || c === "?" || c === ":") && /\s/.test(text[i + 1] ?? " ")) indicators++;
      else lineStart = false;
    }
    if (depth > MAX_DEPTH || indicators > MAX_DEPTH || indent > MAX_INDENT) return i;
  }
  return -1;
}

function placeAt(file: string, text: string, offset: number) {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { file, line, column: offset - before.lastIndexOf("\n"), length: 1 };
}
