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
});
