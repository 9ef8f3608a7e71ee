import type { Position } from "../../../contract/problem.ts";

/** A word of a directive; the text is without quotes and escapes. */
export interface ConfWord {
  readonly text: string;
  /** Where it stands in the file's text, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A directive with what stands in its braces, or the place where nginx stops reading the file. */
export interface ConfNode {
  readonly file: string;
  /** Name and arguments; [] when `error` is set. */
  readonly words: readonly ConfWord[];
  /** Line that nginx names in messages: where ";" or "{" stands. */
  readonly line: number;
  /** After ";", or after the closing brace. */
  readonly end: number;
  /** null = ends with ";". */
  readonly children: readonly ConfNode[] | null;
  /** Line and offset of the closing brace; those of the end of the directive when it has no block. */
  readonly closingLine: number;
  readonly closing: number;
  /** nginx's message about text that can't be split into directives, or null. */
  readonly error: string | null;
}

/** The name of a directive. */
export function nameOf(node: ConfNode): string {
  return node.words[0]?.text ?? "";
}

/** Its arguments as texts. */
export function argumentsOf(node: ConfNode): readonly string[] {
  return node.words.slice(1).map(({ text }) => text);
}

/** The place of the directive's name, or of one of its words (0 = the name). */
export function positionOf(node: ConfNode, word = 0): Position {
  const at = node.words[word] ?? node.words[0];
  if (at === undefined) return { file: node.file, line: node.line, column: 1, length: 0 };
  return { file: node.file, line: at.line, column: at.column, length: at.end - at.start };
}
