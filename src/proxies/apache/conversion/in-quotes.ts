/** A word of an httpd.conf: in double quotes unless it needs none. */
export function inQuotes(word: string): string {
  return /^[^\s"'\\#<>]+$/.test(word) ? word : `"${word.replace(/["\\]/g, "\\$&")}"`;
}
