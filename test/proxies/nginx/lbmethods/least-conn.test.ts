import { describe, expect, it } from "vitest";
import { inTurn, Pick, servers, upstreamOf } from "../upstream-of.ts";

const LEAST_CONN = { kind: "least_conn" } as const;

describe("least_conn", () => {
  it("is smooth weighted round robin while no request overlaps another", () => {
    expect(inTurn(upstreamOf(LEAST_CONN, servers({ weight: 5 }, {}, {})), 7)).toBe("aabacaa");
  });

  it("counts requests in flight for the configured weight", () => {
    // Weights 2,1. All idle: tie, (2,1) a. Then a 1/2, b 0/1: b. Then 1/2 against 1: a. Then 2/2 = 1/1: tie, weights
    // stand at (-1,1), gain to (1,2): b. Then 2/2 against 2/1: a.
    const upstream = upstreamOf(LEAST_CONN, servers({ weight: 2 }, {}));
    expect([0, 1, 2, 3, 4].map(() => new Pick(upstream).next())).toEqual(["a", "b", "a", "b", "a"]);
  });

  it("leaves the round robin weights alone when there is no tie", () => {
    const upstream = upstreamOf(LEAST_CONN, servers({}, {}));
    new Pick(upstream).next();
    const before = [...upstream.primary.currentWeight];
    expect(new Pick(upstream).next()).toBe("b");
    expect([...upstream.primary.currentWeight]).toEqual(before);
  });

  it("gives a server that hangs only as many requests as the healthy one has in flight", () => {
    // Nothing on b ever ends; each request on a ends before the next comes. One tie can send one request to b.
    const upstream = upstreamOf(LEAST_CONN, servers({}, {}));
    let hung = 0;
    for (let i = 0; i < 50; i++) {
      const pick = new Pick(upstream);
      if (pick.next() === "a") pick.end();
      else hung++;
    }
    expect(hung).toBe(1);
  });

  it("chooses backup servers by their connections, too", () => {
    // Tie, weights (1,1): b (-1,1). Then b has one, c none: c. Then a tie again, weights (0,2): c.
    const upstream = upstreamOf(LEAST_CONN, servers({ down: true }, { backup: true }, { backup: true }));
    expect([0, 1, 2].map(() => new Pick(upstream).next())).toEqual(["b", "c", "c"]);
  });
});
