import { describe, expect, it } from "vitest";
import { HeartbeatStorage } from "../../../../src/proxies/apache/heartbeat-storage.ts";
import { balancerOf } from "../balancer-of.ts";
import { member } from "../build-config.ts";

function choice(
  storage: HeartbeatStorage,
  hosts: readonly string[],
  draw: number,
  seen: (open: number) => void = () => {},
) {
  const of = balancerOf(
    hosts.map((host) => member(host)),
    { lbmethod: "heartbeat" },
  );
  return of.method.pick(of, 0, {
    random: {
      next: () => 0.5,
      nextInt: (n) => {
        seen(n);
        return draw;
      },
    },
    heartbeatOf: (host, nowUs) => storage.recordOf(host, nowUs),
  });
}

describe("heartbeat", () => {
  const storage = new HeartbeatStorage(
    "a &busy=0&ready=5&lastseen=1\nb &busy=2&ready=3&lastseen=2\nold &ready=9&lastseen=10\n",
  );

  it("draws over the ready threads, both ends possible, and the last match wins", () => {
    const chosen = Array.from({ length: 9 }, (_, draw) => choice(storage, ["a", "b"], draw, (n) => expect(n).toBe(9)));
    expect(chosen).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it("knows nobody that is not listed or was silent for 10 s", () => {
    expect(choice(storage, ["elsewhere"], 0)).toBe(-1);
    expect(choice(storage, ["old"], 0)).toBe(-1);
  });

  it("keys data by the address alone: of two members on one address the last is chosen", () => {
    expect(choice(storage, ["a", "a"], 2)).toBe(1);
  });

  it("lets reports age in whole seconds", () => {
    const live = new HeartbeatStorage(null);
    live.report(1_000_000, "a", 0, 4);
    expect(live.recordOf("a", 10_999_999)?.lastSeenS).toBe(9);
    expect(live.recordOf("a", 11_000_000)?.lastSeenS).toBe(10);
  });
});
