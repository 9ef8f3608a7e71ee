/** A word of a Caddyfile: quoted unless it needs no quotes. */
export function inQuotes(word: string): string {
  return word !== "" && !/[\s"`\\#]/.test(word) && !/^[{}]$/.test(word)
    ? word
    : word.includes('"') || word.includes("\\")
      ? `\`${word.replaceAll("`", "")}\``
      : `"${word}"`;
}
