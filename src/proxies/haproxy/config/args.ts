import type { Position } from "../../../contract/problem.ts";
import type { Word } from "./split-words.ts";

/** The words of one line as keyword parsers see them: words that are not there read as "". */
export class Args {
  readonly file: string;
  readonly line: number;
  readonly words: readonly Word[];
  /** `no` or `default` stood before the keyword and has been taken off. */
  readonly modifier: "" | "no" | "default";

  constructor(file: string, line: number, words: readonly Word[]) {
    const first = words[0]?.text;
    const modifier = first === "no" || first === "default" ? first : "";
    this.file = file;
    this.line = line;
    this.modifier = modifier;
    this.words = modifier === "" ? words : words.slice(1);
  }

  get keyword(): string {
    return this.at(0);
  }

  /** "file:line", as messages name the place. */
  get here(): string {
    return `${this.file}:${this.line}`;
  }

  at(i: number): string {
    return this.words[i]?.text ?? "";
  }

  /** Texts from `i` up to the first empty one, where HAProxy's own loops end. */
  from(i: number): readonly string[] {
    const texts = this.words.slice(i).map((word) => word.text);
    const end = texts.indexOf("");
    return end < 0 ? texts : texts.slice(0, end);
  }

  /** Place of one word; without it (or behind the end) the keyword's. */
  position(i = 0): Position {
    const word = this.words[i] ?? this.words[0];
    if (word === undefined) return { file: this.file, line: this.line, column: 1, length: 0 };
    return { file: this.file, line: this.line, column: word.start + 1, length: word.end - word.start };
  }

  /** Place of the words from `i` to the last. */
  span(i: number): Position {
    const { column, ...rest } = this.position(i);
    const last = this.words[this.words.length - 1];
    return { ...rest, column, length: last === undefined ? 0 : Math.max(0, last.end + 1 - column) };
  }

  /** The whole line, words joined with single blanks. */
  get text(): string {
    const own = this.words.map((word) => word.text).join(" ");
    return this.modifier === "" ? own : `${this.modifier} ${own}`;
  }
}
