/** Arguments of RewriteCond and RewriteRule. */
export interface RewriteArguments {
  readonly first: string;
  readonly second: string;
  /** Flags in brackets, brackets included; null when there are none. */
  readonly flags: string | null;
}

/** What httpd repeats in its complaint when the second argument is missing. */
export interface BadLine {
  readonly line: string;
}

/** Cuts the arguments as `parseargline` of mod_rewrite.c: a backslash keeps a blank and stays, a quote ends at the next one. */
export function cutRewriteArguments(args: string): RewriteArguments | BadLine {
  const first = argumentAt(args, skip(args, 0));
  if (first.end >= args.length) return { line: args.slice(skip(args, 0)) };
  const second = argumentAt(args, skip(args, first.end + 1));
  if (second.end >= args.length) return { first: first.text, second: second.text, flags: null };
  const third = skip(args, second.end + 1);
  const flags = third >= args.length ? null : argumentAt(args, third).text;
  return { first: first.text, second: second.text, flags };
}

function skip(text: string, at: number): number {
  let i = at;
  while (i < text.length && isSpace(text[i])) i++;
  return i;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /[ \t\n\v\f\r]/.test(character);
}

/** `end` = place of the character that ended it. */
function argumentAt(text: string, at: number): { readonly text: string; readonly end: number } {
  const quote = text[at] === '"' || text[at] === "'" ? (text[at] as string) : null;
  const from = quote === null ? at : at + 1;
  let i = from;
  for (; i < text.length; i++) {
    const character = text[i];
    if (quote === null ? isSpace(character) : character === quote) break;
    if (character === "\\" && isSpace(text[i + 1])) i++;
  }
  return { text: text.slice(from, i), end: Math.min(i, text.length) };
}

/** A flag and its value, "" when it has none; `hasValue` tells "R=" from "R". */
export interface RewriteFlag {
  readonly key: string;
  readonly value: string;
}

/** Flags of a text in brackets as `cmd_parseflagfield` reads them; null = "bad flag delimiters". */
export function flagsOf(text: string): readonly RewriteFlag[] | null {
  if (!text.startsWith("[") || !text.endsWith("]")) return null;
  const flags: RewriteFlag[] = [];
  for (const part of text.slice(1, -1).split(",")) {
    const flag = part.trim();
    const equals = flag.indexOf("=");
    flags.push(equals < 0 ? { key: flag, value: "" } : { key: flag.slice(0, equals), value: flag.slice(equals + 1) });
  }
  return flags;
}
