const TABLE = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = (c & 1) !== 0 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  TABLE[n] = c >>> 0;
}

/** Start value of a CRC-32 that is fed piece by piece. */
export const CRC32_START = 0xffffffff;

/** Feeds one byte. */
export function crc32Byte(state: number, byte: number): number {
  return ((TABLE[(state ^ byte) & 255] as number) ^ (state >>> 8)) >>> 0;
}

/** Feeds a text as UTF-8. */
export function crc32Text(state: number, text: string): number {
  let crc = state;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 128) return new TextEncoder().encode(text.slice(i)).reduce(crc32Byte, crc);
    crc = crc32Byte(crc, code);
  }
  return crc;
}

export function crc32Finish(state: number): number {
  return (state ^ 0xffffffff) >>> 0;
}

/** CRC-32 of a text as UTF-8 (IEEE 802.3, reflected, as zlib and nginx's ngx_crc32_long compute it): 0 … 2^32 − 1. */
export function crc32(text: string): number {
  return crc32Finish(crc32Text(CRC32_START, text));
}

/** CRC-32 of bytes. */
export function crc32Of(bytes: Uint8Array): number {
  return crc32Finish(bytes.reduce(crc32Byte, CRC32_START));
}
