import { describe, expect, it } from "vitest";
import { operatePeer } from "../../../src/proxies/nginx/peer-commands.ts";
import { inTurn, servers, upstreamOf } from "./upstream-of.ts";

describe("an administrator's command", () => {
  it("changes a weight at once, also for methods that go by the sum of weights", () => {
    const { primary } = upstreamOf({ kind: "ip_hash" }, servers({ weight: 5 }, {}));
    operatePeer(primary, 0, "weight=2");
    expect(primary.totalWeight).toBe(3);
  });

  it("takes a server out, and out of the number of tries, until it is up again", () => {
    const upstream = upstreamOf({ kind: "round_robin" }, servers({}, {}));
    operatePeer(upstream.primary, 0, "down");
    expect([inTurn(upstream, 2), upstream.tries(0)]).toEqual(["bb", 1]);
    operatePeer(upstream.primary, 0, "up");
    expect(upstream.tries(0)).toBe(2);
  });

  it("is refused in words that name the known ones", () => {
    const { primary } = upstreamOf({ kind: "round_robin" }, servers({}, {}));
    expect(() => operatePeer(primary, 0, "weight=0")).toThrow(/knows no command "weight=0": up, down, drain/);
  });
});
