import { describe, expect, it } from "vitest";
import { formatUs, MILLISECOND_US, SECOND_US } from "../../src/engine/sim-time.ts";

describe("formatUs", () => {
  it("shows seconds with three decimals", () => {
    expect(formatUs(12 * SECOND_US + 480 * MILLISECOND_US)).toBe("12.480 s");
    expect(formatUs(7 * MILLISECOND_US)).toBe("0.007 s");
    expect(formatUs(0)).toBe("0.000 s");
  });

  it("cuts and does not round, so that nothing seems to have happened early or late", () => {
    expect(formatUs(1_999_999)).toBe("1.999 s");
    expect(formatUs(999)).toBe("0.000 s");
  });

  it("puts the sign in front and shows no minus zero", () => {
    expect(formatUs(-1_500_000)).toBe("-1.500 s");
    expect(formatUs(-999)).toBe("0.000 s");
  });

  it("stays exact for a year", () => {
    expect(formatUs(31_536_000 * SECOND_US + 1_000)).toBe("31536000.001 s");
  });
});
