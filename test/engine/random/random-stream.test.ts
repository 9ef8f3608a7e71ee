import { describe, expect, it } from "vitest";
import { InvariantError } from "../../../src/engine/invariant.ts";
import { ln } from "../../../src/engine/random/exact-math.ts";
import { RandomStream } from "../../../src/engine/random/random-stream.ts";

describe("RandomStream", () => {
  it("repeats itself for the same seed, replication and purpose and for no other", () => {
    const take = (seed: number, replication: number, purpose: string) => {
      const stream = new RandomStream(seed, replication, purpose);
      return [stream.next(), stream.nextInt(1000), stream.next()];
    };
    expect(take(1, 2, "proxy 0")).toEqual(take(1, 2, "proxy 0"));
    const others = [take(1, 2, "proxy 0"), take(2, 2, "proxy 0"), take(1, 3, "proxy 0"), take(1, 2, "proxy 1")];
    expect(new Set(others.map(String)).size).toBe(4);
  });

  it("has mean 1/2 and variance 1/12 and never leaves the open interval", () => {
    const stream = new RandomStream(1, 0, "x");
    const draws = 200_000;
    let sum = 0;
    let squares = 0;
    let outside = 0;
    for (let i = 0; i < draws; i++) {
      const u = stream.next();
      if (!(u > 0 && u < 1)) outside++;
      sum += u;
      squares += (u - 0.5) ** 2;
    }
    expect(outside).toBe(0);
    // Standard errors: sqrt(1/12 / n) = 0.00065 and sqrt(1/180 / n) = 0.00017.
    expect(Math.abs(sum / draws - 0.5)).toBeLessThan(0.0026);
    expect(Math.abs(squares / draws - 1 / 12)).toBeLessThan(0.0007);
  });

  it("makes exponential numbers to the bit of -ln(1 - u)", () => {
    const [one, other] = [new RandomStream(3, 0, "x"), new RandomStream(3, 0, "x")];
    for (let i = 0; i < 1000; i++) expect(one.nextExponential()).toBe(-ln(1 - other.next()));
  });

  it("chooses each of n things equally often", () => {
    const stream = new RandomStream(1, 0, "x");
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) {
      const choice = stream.nextInt(7);
      counts[choice] = (counts[choice] as number) + 1;
    }
    // Standard deviation sqrt(70,000 * 1/7 * 6/7) = 93.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * 93);
  });

  it("takes one step a choice, whatever n is", () => {
    const [one, other] = [new RandomStream(1, 0, "x"), new RandomStream(1, 0, "x")];
    one.nextInt(1);
    other.nextInt(2 ** 32);
    expect(one.next()).toBe(other.next());
  });

  it("refuses to choose among nothing", () => {
    expect(() => new RandomStream(1, 0, "x").nextInt(0)).toThrow(InvariantError);
  });
});
