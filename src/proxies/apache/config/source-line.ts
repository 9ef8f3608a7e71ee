import type { Position } from "../../../contract/problem.ts";

/** From `at` on, the text stands at this place of the file; `fixed` = it was put in for something that stands there. */
interface Mark {
  readonly at: number;
  readonly line: number;
  readonly column: number;
  readonly fixed: boolean;
}

/** A directive's line after continuation lines were joined, with the place of every character. */
export interface SourceLine {
  readonly file: string;
  /** How httpd names the source in messages: the file name, or for lines out of a macro a description of it. */
  readonly label: string;
  /** Without surrounding white space. */
  readonly text: string;
  /** The number that httpd names in messages: that of the last physical line. */
  readonly number: number;
  readonly marks: readonly Mark[];
}

/**
 * Joins lines that end with a backslash, as `ap_cfg_getline` does: the backslash and the line end vanish without
 * leaving a blank, comments are continued too, white space is trimmed after joining.
 */
export function sourceLines(file: string, text: string): SourceLine[] {
  const physical = text.split("\n");
  if (physical[physical.length - 1] === "") physical.pop();
  const lines: SourceLine[] = [];
  let joined = "";
  let marks: Mark[] = [];
  for (let i = 0; i < physical.length; i++) {
    const raw = physical[i] ?? "";
    const piece = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    marks.push({ at: joined.length, line: i + 1, column: 1, fixed: false });
    const continues = piece.endsWith("\\") && i + 1 < physical.length;
    joined += continues ? piece.slice(0, -1) : piece;
    if (continues) continue;
    lines.push(trimmed(file, joined, i + 1, marks));
    joined = "";
    marks = [];
  }
  return lines;
}

/** Only httpd's own white space: a no-break or full-width space is part of a word. */
function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13);
}

function trimmed(file: string, joined: string, number: number, marks: readonly Mark[]): SourceLine {
  let from = 0;
  while (from < joined.length && isSpace(joined, from)) from++;
  let to = joined.length;
  while (to > from && isSpace(joined, to - 1)) to--;
  const shifted = marks.map((m) => ({ ...m, at: m.at - from }));
  return { file, label: file, text: joined.slice(from, to), number, marks: shifted };
}

/** The line with a stretch replaced; the new text stands for the place of the old one. */
export function replaceIn(line: SourceLine, from: number, to: number, by: string): SourceLine {
  const shift = by.length - (to - from);
  const start = placeOf(line, from);
  const end = placeOf(line, to);
  const marks = [
    ...line.marks.filter((m) => m.at < from),
    { at: from, line: start.line, column: start.column, fixed: true },
    { at: from + by.length, line: end.line, column: end.column, fixed: false },
    ...line.marks.filter((m) => m.at > to).map((m) => ({ ...m, at: m.at + shift })),
  ];
  return { ...line, text: line.text.slice(0, from) + by + line.text.slice(to), marks };
}

function placeOf(line: SourceLine, offset: number): { line: number; column: number } {
  let best: Mark | undefined;
  for (const mark of line.marks) if (mark.at <= offset) best = mark;
  if (best === undefined) return { line: line.number, column: 1 };
  return { line: best.line, column: best.fixed ? best.column : best.column + (offset - best.at) };
}

/** Where characters `from`..`to` of the line stand in the user's file. */
export function positionIn(line: SourceLine, from: number, to: number): Position {
  const start = placeOf(line, from);
  return { file: line.file, line: start.line, column: start.column, length: Math.max(0, to - from) };
}
