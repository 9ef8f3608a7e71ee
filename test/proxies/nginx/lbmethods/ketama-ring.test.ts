import { describe, expect, it } from "vitest";
import { KetamaRing } from "../../../../src/proxies/nginx/lbmethods/ketama-ring.ts";

const SERVERS = [1, 2, 3].map((i) => ({ text: `10.0.0.${i}:80`, weight: 1 }));

describe("the ketama ring", () => {
  it("has 160 points for each unit of weight", () => {
    expect(new KetamaRing(SERVERS).points).toHaveLength(480);
    expect(new KetamaRing([{ text: "10.0.0.1:80", weight: 3 }]).points).toHaveLength(480);
  });

  it("has the points that zlib's CRC-32 of host, zero byte, port and the point before gives", () => {
    // Made with Python: zlib.crc32(previous, zlib.crc32(b"10.0.0.1\0" + b"80")), in ascending order.
    const { points, owners } = new KetamaRing(SERVERS);
    expect([...points.subarray(0, 3)]).toEqual([3_751_338, 15_858_338, 21_967_852]);
    expect([...owners.subarray(0, 3)]).toEqual([0, 1, 0]);
    expect(points[479]).toBe(4_294_447_434);
  });

  it("finds the first point that is not below a hash, or the place behind the last", () => {
    const ring = new KetamaRing(SERVERS);
    expect(ring.find(0)).toBe(0);
    expect(ring.find(3_751_338)).toBe(0);
    expect(ring.find(3_751_339)).toBe(1);
    expect(ring.find(4_294_967_295)).toBe(480);
  });
});
