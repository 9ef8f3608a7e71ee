/** The wt6 hash (HAProxy 2.6.12, src/hash.c, hash_wt6; spec/haproxy.md 3.5). Answers an unsigned number. */
export function wt6(bytes: Uint8Array): number {
  let a = 0xa53c965a | 0;
  let b = 0x5ca6953a | 0;
  let firstTurn = 6;
  let secondTurn = 18;
  for (const byte of bytes) {
    a = ~(a ^ byte);
    b = ~(b + byte);
    const turned = rotateLeft(b, firstTurn);
    b = rotateLeft(a, secondTurn);
    a = turned;
    const next = ((a >> 16) ^ b) & 0xffff;
    firstTurn = next & 31;
    secondTurn = next >>> 11;
  }
  return (a ^ b) >>> 0;
}

function rotateLeft(word: number, by: number): number {
  return by === 0 ? word : (word << by) | (word >>> (32 - by));
}
