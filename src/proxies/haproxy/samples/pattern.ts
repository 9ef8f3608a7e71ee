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

/**
 * What the replace-… rules make of a text: where the expression matches anywhere, the replacement takes the place of all of
 * it (src/http_act.c, http_action_replace_uri, exp_replace, 2.6.12).
 */
export function exchangedText(text: string, source: string, by: string): string {
  const found = patternOf(source, "")?.exec(text) ?? null;
  return found === null ? text : by.replace(/\\(\d)/g, (_, group: string) => found[Number(group)] ?? "");
}

/** A text with the first match (all with flag g) replaced; groups in the replacement are written \\1. */
export function replacedText(text: string, source: string, flags: string, by: string): string {
  const pattern = patternOf(source, flags);
  return pattern === null ? text : text.replace(pattern, by.replace(/\\(\d)/g, "$$$1"));
}
