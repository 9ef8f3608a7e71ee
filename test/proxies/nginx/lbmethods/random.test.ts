import { describe, expect, it } from "vitest";
import { Pick, servers, shares, upstreamOf } from "../upstream-of.ts";

const RANDOM = { kind: "random", by: null } as const;
const RANDOM_TWO = { kind: "random", by: "least_conn" } as const;
const DRAWS = 40_000;
/** Five standard deviations of a share p ≤ 1/2 of 40,000 draws: 5 · √(p(1 − p)/40000) ≤ 0.0125. */
const FIVE_SIGMA = 0.0125;

function expectShares(actual: ReadonlyMap<string, number>, expected: Readonly<Record<string, number>>): void {
  for (const [server, share] of Object.entries(expected))
    expect(Math.abs((actual.get(server) ?? 0) - share), `share of ${server}`).toBeLessThan(FIVE_SIGMA);
}

describe("random", () => {
  it("draws servers by their weights", () => {
    // 3 : 2 : 1.
    const upstream = upstreamOf(RANDOM, servers({ weight: 3 }, { weight: 2 }, { weight: 1 }));
    expectShares(shares(upstream, DRAWS, 1), { a: 1 / 2, b: 1 / 3, c: 1 / 6 });
  });

  it("draws again for a server that can't be had, so that the others share by weight", () => {
    // c takes 1/2 of the draws and gives them back: (2, 1)/3.
    const upstream = upstreamOf(RANDOM, servers({ weight: 2 }, {}, { weight: 3, down: true }));
    const drawn = shares(upstream, DRAWS, 2);
    expectShares(drawn, { a: 2 / 3, b: 1 / 3 });
    expect(drawn.get("c")).toBeUndefined();
  });

  it("turns to round robin after 21 draws in vain", () => {
    const upstream = upstreamOf(RANDOM, servers({ down: true }, {}));
    let draws = 0;
    const always = {
      next: (): number => 0.5,
      nextInt: (): number => {
        draws++;
        return 0;
      },
    };
    expect(new Pick(upstream).next(always)).toBe("b");
    expect(draws).toBe(21);
  });
});

describe("random two", () => {
  it("takes the second of two different draws from idle servers, which evens out weights", () => {
    // Weights 2, 1, 1. P(second = a) = P(first is b or c) · P(a | not it) = 1/2 · 2/3 = 1/3;
    // P(second = b) = 1/2 · 1/2 + 1/4 · 1/3 = 1/3; the same for c.
    const upstream = upstreamOf(RANDOM_TWO, servers({ weight: 2 }, {}, {}));
    expectShares(shares(upstream, DRAWS, 3), { a: 1 / 3, b: 1 / 3, c: 1 / 3 });
  });

  it("prefers the less busy of the two, and so never the busiest", () => {
    // a has two requests in flight, b one, c none. Pairs ab, ac, bc are equally likely: b, c, c.
    const upstream = upstreamOf(RANDOM_TWO, servers({}, {}, {}));
    upstream.primary.conns.set([2, 1, 0]);
    expectShares(shares(upstream, DRAWS, 4), { a: 0, b: 1 / 3, c: 2 / 3 });
  });

  it("compares requests in flight for the weight", () => {
    // 3 for weight 4 is less than 1 for weight 1.
    const upstream = upstreamOf(RANDOM_TWO, servers({ weight: 4 }, {}));
    upstream.primary.conns.set([3, 1]);
    expect(new Pick(upstream).next({ next: () => 0.5, nextInt: sequence(0, 4) })).toBe("a");
  });

  it("turns to round robin when there are no two servers to draw", () => {
    const upstream = upstreamOf(RANDOM_TWO, servers({ down: true }, {}));
    expect(shares(upstream, 100, 5).get("b")).toBeCloseTo(1, 9);
  });
});

/** The given numbers in turn. */
function sequence(...numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length] as number;
}
