import { crc32 } from "./crc32.ts";

/** Bytes of a text as UTF-8; most are plain ASCII. */
function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** sdbm (the database library's hash): h = c + (h << 6) + (h << 16) − h. */
export function sdbm(text: string): number {
  let hash = 0;
  for (const byte of bytesOf(text)) hash = (byte + (hash << 6) + (hash << 16) - hash) | 0;
  return hash >>> 0;
}

/** djb2 (D. J. Bernstein): h = 33 h + c from 5381. */
export function djb2(text: string): number {
  let hash = 5381;
  for (const byte of bytesOf(text)) hash = ((hash << 5) + hash + byte) | 0;
  return hash >>> 0;
}

/** wt6 (W. Tarreau, HAProxy's hash.c): two words, rotated by amounts that depend on the data. */
export function wt6(text: string): number {
  let a = 0xa53c965a | 0;
  let b = 0x5ca6953a | 0;
  let step0 = 6;
  let step1 = 18;
  for (const byte of bytesOf(text)) {
    a = ~(a ^ byte);
    b = ~(b + byte) | 0;
    const rotated = rotate(b, step0);
    b = rotate(a, step1);
    a = rotated;
    const mixed = ((a >>> 16) ^ b) & 0xffff;
    step0 = mixed & 0x1f;
    step1 = mixed >>> 11;
  }
  return (a ^ b) >>> 0;
}

/** A 32-bit mix (B. Jenkins' six steps) times 3221225473: HAProxy's full_hash, its "avalanche". */
export function avalanche(value: number): number {
  let a = value | 0;
  a = (a + 0x7ed55d16 + (a << 12)) | 0;
  a = a ^ 0xc761c23c ^ (a >>> 19);
  a = (a + 0x165667b1 + (a << 5)) | 0;
  a = (a + 0xd3a2646c) ^ (a << 9);
  a = (a + 0xfd7046c5 + (a << 3)) | 0;
  a = a ^ 0xb55a4f09 ^ (a >>> 16);
  return Math.imul(a, 3_221_225_473) >>> 0;
}

function rotate(word: number, bits: number): number {
  return bits === 0 ? word : (word << bits) | (word >>> (32 - bits));
}

/** Functions by the names that configurations use. */
export const STRING_HASHES = { sdbm, djb2, wt6, crc32 } as const;
