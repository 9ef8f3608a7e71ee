import { minusLnOfComplement } from "./ln-exp.ts";
import { openUnit } from "./open-unit.ts";
import { makeKey } from "./seeded-generator.ts";
import type { UniformSource } from "./uniform-source.ts";

/** Bound once: calls through the global object make functions too long for the compiler to inline. */
const imul = Math.imul;

/**
 * Addressed draws: a number depends on (seed, replication, purpose), four indices and its rank k at that
 * address, and on nothing else. Whoever draws more, less or in another order shifts nobody else's numbers, so
 * two variants of a system see the same randomness wherever they ask the same question.
 *
 * ```
 * const demandUs = service.sample(draws.at(client, session, request));
 * ```
 *
 * How: two 32-bit lanes start from the key and take in the indices two by two, each pair followed by a
 * multiplication per lane and a crossing, all of which can be undone; so two addresses that differ in one pair
 * never meet in both lanes, and others do with probability 2^-64. A draw adds k, crosses again and finishes each lane
 * with two more multiplications, whose constants are those of C. Wellons' search for 32-bit mixers of low bias
 * ("Prospecting for Hash Functions", 2018) and of MurmurHash3's finaliser (A. Appleby). One object holds one address
 * at a time; nothing is allocated.
 */
export class Draws implements UniformSource {
  private readonly key0: number;
  private readonly key1: number;
  /** The two lanes of the address. */
  private lane0 = 0;
  private lane1 = 0;
  /** Rank of the next draw. */
  private k = 0;
  /** The two words of the last draw. */
  private high = 0;
  private low = 0;

  constructor(seed: number, replication: number, purpose: string) {
    const [key0, key1] = makeKey(seed, replication, purpose);
    this.key0 = key0;
    this.key1 = key1;
    this.at(0);
  }

  /** Moves to an address, four int32 indices such as client, session, request, try, and to its first draw. */
  at(a: number, b = 0, c = 0, d = 0): this {
    let x = imul(this.key0 ^ a, 0x2c1b3c6d);
    let y = imul(this.key1 ^ b, 0x297a2d39);
    x = (x ^ (x >>> 15)) + y;
    y ^= x >>> 16;
    x = imul(x ^ c, 0x1b56c4e9);
    y = imul(y ^ d, 0x7feb352d);
    x = (x + (y ^ (y >>> 15))) | 0;
    y ^= x >>> 16;
    this.lane0 = x;
    this.lane1 = y;
    this.k = 0;
    return this;
  }

  /** The next number of this address, uniform in the open interval (0, 1), from 52 bits. */
  next(): number {
    this.step();
    return openUnit(this.high, this.low);
  }

  /** `-ln(1 - next())`, faster. */
  nextExponential(): number {
    this.step();
    return minusLnOfComplement(this.high, this.low);
  }

  /** The next number of this address as 32 bits; takes one rank, as `next` does. */
  nextUint32(): number {
    this.step();
    return this.high >>> 0;
  }

  private step(): void {
    let x = (this.lane0 + imul(this.k++, 0x9e3779b1)) | 0;
    let y = this.lane1 ^ ((x << 13) | (x >>> 19));
    x = imul(x ^ (x >>> 16), 0x21f0aaad);
    y = imul(y ^ (y >>> 16), 0x85ebca6b);
    x = imul(x ^ (x >>> 15), 0x735a2d97);
    y = imul(y ^ (y >>> 13), 0xc2b2ae35);
    this.high = x ^ (x >>> 15);
    this.low = y ^ (y >>> 16);
  }
}
