import { describe, expect, it } from "vitest";
import { spreadByWeight } from "../../../../src/proxies/caddy/conversion/spread-by-weight.ts";

describe("addresses repeated by weight", () => {
  it("mix 5, 1, 1 as smooth weighted round robin does: a a b a c a a", () => {
    expect(spreadByWeight([5, 1, 1])).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });

  it("name everybody as often as the weight says", () => {
    const order = spreadByWeight([2, 2, 1]);
    expect([0, 1, 2].map((i) => order.filter((each) => each === i).length)).toEqual([2, 2, 1]);
  });
});
