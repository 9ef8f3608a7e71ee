import type { RegexSource } from "./template.ts";

/**
 * A PCRE pattern as JavaScript understands it; null when it can't be compiled. Translated: inline flags at the beginning,
 * (?P<name>…), possessive quantifiers and atomic groups (taken as plain ones: the same texts match), \A, \z, \Z and \h.
 */
export function compileRegex(pattern: string, caseless: boolean): RegexSource | null {
  let source = pattern;
  let ignoresCase = caseless;
  const flags = /^\(\?([imsx]+)\)/.exec(source);
  if (flags !== null) {
    if (flags[1]?.includes("i")) ignoresCase = true;
    source = source.slice(flags[0].length);
  }
  source = source
    .replace(/\(\?P?<(\w+)>/g, "(?<$1>")
    .replace(/\(\?>/g, "(?:")
    .replace(/([*+?}])\+/g, "$1")
    .replace(/\\A/g, "^")
    .replace(/\\[zZ]/g, "$")
    .replace(/\\h/g, "[ \\t]");
  try {
    new RegExp(source, ignoresCase ? "i" : "");
  } catch {
    return null;
  }
  const names = [...source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name = ""]) => name.toLowerCase());
  return { source, caseless: ignoresCase, names };
}
