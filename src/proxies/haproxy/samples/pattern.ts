const known = new Map<string, RegExp | null>();

/** A regular expression of the configuration; null when it uses what only PCRE knows: it then matches nothing. */
export function patternOf(source: string, flags: string): RegExp | null {
  const key = `${flags} ${source}`;
  let pattern = known.get(key);
  if (pattern === undefined) {
    try {
      pattern = new RegExp(source, flags);
    } catch {
      pattern = null;
    }
    known.set(key, pattern);
  }
  return pattern;
}

/** A text with the first match (all with flag g) replaced; groups in the replacement are written \\1. */
export function replacedText(text: string, source: string, flags: string, by: string): string {
  const pattern = patternOf(source, flags);
  return pattern === null ? text : text.replace(pattern, by.replace(/\\(\d)/g, "$$$1"));
}
