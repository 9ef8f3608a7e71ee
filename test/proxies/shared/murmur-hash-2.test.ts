import { describe, expect, it } from "vitest";
import { murmurHash2 } from "../../../src/proxies/shared/murmur-hash-2.ts";

describe("MurmurHash2", () => {
  it("gives the hashes that the algorithm written down in Python with whole numbers gives, for each length of the tail", () => {
    const expected: Readonly<Record<string, number>> = {
      "": 0,
      a: 0x92685f5e,
      ab: 0x1aa14063,
      abc: 0x13577c9b,
      abcd: 0x26873021,
      "127.0.0.1": 0xb6131d91,
      "hello world": 0x44a81419,
    };
    for (const [text, hash] of Object.entries(expected)) expect(murmurHash2(text), text).toBe(hash);
  });
});
