import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FNV1A_OFFSET, fnv1a } from "../../../src/proxies/shared/fnv1a.ts";
import { sha256 } from "../../../src/proxies/shared/sha256.ts";
import { utf8Bytes } from "../../../src/proxies/shared/utf8-bytes.ts";

describe("hash functions", () => {
  it("FNV-1a of the published test texts", () => {
    // draft-eastlake-fnv, appendix C: 32-bit FNV-1a of "", "a", "foobar".
    expect(["", "a", "foobar"].map((text) => fnv1a(FNV1A_OFFSET, utf8Bytes(text)))).toEqual([
      0x811c9dc5, 0xe40c292c, 0xbf9cf968,
    ]);
  });

  it("SHA-256 agrees with the platform's for every length around its block size", () => {
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
      expect(Buffer.from(sha256(bytes)).toString("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  it("UTF-8 agrees with the platform's", () => {
    const text = "aé€😀";
    expect([...utf8Bytes(text)]).toEqual([...Buffer.from(text)]);
  });
});
