/** A character outside ASCII, or half of a surrogate pair. */
const NON_ASCII = /[\ud800-\udbff][\udc00-\udfff]|[^\0-\x7f]/g;

/** Text as httpd's log prints it: bytes outside ASCII as \xHH. */
export function logText(text: string): string {
  return text.replace(NON_ASCII, (character) => {
    const isHalf = character.length === 1 && /[\ud800-\udfff]/.test(character);
    return encodeURIComponent(isHalf ? "\ufffd" : character)
      .toLowerCase()
      .replaceAll("%", "\\x");
  });
}
