/** A word of a directive with its place in the text; `value` is without quotes and continuations. */
export interface EditableWord {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** A directive, or the opening or closing line of a section, with its place in the text. */
export interface EditableDirective {
  /** As written; sections with "<": "<Proxy", "</Proxy". */
  readonly name: string;
  readonly words: readonly EditableWord[];
  readonly start: number;
  /** Where the line ends, before the line break (and before blanks at its end). */
  readonly end: number;
  /** First and last physical line, counted from 1. */
  readonly line: number;
  readonly lastLine: number;
  /** Sections around it, outermost first. */
  readonly sections: readonly EditableDirective[];
}

/**
 * The directives of an httpd configuration with offsets, for changing them in place. Follows httpd's rules for lines (a
 * backslash before the line break continues it, also in comments) and words (blanks separate, quotes hold together).
 * Source: httpd 2.4 server/util.c, ap_varbuf_cfg_getline and ap_getword_conf.
 */
export function scanDirectives(text: string): readonly EditableDirective[] {
  const directives: EditableDirective[] = [];
  const open: EditableDirective[] = [];
  let line = 1;
  for (let start = 0; start < text.length; ) {
    const lineEnd = logicalEnd(text, start);
    const lineCount = text.slice(start, lineEnd).split("\n").length;
    const end = start + text.slice(start, lineEnd).trimEnd().length;
    const first = start + (/^\s*/.exec(text.slice(start, end))?.[0].length ?? 0);
    if (first < end && text[first] !== "#") {
      // "<Proxy balancer://x>": the bracket is no part of the last word.
      const wordsEnd = text[first] === "<" && text[end - 1] === ">" ? end - 1 : end;
      const [name, ...words] = wordsOf(text, first, wordsEnd);
      if (name !== undefined) {
        if (name.value.startsWith("</")) open.pop();
        const sections = [...open];
        const directive = { name: name.value, words, start, end, line, lastLine: line + lineCount - 1, sections };
        directives.push(directive);
        if (name.value.startsWith("<") && !name.value.startsWith("</")) open.push(directive);
      }
    }
    start = lineEnd + 1;
    line += lineCount;
  }
  return directives;
}

/** Offset of the line break that ends the logical line, or the end of the text. */
function logicalEnd(text: string, start: number): number {
  let end = text.indexOf("\n", start);
  while (end >= 0 && (text[end - 1] === "\\" || (text[end - 1] === "\r" && text[end - 2] === "\\"))) {
    end = text.indexOf("\n", end + 1);
  }
  return end < 0 ? text.length : end;
}

function wordsOf(text: string, start: number, end: number): readonly EditableWord[] {
  const words: EditableWord[] = [];
  let at = start;
  for (;;) {
    at = skipBlanks(text, at, end);
    if (at >= end) return words;
    const word = wordAt(text, at, end);
    words.push(word);
    at = word.end;
  }
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const continuation = continuationAt(text, at);
    if (continuation > 0) at += continuation;
    else if (/\s/.test(text[at] ?? "")) at++;
    else break;
  }
  return at;
}

function wordAt(text: string, start: number, end: number): EditableWord {
  const quote = text[start] === '"' || text[start] === "'" ? text[start] : "";
  let value = "";
  let at = start + quote.length;
  while (at < end) {
    const c = text[at] ?? "";
    const continuation = continuationAt(text, at);
    if (continuation > 0) {
      at += continuation;
      continue;
    }
    if (quote === "" ? /\s/.test(c) : c === quote) break;
    const isEscape = quote !== "" && c === "\\" && (text[at + 1] === quote || text[at + 1] === "\\");
    value += isEscape ? text[at + 1] : c;
    at += isEscape ? 2 : 1;
  }
  return { start, end: Math.min(end, at + (at < end ? quote.length : 0)), value };
}

/** Length of a backslash with the line break after it, or 0. */
function continuationAt(text: string, at: number): number {
  if (text[at] !== "\\") return 0;
  if (text[at + 1] === "\n") return 2;
  return text[at + 1] === "\r" && text[at + 2] === "\n" ? 3 : 0;
}
