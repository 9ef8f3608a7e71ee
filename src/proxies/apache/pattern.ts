/**
 * Whether httpd can't compile a regular expression either. PCRE's own constructs, which JavaScript lacks, count as fine.
 */
export function isBadPattern(source: string): boolean {
  if (/\(\?[a-zA-Z#>|&P(]|[*+?}]\+|\\[AzZKQEGRXhHvVgea]|\[\[:|\(\*/.test(source)) return false;
  return patternOf(source, "") === null;
}

/** A pattern of httpd's, options in front such as `(?i)` included; null when JavaScript can't compile it. */
export function patternOf(source: string, flags: string): RegExp | null {
  const options = /^\(\?([ism]+)\)/.exec(source);
  const all = new Set([...flags, ...(options?.[1] ?? "")]);
  const translated = fromPcre(options === null ? source : source.slice(options[0].length));
  if (translated === null) return null;
  try {
    return new RegExp(translated, [...all].join(""));
  } catch {
    return null;
  }
}

/** What stands for a PCRE escape outside of a class; null = JavaScript has nothing like it. */
const ESCAPES: Readonly<Record<string, string | null>> = {
  A: "^",
  z: "$",
  Z: "$",
  h: "[\\t ]",
  H: "[^\\t ]",
  v: "[\\n\\v\\f\\r]",
  V: "[^\\n\\v\\f\\r]",
  R: "(?:\\r\\n|[\\n\\v\\f\\r])",
  a: "\\x07",
  e: "\\x1b",
  K: null,
  G: null,
  X: null,
  g: null,
};

const POSIX: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: "\\t ",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@[-`{-~",
  space: "\\s",
  upper: "A-Z",
  word: "\\w",
  xdigit: "A-Fa-f0-9",
};

/** The same pattern in JavaScript's words; null when it can't be said in them. */
function fromPcre(source: string): string | null {
  if (!/\\[AzZhHvVRaeKGXgQ]|\[:|\[\^?\]|\(\?[P#]/.test(source)) return source;
  let text = "";
  for (let i = 0; i < source.length; ) {
    const rest = source.slice(i);
    const quoted = /^\\Q(.*?)(?:\\E|$)/s.exec(rest);
    const set = quoted === null ? classAt(rest) : null;
    if (quoted !== null) {
      text += (quoted[1] as string).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
      i += quoted[0].length;
    } else if (set !== null) {
      text += set.text;
      i += set.length;
    } else if (rest.startsWith("(?P<")) {
      text += "(?<";
      i += 4;
    } else if (rest.startsWith("(?#")) {
      const end = rest.indexOf(")");
      i += end < 0 ? rest.length : end + 1;
    } else if (source[i] === "\\" && i + 1 < source.length) {
      const letter = source[i + 1] as string;
      const known = letter in ESCAPES ? ESCAPES[letter] : `\\${letter}`;
      if (known == null) return null;
      text += known;
      i += 2;
    } else text += source[i++];
  }
  return text;
}

/** The class that a text begins with. A "]" right behind the opening bracket is one of its characters. */
function classAt(rest: string): { readonly text: string; readonly length: number } | null {
  const found = /^\[(\^?)(\]?(?:\[:\^?[a-z]+:\]|\\.|[^\]\\])*)\]/s.exec(rest);
  if (found === null) return null;
  const inner = (found[2] as string)
    .replace(/^\]/, "\\]")
    .replace(/\[:([a-z]+):\]/g, (all, name: string) => POSIX[name] ?? all)
    .replace(/\\(.)/gs, (all, letter: string) => (letter === "h" ? "\\t " : letter === "v" ? "\\n\\v\\f\\r" : all));
  return { text: `[${found[1]}${inner}]`, length: found[0].length };
}

/** What a pattern has found, put into a text for $0 to $9; a backslash takes their meaning away (ap_pregsub of server/util.c). */
export function withGroups(text: string, found: RegExpExecArray): string {
  return text.replace(/\\([$&])|\$(\d)/g, (_all, escaped: string | undefined, group: string | undefined) =>
    escaped === undefined ? (found[Number(group)] ?? "") : escaped,
  );
}
