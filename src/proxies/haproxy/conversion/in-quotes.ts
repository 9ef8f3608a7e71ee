/** A word of a haproxy.cfg: in single quotes, where nothing is special, unless it needs none. */
export function inQuotes(word: string): string {
  return /^[\w./:,=@~+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
