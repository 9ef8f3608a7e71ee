/** "key=value" as one word of a directive, in quotes where blanks or quotes need them. */
export function parameterText(key: string, value: string): string {
  const text = `${key}=${value}`;
  return /[\s"'\\]/.test(text) ? `"${text.replace(/["\\]/g, (c) => `\\${c}`)}"` : text;
}
