/** `a, {b: 1, c: 2}, "d, e"` or `[a, b]` at its outer commas; quotes around a whole value go, those inside stay. */
export function splitList(text: string): readonly string[] {
  const whole = text.trim();
  const inner = whole.startsWith("[") && whole.endsWith("]") ? whole.slice(1, -1) : whole;
  const values: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let current = "";
  for (const character of inner) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && "([{".includes(character)) depth++;
    else if (!isQuoted && ")]}".includes(character)) depth--;
    if (character !== "," || isQuoted || depth > 0) {
      current += character;
      continue;
    }
    values.push(unquoted(current));
    current = "";
  }
  return [...values, unquoted(current)];
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^"[^"]*"$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}
