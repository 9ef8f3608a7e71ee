/**
 * Whether httpd can't compile a regular expression either. PCRE's own constructs, which JavaScript lacks, count as fine.
 */
export function isBadPattern(source: string): boolean {
  if (/\(\?[a-zA-Z#>|&P(]|[*+?}]\+|\\[AzZKQEGRXhHvV]|\[\[:|\(\*/.test(source)) return false;
  return patternOf(source, "") === null;
}

/** A pattern of httpd's, options in front such as `(?i)` included; null when JavaScript can't compile it. */
export function patternOf(source: string, flags: string): RegExp | null {
  const options = /^\(\?([ism]+)\)/.exec(source);
  const all = new Set([...flags, ...(options?.[1] ?? "")]);
  try {
    return new RegExp(options === null ? source : source.slice(options[0].length), [...all].join(""));
  } catch {
    return null;
  }
}
