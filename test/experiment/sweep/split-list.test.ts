import { describe, expect, it } from "vitest";
import { splitList } from "../../../src/experiment/sweep/split-list.ts";

describe("a list of values", () => {
  it("is split at its outer commas only", () => {
    expect(splitList("a, b")).toEqual(["a", "b"]);
    expect(splitList("[1, 2, 3]")).toEqual(["1", "2", "3"]);
    expect(splitList("{exponential: {mean: 10ms}}, {uniform: {min: 1ms, max: 2ms}}")).toEqual([
      "{exponential: {mean: 10ms}}",
      "{uniform: {min: 1ms, max: 2ms}}",
    ]);
  });

  it("keeps a comma inside quotes, and drops quotes around a whole value", () => {
    expect(splitList('"500,503", 500')).toEqual(["500,503", "500"]);
  });
});
