/** Bernstein's hash, h · 33 + c from 5381, on 32 bits (HAProxy 2.6.12, src/hash.c, hash_djb2). Answers an unsigned number. */
export function djb2(bytes: Uint8Array): number {
  let hash = 5381;
  for (const byte of bytes) hash = (Math.imul(hash, 33) + byte) | 0;
  return hash >>> 0;
}
