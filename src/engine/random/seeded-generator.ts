import xor4096 from "seedrandom/lib/xor4096.js";

/** Words of key material, each an int32. */
export type Key = readonly [number, number, number, number];

/**
 * The key of one purpose in one replication: the only place where seedrandom is used.
 *
 * Seed, replication and purpose are three separate knobs: the seed names the experiment, replications repeat it,
 * and each purpose ("arrivals", "service", …) has randomness of its own, so a new purpose moves no old result.
 * The generator is Brent's xor4096, always seeded with a text.
 */
export function makeKey(seed: number, replication: number, purpose: string): Key {
  const generator = xor4096(`${seed}:${replication}:${purpose}`);
  return [generator.int32(), generator.int32(), generator.int32(), generator.int32()];
}
