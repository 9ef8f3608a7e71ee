import { describe, expect, it } from "vitest";
import { inTurn, NOW_S, Pick, servers, upstreamOf } from "../upstream-of.ts";

const ROUND_ROBIN = { kind: "round_robin" } as const;

describe("smooth weighted round robin", () => {
  it("spreads a heavy server over the cycle instead of serving it in a row", () => {
    // 5,1,1: (5,1,1) a (-2,1,1) → (3,2,2) a (-4,2,2) → (1,3,3) b (1,-4,3) → (6,-3,4) a (-1,-3,4) → (4,-2,5) c
    // (4,-2,-2) → (9,-1,-1) a (2,-1,-1) → (7,0,0) a (0,0,0); then again.
    const upstream = upstreamOf(ROUND_ROBIN, servers({ weight: 5 }, {}, {}));
    expect(inTurn(upstream, 14)).toBe("aabacaa".repeat(2));
  });

  it("gives each server exactly its weight within a cycle of coprime weights", () => {
    // 4,3,2: a (-5,3,2) b (-1,-3,4) c (3,0,-3) a (-2,3,-1) b (2,-3,1) a (-3,0,3) c (1,3,-4) b (5,-3,-2) a (0,0,0).
    const upstream = upstreamOf(ROUND_ROBIN, servers({ weight: 4 }, { weight: 3 }, { weight: 2 }));
    expect(inTurn(upstream, 9)).toBe("abcabacba");
  });

  it("bans a failed server for fail_timeout and up to a second more", () => {
    const upstream = upstreamOf(ROUND_ROBIN, servers({ failTimeoutS: 10 }, {}));
    const failing = new Pick(upstream);
    expect(failing.next()).toBe("a");
    failing.end(true);
    expect(inTurn(upstream, 2, "", NOW_S + 10)).toBe("bb");
    expect(inTurn(upstream, 4, "", NOW_S + 11)).toContain("a");
  });

  it("lets the weight of a failed server come back by one at each look", () => {
    // weight 4, max_fails 1: the failure costs 4 of 4. After the ban, with (cw, ew) of a = (-1, 0) from its own pick
    // (4 + 1 = 5 paid) and of b = (1, 1):
    // look 1: a -1, then ew 1; b 2 → b 1 (total 1)   look 2: a 0, ew 2; b 2 → b 0 (total 2)
    // look 3: a 2, ew 3; b 1 → a -1 (total 3)        look 4: a 2, ew 4; b 2 → a -2 (total 4)
    const upstream = upstreamOf(ROUND_ROBIN, servers({ weight: 4 }, {}));
    const failing = new Pick(upstream);
    expect(failing.next()).toBe("a");
    failing.end(true);
    expect(inTurn(upstream, 4, "", NOW_S + 11)).toBe("bbaa");
  });

  it("lets one request alone find out whether a banned server is back", () => {
    const upstream = upstreamOf(ROUND_ROBIN, servers({}, {}));
    const failing = new Pick(upstream);
    failing.next();
    failing.end(true);
    const later = NOW_S + 11;
    const picks = [0, 1, 2, 3].map(() => new Pick(upstream).next(undefined, later));
    // Effective weights (0, 1) and current ones (-1, 1): b, then both gain 1 and a is even at the third look.
    expect(picks.filter((server) => server === "a")).toHaveLength(1);
  });

  it("does not forget a failure for a success within fail_timeout", () => {
    // max_fails 2: fail, success in the same window, fail = 2 fails = banned (spec/nginx.md 1.3).
    const upstream = upstreamOf(ROUND_ROBIN, servers({ maxFails: 2 }, { down: true }, {}));
    const { primary } = upstream;
    for (const failed of [true, false, true]) {
      primary.selected(0, NOW_S);
      primary.released(0, NOW_S, failed);
    }
    expect(primary.isBanned(0, NOW_S)).toBe(true);
  });

  it("forgets all failures when a request that came after fail_timeout succeeds", () => {
    const { primary } = upstreamOf(ROUND_ROBIN, servers({ maxFails: 2 }, {}));
    primary.selected(0, NOW_S);
    primary.released(0, NOW_S, true);
    primary.selected(0, NOW_S + 11);
    primary.released(0, NOW_S + 11, false);
    primary.selected(0, NOW_S + 11);
    primary.released(0, NOW_S + 11, true);
    expect(primary.isBanned(0, NOW_S + 11)).toBe(false);
  });

  it("goes over to the backup servers, with their own weights, when no primary can be had", () => {
    const lines = servers({ down: true }, { backup: true, weight: 2 }, { backup: true });
    // 2,1: b (-1,1) c (1,-1) b (0,0).
    expect(inTurn(upstreamOf(ROUND_ROBIN, lines), 6)).toBe("bcbbcb");
  });

  it("passes over a server with max_conns requests in flight", () => {
    const upstream = upstreamOf(ROUND_ROBIN, servers({ maxConns: 1 }, { maxConns: 2 }));
    const picks = [0, 1, 2, 3].map(() => new Pick(upstream).next());
    expect(picks).toEqual(["a", "b", "b", "-"]);
  });

  it("never bans an only server, and does when it has a backup", () => {
    const only = upstreamOf(ROUND_ROBIN, servers({}));
    const pick = new Pick(only);
    pick.next();
    pick.end(true);
    expect(inTurn(only, 2)).toBe("aa");

    const withBackup = upstreamOf(ROUND_ROBIN, servers({}, { backup: true }));
    const other = new Pick(withBackup);
    other.next();
    other.end(true);
    expect(inTurn(withBackup, 2)).toBe("bb");
  });
});
