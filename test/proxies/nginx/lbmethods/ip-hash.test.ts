import { describe, expect, it } from "vitest";
import { inTurn, Pick, servers, upstreamOf } from "../upstream-of.ts";

const IP_HASH = { kind: "ip_hash" } as const;

// 192.0.2.x: 89·113 + 192 = 10249 ≡ 3978; 3978·113 + 0 = 449514 ≡ 4273; 4273·113 + 2 = 482851 ≡ 6255 (mod 6271).
// Rehashed: 706815 + 192 = 707007 ≡ 4655; 526015 ≡ 5522; 623986 + 2 = 623988 ≡ 3159.
// Once more: 356967 + 192 = 357159 ≡ 5983; 676079 ≡ 5082; 574266 + 2 = 574268 ≡ 3607.
// Modulo 3: 0, 0, 1.
const CLIENT = "192.0.2.77";

describe("ip_hash", () => {
  it("hashes three octets of an IPv4 address to a slot", () => {
    const upstream = upstreamOf(IP_HASH, servers({}, {}, {}));
    expect(inTurn(upstream, 3, CLIENT)).toBe("aaa");
    expect(inTurn(upstream, 1, "192.0.2.250")).toBe("a");
  });

  it("hashes on when the slot's server is down, which keeps its slots", () => {
    expect(inTurn(upstreamOf(IP_HASH, servers({ down: true }, {}, {})), 2, CLIENT)).toBe("bb");
  });

  it("continues the chain of hashes with the next attempt of a request", () => {
    const upstream = upstreamOf(IP_HASH, servers({}, {}, {}));
    const pick = new Pick(upstream, CLIENT);
    const first = pick.next();
    pick.end(true);
    expect([first, pick.next()]).toEqual(["a", "b"]);
  });

  it("gives a server slots for its weight", () => {
    // 6255 mod 4 = 3: slots a, b, b, b.
    expect(inTurn(upstreamOf(IP_HASH, servers({}, { weight: 3 })), 1, CLIENT)).toBe("b");
  });

  it("hashes all sixteen octets of an IPv6 address", () => {
    // Two hosts of one /64: the last octet alone differs, by 1, so the hashes do, modulo 6271.
    const upstream = upstreamOf(IP_HASH, servers({}, {}));
    expect(inTurn(upstream, 1, "2001:db8::1")).not.toBe(inTurn(upstream, 1, "2001:db8::2"));
  });

  it("falls back on round robin when twenty rehashes find nobody, and so reaches a backup", () => {
    expect(inTurn(upstreamOf(IP_HASH, servers({ down: true }, { down: true }, { backup: true })), 2, CLIENT)).toBe(
      "cc",
    );
  });
});
