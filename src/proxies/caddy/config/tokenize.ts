import type { Token } from "./token.ts";

/** Where the lexer is. */
interface Place {
  line: number;
  column: number;
  /** Continued lines that count from the next line break on. */
  skipped: number;
}

/**
 * The words of a Caddyfile (caddyconfig/caddyfile/lexer.go, Caddy 2.6.2): separated by white space, `"…"` and
 * `` `…` `` keep it, `#` at the beginning of a word starts a comment, `\` before a line break continues the line.
 */
export function tokenize(text: string, file: string): Token[] {
  const tokens: Token[] = [];
  const place: Place = { line: 1, column: 1, skipped: 0 };
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (/\s/.test(char)) {
      at = step(text, at, place);
    } else if (char === "#") {
      while (at < text.length && text[at] !== "\n") at = step(text, at, place);
    } else if (char === "\\" && /^\\\r?\n/.test(text.slice(at, at + 3))) {
      at += text[at + 1] === "\r" ? 3 : 2;
      place.skipped++;
      place.column = 1;
    } else
      at = char === '"' || char === "`" ? quoted(text, at, file, place, tokens) : plain(text, at, file, place, tokens);
  }
  return tokens;
}

function step(text: string, at: number, place: Place): number {
  if (text[at] === "\n") {
    place.line += 1 + place.skipped;
    place.skipped = 0;
    place.column = 1;
  } else place.column++;
  return at + 1;
}

function quoted(text: string, from: number, file: string, place: Place, tokens: Token[]): number {
  const quote = text[from] as string;
  const { line, column } = place;
  let value = "";
  let at = step(text, from, place);
  while (at < text.length && text[at] !== quote) {
    if (quote === '"' && text[at] === "\\" && text[at + 1] === '"') at = step(text, at, place);
    value += text[at];
    at = step(text, at, place);
  }
  tokens.push({ file, line, column, text: value, quoted: true, breaks: value.split("\n").length - 1 });
  return at < text.length ? step(text, at, place) : at;
}

function plain(text: string, from: number, file: string, place: Place, tokens: Token[]): number {
  const { line, column } = place;
  let at = from;
  while (at < text.length && !/\s/.test(text[at] as string)) {
    if (text[at] === "\\" && /^\\\r?\n/.test(text.slice(at, at + 3))) break;
    at = step(text, at, place);
  }
  tokens.push({ file, line, column, text: text.slice(from, at), quoted: false, breaks: 0 });
  return at;
}
