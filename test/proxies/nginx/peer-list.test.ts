import { describe, expect, it } from "vitest";
import { NOW_S, Pick, servers, upstreamOf } from "./upstream-of.ts";

describe("a peer's effective weight", () => {
  it("loses weight / max_fails with each failure and regains 1 with each look", () => {
    // weight=6 max_fails=3: 6 / 3 = 2 each; a look at less than 6 adds 1 before the next failure.
    const upstream = upstreamOf({ kind: "round_robin" }, servers({ weight: 6, maxFails: 3 }, { down: true }));
    const { effectiveWeight } = upstream.primary;
    const weights: (number | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      const pick = new Pick(upstream);
      expect(pick.next()).toBe("a");
      pick.end(true);
      weights.push(effectiveWeight[0]);
    }
    // 6 - 2 = 4; 4 + 1 - 2 = 3; 3 + 1 - 2 = 2, and with three failures it is out.
    expect(weights).toEqual([4, 3, 2]);
    expect(upstream.primary.isBanned(0, NOW_S)).toBe(true);
  });

  it("does not change with a weight below max_fails, nor with max_fails=0", () => {
    const upstream = upstreamOf(
      { kind: "round_robin" },
      servers({ weight: 1, maxFails: 2 }, { weight: 5, maxFails: 0 }),
    );
    upstream.primary.selected(0, NOW_S);
    upstream.primary.released(0, NOW_S, true);
    upstream.primary.selected(1, NOW_S);
    upstream.primary.released(1, NOW_S, true);
    expect([...upstream.primary.effectiveWeight]).toEqual([1, 5]);
    expect(upstream.primary.isBanned(1, NOW_S)).toBe(false);
  });
});

describe("a ban", () => {
  it("lasts while the second counters differ by no more than fail_timeout, and then lets one request probe", () => {
    const { primary } = upstreamOf({ kind: "round_robin" }, servers({ failTimeoutS: 10 }, {}));
    primary.selected(0, NOW_S);
    primary.released(0, NOW_S, true);
    expect([primary.isBanned(0, NOW_S + 10), primary.isBanned(0, NOW_S + 11)]).toEqual([true, false]);
    primary.selected(0, NOW_S + 11);
    expect(primary.isBanned(0, NOW_S + 11)).toBe(true);
    primary.released(0, NOW_S + 11, false);
    expect([primary.isBanned(0, NOW_S + 11), primary.fails[0]]).toEqual([false, 0]);
  });

  it("is forgotten by no success within fail_timeout", () => {
    const { primary } = upstreamOf({ kind: "round_robin" }, servers({ maxFails: 2 }, {}));
    for (const failed of [true, false, true]) {
      primary.selected(0, NOW_S);
      primary.released(0, NOW_S, failed);
    }
    expect(primary.isBanned(0, NOW_S)).toBe(true);
  });
});

describe("an upstream's tries", () => {
  it("are the servers of both lists that are not marked down, limited by proxy_next_upstream_tries", () => {
    const upstream = upstreamOf(
      { kind: "round_robin" },
      servers({}, { down: true }, { backup: true }, { backup: true }),
    );
    expect([upstream.tries(0), upstream.tries(2), upstream.tries(9)]).toEqual([3, 2, 3]);
  });
});
