/** State of an FNV-1a hash before the first byte (32 bits; Fowler, Noll, Vo; draft-eastlake-fnv). */
export const FNV1A_OFFSET = 0x811c9dc5;

export const FNV1A_PRIME = 0x01000193;

/** Hash state after more bytes; an unsigned 32-bit integer. The state after the last byte is the hash. */
export function fnv1a(state: number, bytes: Uint8Array): number {
  let hash = state;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), FNV1A_PRIME);
  return hash >>> 0;
}
