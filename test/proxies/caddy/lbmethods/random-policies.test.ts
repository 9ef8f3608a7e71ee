import { describe, expect, it } from "vitest";
import { shares } from "../pool-of.ts";

const DRAWS = 40_000;
/** Five standard errors of a share of one half, sqrt(0.25 / 40000) = 0.0025. */
const TOLERANCE = 0.0125;

function expectShares(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, share] of expected.entries()) expect(Math.abs((actual[i] as number) - share)).toBeLessThan(TOLERANCE);
}

describe("policies that draw", () => {
  it("random gives every available upstream the same share", () => {
    const out = (pool: { unhealthy: Uint8Array }) => pool.unhealthy.set([0, 1, 0, 0]);
    expectShares(shares("a:1 b:1 c:1 d:1", "lb_policy random", out, DRAWS), [1 / 3, 0, 1 / 3, 1 / 3, 0]);
  });

  it("least_conn decides a tie of two by a coin", () => {
    const load = (pool: { hosts: { requests: Int32Array } }) => pool.hosts.requests.set([2, 1, 1]);
    expectShares(shares("a:1 b:1 c:1", "lb_policy least_conn", load, DRAWS), [0, 0.5, 0.5, 0]);
  });

  it("random_choose 2 of two idle upstreams: the second overwrites the first half of the time", () => {
    // The first goes to place 0. The second goes to place 0 (then it is alone) or to place 1 (then the first, idle, is
    // met first): one half each.
    expectShares(
      shares("a:1 b:1", "lb_policy random_choose 2", () => {}, DRAWS),
      [0.5, 0.5, 0],
    );
  });

  it("random_choose 2 with only the third available finds nobody in one of three draws", () => {
    // The upstream with index 2 draws its place from 0, 1, 2; with place 2 it falls out.
    const out = (pool: { unhealthy: Uint8Array }) => pool.unhealthy.set([1, 1, 0]);
    expectShares(shares("a:1 b:1 c:1", "lb_policy random_choose 2", out, DRAWS), [0, 0, 2 / 3, 1 / 3]);
  });
});
