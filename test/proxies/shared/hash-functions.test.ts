import { describe, expect, it } from "vitest";
import { djb2 } from "../../../src/proxies/shared/djb2.ts";
import { fullHash } from "../../../src/proxies/shared/full-hash.ts";
import { sdbm } from "../../../src/proxies/shared/sdbm.ts";
import { utf8Bytes } from "../../../src/proxies/shared/utf8-bytes.ts";
import { wt6 } from "../../../src/proxies/shared/wt6.ts";
import { xxh64 } from "../../../src/proxies/shared/xxh64.ts";

describe("hash functions of HAProxy", () => {
  it("sdbm is h · 65599 + c from 0", () => {
    // "a" = 97; "ab" = 97 · 65599 + 98 = 6363201.
    expect(sdbm(utf8Bytes("a"))).toBe(97);
    expect(sdbm(utf8Bytes("ab"))).toBe(6_363_201);
  });

  it("djb2 is h · 33 + c from 5381", () => {
    // "a": 5381 · 33 + 97 = 177670; "ab": 177670 · 33 + 98 = 5863208.
    expect(djb2(utf8Bytes("a"))).toBe(177_670);
    expect(djb2(utf8Bytes("ab"))).toBe(5_863_208);
  });

  it("wt6 of nothing is its two start words combined", () => {
    expect(wt6(utf8Bytes(""))).toBe((0xa53c965a ^ 0x5ca6953a) >>> 0);
  });

  it("full_hash keeps different numbers apart", () => {
    // Each of its steps can be undone, so no two of 10000 numbers meet.
    expect(new Set(Array.from({ length: 10_000 }, (_, i) => fullHash(i))).size).toBe(10_000);
  });

  it("XXH64 of the empty text with seed 0 is the value of its specification", () => {
    expect(xxh64(utf8Bytes(""), 0n)).toBe(0xef46db3751d8e999n);
    expect(xxh64(utf8Bytes("abc"), 0n)).toBe(0x44bc2cf5ad770999n);
  });

  it("XXH64 of inputs that fill its four lanes, with every kind of rest", () => {
    // Reference: xxhsum of xxHash 0.8 over the bytes (i · 37) mod 256; 33 = one block and a byte, 63 = 8·3 + 4 + 3 left over.
    const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
    expect([32, 33, 39, 40, 63, 64, 100].map((length) => xxh64(bytes(length), 0n))).toEqual([
      0x2c1f2ffa2ace16d3n,
      0x62f3b71cd8263c47n,
      0xd9a1482f2e4f585fn,
      0xb3e25688fe539300n,
      0x2c9d78b9323007f3n,
      0xcb86cfdc04a5148an,
      0x3f99fd1263b54f01n,
    ]);
    expect(xxh64(bytes(77), 12_345n)).toBe(0x3f2f9959c2f2a897n);
  });
});
