/**
 * The piece `index` of a text between delimiters, and `count` pieces from there (0 = all that follow, toward the front when
 * the index is negative). Empty pieces count; null when there are not so many (src/sample.c, sample_conv_field, 2.6.12).
 */
export function fieldOf(text: string, index: number, delimiters: string, count: number): string | null {
  if (index === 0) return null;
  const cuts = [...text].flatMap((char, at) => (delimiters.includes(char) ? [at] : []));
  const starts = [0, ...cuts.map((cut) => cut + 1)];
  const ends = [...cuts, text.length];
  const at = index > 0 ? index - 1 : ends.length + index;
  if (at < 0 || at >= ends.length) return null;
  const many = count === 0 ? ends.length : count;
  const [first, last] = index > 0 ? [at, Math.min(ends.length - 1, at + many - 1)] : [Math.max(0, at - many + 1), at];
  return text.slice(starts[first], ends[last]);
}

/** As `fieldOf`, but delimiters in a row are one, and a missing piece is empty (sample_conv_word). */
export function wordOf(text: string, index: number, delimiters: string, count: number): string | null {
  if (index === 0) return null;
  const words: (readonly [from: number, to: number])[] = [];
  for (let from = 0; from < text.length; from++) {
    if (delimiters.includes(text[from] as string)) continue;
    let to = from;
    while (to < text.length && !delimiters.includes(text[to] as string)) to++;
    words.push([from, to]);
    from = to;
  }
  const at = index > 0 ? index - 1 : words.length + index;
  const found = words[at];
  if (found === undefined) return "";
  // More pieces than there are: up to the end of the text, whatever delimiters stand there.
  if (index > 0) {
    const last = count === 0 ? undefined : words[at + count - 1];
    return text.slice(found[0], last?.[1] ?? text.length);
  }
  const first = count === 0 ? undefined : words[at - count + 1];
  return text.slice(first?.[0] ?? 0, found[1]);
}
