import { describe, expect, it } from "vitest";
import { makeSpread, type SpreadKind } from "../../src/drive/spread.ts";
import { RandomStream } from "../../src/engine/random/random-stream.ts";

/** Instances of connections from these addresses, one after another. */
function dealt(kind: SpreadKind, count: number, addresses: readonly string[]): readonly number[] {
  const spread = makeSpread(kind, count, new RandomStream(1, 0, "spread"));
  return addresses.map((address) => spread(address));
}

/** 100.64.0.0 and those that follow. */
const addresses = (count: number) => Array.from({ length: count }, (_, i) => `100.64.${i >> 8}.${i & 255}`);

/** Connections that each instance got. */
const counts = (instances: readonly number[], count: number) =>
  Array.from({ length: count }, (_, i) => instances.filter((instance) => instance === i).length);

describe("a spread of client connections", () => {
  it("deals in turn, whoever comes", () => {
    expect(dealt("round-robin", 3, ["a", "a", "b", "a", "b"])).toEqual([0, 1, 2, 0, 1]);
  });

  it("sends an address always to the same instance when it goes by source", () => {
    const once = addresses(50);
    const seen = dealt("source", 4, [...once, ...once]);
    expect(seen.slice(50)).toEqual(seen.slice(0, 50));
  });

  it("gives each instance about as many, by chance or by source", () => {
    // Binomial with n = 4000 and p = 1/4: mean 1000, standard deviation √750 = 27.4; five of them are 137.
    for (const kind of ["random", "source"] as const)
      for (const count of counts(dealt(kind, 4, addresses(4000)), 4)) {
        expect(Math.abs(count - 1000)).toBeLessThan(137);
      }
  });

  it("does not send a client to where it was by chance", () => {
    expect(new Set(dealt("random", 2, new Array<string>(64).fill("a"))).size).toBe(2);
  });
});
