/** A word of a line after quotes and escapes are resolved, with its place in the raw line. */
export interface Word {
  readonly text: string;
  readonly start: number;
  /** Behind its last character, quotes included. */
  readonly end: number;
}

export type WordFault = "quote" | "brace" | "variable" | "hex" | "expand";

export interface SplitLine {
  readonly words: readonly Word[];
  /** What is wrong, and where in the raw line; the words before it are kept. */
  readonly fault: { readonly kind: WordFault; readonly at: number } | null;
}

const SPACE = /[ \t\n\v\f\r]/;
const ESCAPES: Readonly<Record<string, string>> = { " ": " ", "\\": "\\", t: "\t", n: "\n", r: "\r", "#": "#" };

/**
 * Splits a line of a configuration: blanks separate, `#` begins a comment outside quotes, double quotes hold together and
 * expand `$NAME` and `${NAME-default}`, single quotes hold together as written, a backslash escapes. Source: HAProxy
 * 2.6.12 src/tools.c, parse_line.
 */
export function splitWords(line: string, variable: (name: string) => string | undefined): SplitLine {
  return new Splitter(line, variable).split();
}

class Splitter {
  private readonly line: string;
  private readonly variable: (name: string) => string | undefined;
  private readonly words: Word[] = [];
  private at = 0;
  private text = "";
  private start = -1;
  /** Where the quote that is open stands, and its character. */
  private quoteAt = -1;
  private quote = "";
  private fault: SplitLine["fault"] = null;

  constructor(line: string, variable: (name: string) => string | undefined) {
    this.line = line;
    this.variable = variable;
    while (SPACE.test(line[this.at] ?? "")) this.at++;
  }

  split(): SplitLine {
    while (this.fault === null && this.at < this.line.length) {
      const c = this.line[this.at] ?? "";
      if (c === "\n" || c === "\r" || (c === "#" && this.quote === "")) break;
      this.step(c);
    }
    if (this.fault === null && this.quote !== "") this.fault = { kind: "quote", at: this.quoteAt };
    if (this.fault === null) this.endWord();
    return { words: this.words, fault: this.fault };
  }

  private step(c: string): void {
    if (c === '"' || c === "'") this.quotation(c);
    else if (c === "\\" && this.quote !== "'") this.escape();
    else if (SPACE.test(c) && this.quote === "") {
      this.endWord();
      while (SPACE.test(this.line[this.at] ?? "")) this.at++;
    } else if (c === "$" && this.quote === '"') this.expand();
    else this.emit(c, 1);
  }

  private emit(text: string, length: number): void {
    if (this.start < 0) this.start = this.at;
    this.text += text;
    this.at += length;
  }

  private endWord(): void {
    if (this.start >= 0) this.words.push({ text: this.text, start: this.start, end: this.at });
    this.text = "";
    this.start = -1;
  }

  private quotation(c: string): void {
    if (this.quote !== "" && this.quote !== c) {
      this.emit(c, 1);
      return;
    }
    this.quoteAt = this.at;
    this.quote = this.quote === "" ? c : "";
    this.emit("", 1);
  }

  private escape(): void {
    const next = this.line[this.at + 1] ?? "";
    const simple = ESCAPES[next];
    if (simple !== undefined || next === "'" || next === '"') this.emit(simple ?? next, 2);
    else if (next === "$" && this.quote === '"') this.emit("$", 2);
    else if (next === "x") {
      const digits = /^[0-9a-fA-F]{2}/.exec(this.line.slice(this.at + 2))?.[0];
      if (digits === undefined) this.fault = { kind: "hex", at: this.at };
      else this.emit(String.fromCharCode(Number.parseInt(digits, 16)), 4);
    } else this.emit("\\", 1);
  }

  private expand(): void {
    const found = /^\$(\{?)([A-Za-z_.]\w*)(\[\*\])?/.exec(this.line.slice(this.at));
    const from = this.at;
    if (found === null) {
      this.fault = { kind: "variable", at: from + (this.line[from + 1] === "{" ? 2 : 1) };
      return;
    }
    const [all, brace = "", name = "", asWords = ""] = found;
    const known = this.variable(name);
    if (name.startsWith(".") && known === undefined) {
      this.fault = { kind: "variable", at: from + 1 + brace.length };
      return;
    }
    if (brace === "") {
      this.put(known ?? "", all.length - asWords.length, false);
      return;
    }
    const rest = this.line.slice(from + all.length);
    const end = rest.indexOf("}");
    if (end < 0 || (end > 0 && rest[0] !== "-")) {
      this.fault = { kind: rest[0] === "[" ? "expand" : "brace", at: from + (rest[0] === "[" ? all.length : 1) };
      return;
    }
    this.put(known ?? rest.slice(1, end), all.length + end + 1, asWords !== "");
  }

  /** Puts a value in; `[*]` makes each of its words a word of the line. */
  private put(value: string, length: number, asWords: boolean): void {
    const [first = "", ...others] = asWords ? value.split(/[ \t\n\v\f\r]+/) : [value];
    this.emit(first, length);
    for (const other of others) {
      const { start } = this;
      this.endWord();
      this.start = start;
      this.text = other;
    }
  }
}
