const REPLACEMENT_CHARACTER = 0xfffd;

/** A text as UTF-8; a lone surrogate becomes U+FFFD, as everywhere (WHATWG Encoding, section 8.1.2). */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    appendCodePoint(bytes, code >= 0xd800 && code <= 0xdfff ? REPLACEMENT_CHARACTER : code);
  }
  return Uint8Array.from(bytes);
}

function appendCodePoint(bytes: number[], code: number): void {
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x80) bytes.push(code);
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(0));
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(6), tail(0));
  else bytes.push(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}
