import type { Problem, Severity } from "../contract/problem.ts";

/** What a piece of a message is, for whoever wants to colour it. */
export type Paint = (text: string, role: Severity | "hint" | "place" | "frame" | "caret") => string;

const PLAIN: Paint = (text) => text;

/**
 * A problem as compilers print it: place, code and message, the line before and the line itself with what is meant
 * underlined, and the hint. `textOf` gives the text of the file that the position names (null: no frame).
 */
export function formatProblem(problem: Problem, textOf: (file: string) => string | null, paint: Paint = PLAIN): string {
  const { position } = problem;
  const severity = problem.severity === "error" ? "" : `${problem.severity}: `;
  const place = position === null ? "" : `${paint(`${position.file}:${position.line}:${position.column}`, "place")}  `;
  const lines = [`${place}${paint(problem.code, problem.severity)}  ${severity}${problem.message}`];
  const text = position === null ? null : textOf(position.file);
  if (position !== null && text !== null)
    lines.push(...frame(text, position.line, position.column, position.length, paint));
  if (problem.hint !== null) lines.push(`${paint("hint:", "hint")} ${problem.hint}`);
  return lines.join("\n");
}

/** Longest part of a line that is shown; longer ones are cut around the place. */
const MAX_WIDTH = 110;

function frame(text: string, line: number, column: number, length: number, paint: Paint): readonly string[] {
  const all = text.split(/\r?\n/);
  const own = all[line - 1];
  if (own === undefined) return [];
  const cutAt = column > MAX_WIDTH - 20 ? column - 40 : 0;
  const show = (source: string) => printable(source.slice(cutAt, cutAt + MAX_WIDTH));
  const width = Math.max(4, String(line).length + 1);
  const numbered = (number: number, source: string) =>
    `${paint(`${String(number).padStart(width)} |`, "frame")}${source === "" ? "" : ` ${show(source)}`}`;
  const lines: string[] = [];
  const before = all[line - 2];
  if (before !== undefined && before.trim() !== "") lines.push(numbered(line - 1, before));
  lines.push(numbered(line, own));
  const shift = " ".repeat(width + 3 + column - 1 - cutAt);
  const room = Math.max(1, Math.min(own.length, cutAt + MAX_WIDTH) - column + 1);
  lines.push(shift + paint("^".repeat(Math.max(1, Math.min(length, room))), "caret"));
  return lines;
}

/** Control characters would move the cursor of a terminal; a tab takes one column so that the caret fits. */
function printable(source: string): string {
  let text = "";
  for (const character of source) {
    const code = character.charCodeAt(0);
    text += character === "\t" ? " " : code < 32 || code === 127 ? "\u00b7" : character;
  }
  return text;
}
