/** The sdbm hash on 32 bits (HAProxy 2.6.12, src/hash.c, hash_sdbm; spec/haproxy.md 3.5). Answers an unsigned number. */
export function sdbm(bytes: Uint8Array): number {
  let hash = 0;
  for (const byte of bytes) hash = (byte + (hash << 6) + (hash << 16) - hash) | 0;
  return hash >>> 0;
}
