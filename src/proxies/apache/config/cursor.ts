import { KNOWN_DIRECTIVES, type KnownDirective } from "./known-directives.ts";
import type { Reader } from "./reader.ts";
import { Refused } from "./refused.ts";
import { type SourceLine, sourceLines } from "./source-line.ts";

/** Lines of one source and how far they have been read. */
export interface Cursor {
  readonly lines: readonly SourceLine[];
  next: number;
  /** Number of Include lines around it. */
  readonly depth: number;
}

const LONGEST_TEXT = 4 * 1024 * 1024;
/** All files and macros together; far above any real server, low enough to end a runaway macro. */
export const MOST_LINES = 500_000;
/** Sections and conditions inside each other. */
export const DEEPEST_NESTING = 200;

/** A known directive whose module is loaded, as httpd's `ap_find_command_in_modules` finds it. */
export function findDirective(reader: Reader, name: string): KnownDirective | null {
  const known = KNOWN_DIRECTIVES.get(name.toLowerCase());
  if (known === undefined || !known.modules.some((module) => reader.modules.has(module))) return null;
  return known;
}

/** Refuses texts that no httpd configuration is: too long or binary. */
export function cursorOver(file: string, text: string, depth: number): Cursor {
  const position = { file, line: 1, column: 1, length: 0 };
  if (text.length > LONGEST_TEXT) {
    throw new Refused(`${file} has more than ${LONGEST_TEXT} characters: not read as a configuration`, position);
  }
  const zero = text.indexOf("\0");
  if (zero >= 0) {
    const line = text.slice(0, zero).split("\n").length;
    throw new Refused(`${file} contains a zero byte: not a text file`, { ...position, line });
  }
  return { lines: sourceLines(file, text), next: 0, depth };
}
