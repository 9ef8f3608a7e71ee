/** One argument of a directive; offsets count in the text that it was read from. */
export interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const SPACE = new Set([" ", "\t", "\n", "\v", "\f", "\r"]);

/** Position of the first character at or after `at` that is not white space. */
export function skipSpace(text: string, at: number): number {
  let i = at;
  while (i < text.length && SPACE.has(text[i] ?? "")) i++;
  return i;
}

/**
 * Reads a word as `ap_getword_conf` does: quoted by " or ' (a backslash keeps a quote or a backslash), else up to white
 * space (two backslashes are one). A quoted word ends at its closing quote even when no blank follows. An empty text
 * and an empty quoted word both give "". `next` is where the following word begins.
 */
export function readWord(text: string, at: number): { readonly word: Word; readonly next: number } {
  const from = skipSpace(text, at);
  const quote = text[from];
  if (quote === '"' || quote === "'") return readQuoted(text, from, quote);
  let to = from;
  while (to < text.length && !SPACE.has(text[to] ?? "")) to++;
  const word = { text: text.slice(from, to).replaceAll("\\\\", "\\"), from, to };
  return { word, next: skipSpace(text, to) };
}

function readQuoted(text: string, from: number, quote: string): { word: Word; next: number } {
  let value = "";
  let i = from + 1;
  while (i < text.length && text[i] !== quote) {
    if (text[i] === "\\" && (text[i + 1] === quote || text[i + 1] === "\\")) i++;
    value += text[i] ?? "";
    i++;
  }
  const to = i < text.length ? i + 1 : i;
  return { word: { text: value, from, to }, next: skipSpace(text, to) };
}

/** All words of a text. An empty word ends the list unless more text follows it. */
export function readWords(text: string, at = 0): Word[] {
  const words: Word[] = [];
  let i = skipSpace(text, at);
  while (i < text.length) {
    const { word, next } = readWord(text, i);
    words.push(word);
    i = next;
  }
  return words;
}
