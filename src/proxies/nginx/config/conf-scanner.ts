import type { ConfWord } from "./conf-node.ts";

/** What the scanner found next. */
export type ConfToken =
  | { readonly kind: "end"; readonly words: readonly ConfWord[] }
  | { readonly kind: "open"; readonly words: readonly ConfWord[] }
  | { readonly kind: "close" }
  | { readonly kind: "done" }
  | { readonly kind: "error"; readonly message: string };

/** nginx's NGX_CONF_BUFFER: a word must fit into it. */
const LONGEST_WORD = 4096;

function isBlank(c: string): boolean {
  return c === " " || c === "\t" || c === "\r" || c === "\n";
}

/** The text of a word without its escapes. Source: ngx_conf_read_token, nginx 1.22.1. */
export function unescaped(raw: string): string {
  if (!raw.includes("\\")) return raw;
  return raw.replace(/\\(["'\\trn])/g, (_all, c: string) =>
    c === "t" ? "\t" : c === "r" ? "\r" : c === "n" ? "\n" : c,
  );
}

/**
 * Splits the text of a configuration into directives as nginx does: blanks separate words, quotes hold them together,
 * a backslash takes away the meaning of the next character, "#" begins a comment where a word could begin, "${" is no
 * brace. Source: ngx_conf_read_token, nginx 1.22.1.
 */
export class ConfScanner {
  line = 1;
  at = 0;
  private lineStart = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  next(): ConfToken {
    const words: ConfWord[] = [];
    for (;;) {
      this.skipBlanksAndComments();
      const c = this.text[this.at];
      if (c === undefined) {
        if (words.length === 0) return { kind: "done" };
        return { kind: "error", message: 'unexpected end of file, expecting ";" or "}"' };
      }
      if (c === ";" || c === "{") {
        this.at++;
        if (words.length === 0) return { kind: "error", message: `unexpected "${c}"` };
        return c === ";" ? { kind: "end", words } : { kind: "open", words };
      }
      if (c === "}") {
        this.at++;
        return words.length === 0 ? { kind: "close" } : { kind: "error", message: 'unexpected "}"' };
      }
      const problem = c === '"' || c === "'" ? this.quoted(c, words) : this.plain(words);
      if (problem !== null) return { kind: "error", message: problem };
    }
  }

  private skipBlanksAndComments(): void {
    for (let inComment = false; this.at < this.text.length; this.at++) {
      const c = this.text[this.at] ?? "";
      if (c === "\n") {
        this.newLine();
        inComment = false;
      } else if (!inComment && c === "#") inComment = true;
      else if (!inComment && !isBlank(c)) return;
    }
  }

  private newLine(): void {
    this.line++;
    this.lineStart = this.at + 1;
  }

  private plain(words: ConfWord[]): string | null {
    const { at: start, line } = this;
    const column = start - this.lineStart + 1;
    for (let afterDollar = false; this.at < this.text.length; this.at++) {
      const c = this.text[this.at] ?? "";
      if (c === "\n") break;
      if (c === "\\") {
        this.at++;
        if (this.text[this.at] === "\n") this.newLine();
        afterDollar = false;
      } else if (c === "{" && afterDollar) continue;
      else if (isBlank(c) || (this.at > start && (c === ";" || c === "{"))) break;
      else afterDollar = c === "$";
    }
    const end = Math.min(this.at, this.text.length);
    this.at = end;
    words.push({ text: unescaped(this.text.slice(start, end)), start, end, line, column });
    if (end - start < LONGEST_WORD) return null;
    this.line = line;
    return `too long parameter "${this.text.slice(start, start + 10)}..." started`;
  }

  private quoted(quote: string, words: ConfWord[]): string | null {
    const { at: start, line } = this;
    const column = start - this.lineStart + 1;
    let isClosed = false;
    for (this.at++; this.at < this.text.length; this.at++) {
      const c = this.text[this.at];
      if (c === "\n") this.newLine();
      else if (c === "\\") {
        this.at++;
        if (this.text[this.at] === "\n") this.newLine();
      } else if (c === quote) {
        isClosed = true;
        break;
      }
    }
    if (this.at - start > LONGEST_WORD) {
      this.line = line;
      return `too long parameter, probably missing terminating "${quote}" character`;
    }
    if (!isClosed) return 'unexpected end of file, expecting ";" or "}"';
    this.at++;
    words.push({ text: unescaped(this.text.slice(start + 1, this.at - 1)), start, end: this.at, line, column });
    // After a closing quote only a blank, ";", "{" or ")" may follow; ")" begins the next word.
    const follower = this.text[this.at];
    if (follower === undefined || isBlank(follower) || ";{)".includes(follower)) return null;
    return `unexpected "${follower}"`;
  }
}
