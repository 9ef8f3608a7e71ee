import { describe, expect, it } from "vitest";
import { highWord, lowWord } from "../../src/engine/double-words.ts";

describe("the words of a double", () => {
  it("are those of IEEE 754", () => {
    // 1 = 0x3ff00000_00000000; -2 = 0xc0000000_00000000; 1 + 2^-52 differs from 1 in the last bit.
    expect([highWord(1), lowWord(1)]).toEqual([0x3ff00000, 0]);
    expect([highWord(-2), lowWord(-2)]).toEqual([0xc0000000 | 0, 0]);
    expect([highWord(1 + Number.EPSILON), lowWord(1 + Number.EPSILON)]).toEqual([0x3ff00000, 1]);
  });
});
