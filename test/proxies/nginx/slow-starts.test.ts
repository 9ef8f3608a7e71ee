import { describe, expect, it } from "vitest";
import { SlowStarts } from "../../../src/proxies/nginx/slow-starts.ts";
import { Pick, servers, upstreamOf } from "./upstream-of.ts";

describe("slow_start", () => {
  it("gives a server its weight back in a straight line", () => {
    const starts = new SlowStarts([10_000_000]);
    starts.begin(0, 1000);
    expect([1000, 3500, 6000, 11_000].map((nowMs) => starts.share(0, nowMs))).toEqual([1 / 256, 1 / 4, 1 / 2, 1]);
    expect(starts.running).toBe(0);
  });

  it("does nothing for servers without it", () => {
    const starts = new SlowStarts([0]);
    starts.begin(0, 1000);
    expect([starts.running, starts.share(0, 1000)]).toEqual([0, 1]);
  });

  it("sends a server at a quarter of its weight a fifth of the requests of two", () => {
    // Gains 1/4 and 1 in each of 50 rounds: (1/4) / (5/4) = 1/5 = 10 requests.
    const upstream = upstreamOf({ kind: "round_robin" }, servers({ slowStartUs: 10_000_000 }, {}));
    upstream.primary.slowStarts.begin(0, 0);
    let toSlow = 0;
    for (let i = 0; i < 50; i++) {
      const pick = new Pick(upstream);
      pick.choice.nowMs = 2500;
      if (pick.next() === "a") toSlow++;
      pick.end();
    }
    expect(toSlow).toBe(10);
  });
});
