import type { Position, Problem } from "../../contract/problem.ts";
import { problem } from "../problem.ts";
import type { Expectation, ExpectationWords } from "./expectation.ts";
import { parseExpectation } from "./parse-expectation.ts";
import { ExpectationFault } from "./scanner.ts";

/** "File" of positions that point into an `--expect` option; its line is the number of the option. */
export const EXPECT_OPTION = "--expect";

/** An expectation as written, and where. */
export interface WrittenExpectation {
  readonly text: string;
  readonly position: Position;
}

/** The `--expect` options, each a line of its own. */
export function expectOptions(texts: readonly string[]): readonly WrittenExpectation[] {
  return texts.map((text, i) => ({
    text,
    position: { file: EXPECT_OPTION, line: i + 1, column: 1, length: text.length },
  }));
}

/** Reads all expectations; each that can't be used becomes a problem at its place. */
export function readExpectations(
  written: readonly WrittenExpectation[],
  words: ExpectationWords,
): { readonly expectations: readonly Expectation[]; readonly problems: readonly Problem[] } {
  const expectations: Expectation[] = [];
  const problems: Problem[] = [];
  for (const { text, position } of written)
    try {
      expectations.push(parseExpectation(text, position, words));
    } catch (error) {
      if (!(error instanceof ExpectationFault)) throw error;
      problems.push(problem(error.code, `${error.message}`, error.hint, within(position, text, error)));
    }
  return { expectations, problems };
}

/** The place inside the text where the file holds it as it is; else all of it (escapes, folded lines). */
function within(position: Position, text: string, { at, length }: ExpectationFault): Position {
  const quotes = position.length - text.length;
  if (quotes !== 0 && quotes !== 2) return position;
  return { ...position, column: position.column + at + quotes / 2, length };
}
