/** A regular expression as Go writes it (RE2), in the part that JavaScript shares; one that it can't read matches nothing. */
export function goPattern(text: string): RegExp {
  const flags = /^\(\?([is]+)\)/.exec(text);
  const body = flags === null ? text : text.slice(flags[0].length);
  try {
    return new RegExp(body.replace(/\(\?P</g, "(?<"), flags?.[1] ?? "");
  } catch {
    return /(?!)/;
  }
}
