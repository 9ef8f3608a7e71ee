import { describe, expect, it } from "vitest";
import { inTurn, Pick, servers, upstreamOf } from "../upstream-of.ts";

const HASH = { kind: "hash", key: { source: "$request_uri", parts: [] }, consistent: false } as const;

// CRC-32("123456789") = cbf43926 (the check value of the algorithm); bits 16 to 30 = 4bf4 = 19444.
// "1123456789" gives 18758, together 38202; "2123456789" gives 8817, together 47019 (Python's zlib.crc32).
const KEY = "123456789";

describe("hash", () => {
  it("takes fifteen bits of the key's CRC-32, modulo the sum of weights", () => {
    // 19444 mod 3 = 1, mod 4 = 0.
    expect(inTurn(upstreamOf(HASH, servers({}, {}, {})), 2, KEY)).toBe("bb");
    expect(inTurn(upstreamOf(HASH, servers({ weight: 3 }, {})), 1, KEY)).toBe("a");
  });

  it("adds the hash of the key with a number before it when the server can't be had", () => {
    // 38202 mod 3 = 0: a. With a down, too, 47019 mod 3 = 0 is no help, nor is the next; c comes in the end.
    expect(inTurn(upstreamOf(HASH, servers({}, { down: true }, {})), 1, KEY)).toBe("a");
    expect(inTurn(upstreamOf(HASH, servers({ down: true }, { down: true }, {})), 1, KEY)).toBe("c");
  });

  it("goes on with the sum for the next attempt of the same request", () => {
    const upstream = upstreamOf(HASH, servers({}, {}, {}));
    const pick = new Pick(upstream, KEY);
    const first = pick.next();
    pick.end(true);
    expect([first, pick.next()]).toEqual(["b", "a"]);
  });

  it("is round robin for an empty key", () => {
    expect(inTurn(upstreamOf(HASH, servers({}, {}, {})), 4, "")).toBe("abca");
  });
});
