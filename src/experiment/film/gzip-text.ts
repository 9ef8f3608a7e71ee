import { gunzipSync, gzipSync } from "fflate";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * Bytes as text: gzip in base64. A compressor in plain integer arithmetic instead of the platform's, whose output changes
 * from version to version: same bytes, same text, on any machine.
 */
export function gzipText(bytes: Uint8Array): string {
  return base64(gzipBytes(bytes));
}

/** The gzip of bytes, the same on any machine. */
export function gzipBytes(bytes: Uint8Array): Uint8Array {
  // mtime 0: no time of day in a file.
  return gzipSync(bytes, { level: 9, mtime: 0 });
}

/** The bytes of which `gzipText` made a text. */
export function gunzipText(text: string): Uint8Array {
  const digits = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let [group, bits, at] = [0, 0, 0];
  for (const digit of digits) {
    group = ((group << 6) | ALPHABET.indexOf(digit)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (group >> bits) & 255;
  }
  return gunzipSync(bytes);
}

function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]];
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    pieces.push(
      ALPHABET.charAt(group >> 18),
      ALPHABET.charAt((group >> 12) & 63),
      b === undefined ? "=" : ALPHABET.charAt((group >> 6) & 63),
      c === undefined ? "=" : ALPHABET.charAt(group & 63),
    );
  }
  return pieces.join("");
}
