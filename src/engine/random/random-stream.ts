import { invariant } from "../invariant.ts";
import { minusLnOfComplement } from "./ln-exp.ts";
import { openUnit } from "./open-unit.ts";
import { makeKey } from "./seeded-generator.ts";
import type { UniformSource } from "./uniform-source.ts";

const TWO_POW_32 = 4_294_967_296;

/**
 * A sequence of random numbers, for choices that have no address: those of a proxy instance itself.
 *
 * The generator is sfc32 of C. Doty-Humphrey's PractRand (three words of state and a counter, so no cycle is
 * shorter than 2^32), started from the key of (seed, replication, purpose).
 */
export class RandomStream implements UniformSource {
  private readonly state = new Int32Array(4);

  constructor(seed: number, replication: number, purpose: string) {
    const [a, b, c] = makeKey(seed, replication, purpose);
    this.state.set([a, b, c, 1]);
    for (let round = 0; round < 12; round++) this.step();
  }

  /** Uniform in the open interval (0, 1), from 52 bits. */
  next(): number {
    const high = this.step();
    return openUnit(high, this.step());
  }

  /** `-ln(1 - next())`, faster. */
  nextExponential(): number {
    const high = this.step();
    return minusLnOfComplement(high, this.step());
  }

  /**
   * A whole number from 0 to n - 1, each equally likely to within n / 2^32; always one step of the stream.
   *
   * @throws InvariantError unless 1 <= n <= 2^32.
   */
  nextInt(n: number): number {
    invariant(n >= 1 && n <= TWO_POW_32, "a choice is made among 1 to 2^32 things");
    return Math.floor(((this.step() >>> 0) / TWO_POW_32) * n);
  }

  private step(): number {
    const state = this.state;
    const b = state[1] as number;
    const c = state[2] as number;
    const counter = state[3] as number;
    const sum = ((state[0] as number) + b + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum;
  }
}
