import { describe, expect, it } from "vitest";
import { LimitReqBuckets, REFUSED } from "../../../src/proxies/nginx/limit-req.ts";

const POSITION = { file: "nginx.conf", line: 1, column: 1, length: 0 };
const ZONE = { name: "z", key: { source: "$remote_addr", parts: [] }, ratePer1000s: 2000, position: POSITION };

describe("a zone of limit_req", () => {
  it("lets one request a half second through at 2r/s, lets a burst wait and refuses the rest", () => {
    const buckets = new LimitReqBuckets(ZONE);
    const take = (nowUs: number): number => {
      const excess = buckets.look(nowUs, "k", 2);
      return excess === REFUSED ? REFUSED : buckets.count(nowUs, "k", excess, 0);
    };
    // Excess 0, 1, 2 requests wait 0, 1/2, 1 s; a third in excess is one too many. After 1.5 s all has leaked.
    expect([0, 0, 0, 0].map(take)).toEqual([0, 500_000, 1_000_000, REFUSED]);
    expect(take(1_500_000)).toBe(0);
  });

  it("lets `delay` requests in excess go on at once", () => {
    const buckets = new LimitReqBuckets(ZONE);
    const waits = [0, 0, 0].map(() => buckets.count(0, "k", buckets.look(0, "k", 5), 1));
    expect(waits).toEqual([0, 0, 500_000]);
  });
});
