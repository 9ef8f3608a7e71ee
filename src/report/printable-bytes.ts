/** Characters of ASCII that can stand anywhere inside a script element; two of them tell more than 13 bits apart. */
const FIRST = 33;
const LEFT_OUT = "&<`";
const DIGITS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(FIRST + i)).filter(
  (c) => !LEFT_OUT.includes(c),
);
const BASE = DIGITS.length;
const GROUP_BITS = 13;
/** Bits that fit into one character. */
const DIGIT_BITS = 6;

/**
 * Bytes as text, 13 bits in two characters: 1.23 characters a byte where base64 needs 1.33. The last group is one character
 * when no more than six bits are left.
 */
export function printable(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 8) / GROUP_BITS) * 2);
  const codes = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));
  let [bits, count, at] = [0, 0, 0];
  for (const byte of bytes) {
    bits |= byte << count;
    count += 8;
    if (count < GROUP_BITS) continue;
    const group = bits & ((1 << GROUP_BITS) - 1);
    text[at++] = codes[group % BASE] as number;
    text[at++] = codes[Math.floor(group / BASE)] as number;
    bits >>= GROUP_BITS;
    count -= GROUP_BITS;
  }
  if (count > 0) text[at++] = codes[bits % BASE] as number;
  if (count > DIGIT_BITS) text[at++] = codes[Math.floor(bits / BASE)] as number;
  return new TextDecoder().decode(text.subarray(0, at));
}

/** The bytes of which `printable` made a text. */
export function fromPrintable(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128);
  for (const [value, digit] of DIGITS.entries()) values[digit.charCodeAt(0)] = value;
  const value = (at: number): number => values[text.charCodeAt(at)] as number;
  const pairs = text.length >> 1;
  const odd = text.length % 2;
  const bytes = new Uint8Array(Math.floor((pairs * GROUP_BITS + odd * DIGIT_BITS) / 8));
  let [bits, count, to] = [0, 0, 0];
  for (let at = 0; to < bytes.length; at += 2) {
    const isPair = at + 1 < text.length;
    bits |= (value(at) + (isPair ? BASE * value(at + 1) : 0)) << count;
    count += isPair ? GROUP_BITS : DIGIT_BITS;
    for (; count >= 8 && to < bytes.length; count -= 8) {
      bytes[to++] = bits & 255;
      bits >>= 8;
    }
  }
  return bytes;
}
