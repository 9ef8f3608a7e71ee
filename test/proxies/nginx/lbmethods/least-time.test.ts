import { describe, expect, it } from "vitest";
import { estimatedMs } from "../../../../src/proxies/nginx/lbmethods/least-time.ts";
import type { Upstream } from "../../../../src/proxies/nginx/upstream.ts";
import { NOW_S, Pick, servers, upstreamOf } from "../upstream-of.ts";

const LEAST_TIME = { kind: "least_time", of: "header", inflight: false } as const;

/** An upstream whose servers have the given average times to the head. */
function withTimes(...headerMs: readonly number[]): Upstream {
  const upstream = upstreamOf(LEAST_TIME, servers(...headerMs.map(() => ({}))));
  upstream.primary.times.headerMs.set(headerMs);
  upstream.primary.checkedS.fill(NOW_S);
  return upstream;
}

describe("least_time", () => {
  it("sorts times into classes of 20 ms and takes everything above 5 s for the same", () => {
    const { primary } = withTimes(0, 19, 20, 39, 5000, 9000);
    const estimates = [0, 1, 2, 3, 4, 5].map((p) => estimatedMs(primary, p, NOW_S, "header"));
    expect(estimates).toEqual([20, 20, 40, 40, 5020, 5000]);
  });

  it("multiplies the time by the requests in flight and one", () => {
    const { primary } = withTimes(35);
    primary.conns[0] = 2;
    expect(estimatedMs(primary, 0, NOW_S, "header")).toBe(120);
  });

  it("halves the time for each fail_timeout (and a second) without use", () => {
    // fail_timeout 10: 22 s unused are two times 11 s: 400 / 4 = 100, class 120.
    const { primary } = withTimes(400);
    expect(estimatedMs(primary, 0, NOW_S + 10, "header")).toBe(420);
    expect(estimatedMs(primary, 0, NOW_S + 22, "header")).toBe(120);
  });

  it("sends requests to the faster server until its queue makes it the slower one", () => {
    // Classes 40 and 120: a costs 40, 80, 120 with none, one, two in flight; then it ties with b, and round robin between
    // them (both weights 1, a first) gives a once more before b.
    const upstream = withTimes(30, 110);
    expect([0, 1, 2, 3].map(() => new Pick(upstream).next())).toEqual(["a", "a", "a", "b"]);
  });

  it("learns a twentieth of each new time, the first whole", () => {
    const upstream = withTimes(0, 0);
    for (const [began, head] of [
      [0, 100],
      [1000, 1300],
    ] as const) {
      const { choice } = new Pick(upstream);
      choice.attempts(began);
      choice.headMs = head - began;
      upstream.method.released?.(choice, 0, head, true);
    }
    // 100, then 0.5 + 0.05 · 300 + 0.95 · 100 = 110.5, cut to 110.
    expect(upstream.primary.times.headerMs[0]).toBe(110);
  });

  it("does not learn from failed attempts, nor from those without a head", () => {
    const upstream = withTimes(0, 0);
    const { choice } = new Pick(upstream);
    choice.headMs = 80;
    upstream.method.released?.(choice, 0, 80, false);
    choice.headMs = -1;
    upstream.method.released?.(choice, 0, 80, true);
    expect(upstream.primary.times.headerMs[0]).toBe(0);
  });
});
