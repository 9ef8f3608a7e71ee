/**
 * The avalanche of HAProxy: Jenkins' six-step mix of a 32-bit number, then a multiplication by 3221225473 (2.6.12,
 * include/haproxy/hash.h, full_hash; spec/haproxy.md 3.5). Answers an unsigned number.
 */
export function fullHash(number: number): number {
  let a = number | 0;
  a = (a + 0x7ed55d16 + (a << 12)) | 0;
  a = a ^ 0xc761c23c ^ (a >>> 19);
  a = (a + 0x165667b1 + (a << 5)) | 0;
  a = (a + 0xd3a2646c) ^ (a << 9);
  a = (a + 0xfd7046c5 + (a << 3)) | 0;
  a = a ^ 0xb55a4f09 ^ (a >>> 16);
  return Math.imul(a, 3221225473) >>> 0;
}
