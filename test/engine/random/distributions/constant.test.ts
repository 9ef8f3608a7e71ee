import { describe, expect, it } from "vitest";
import { constant } from "../../../../src/engine/random/distributions/index.ts";
import { at, drawsPerSample } from "./distribution-checks.ts";

describe("constant", () => {
  it("is always its value, with mean and no variance, 0 included", () => {
    expect([at(constant(40), 0.1), at(constant(40), 0.9), constant(40).mean, constant(40).cv2]).toEqual([
      40, 40, 40, 0,
    ]);
    expect([at(constant(0), 0.5), constant(0).cv2]).toEqual([0, 0]);
  });

  it("takes one uniform number, as what it stands in for would", () => {
    expect(drawsPerSample(constant(1))).toBe(1);
  });

  it("refuses what is no number", () => {
    expect(() => constant(Number.NaN)).toThrow(RangeError);
  });
});
