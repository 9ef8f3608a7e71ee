import { describe, expect, it } from "vitest";
import {
  horizontalScale,
  linearAxis,
  responseTimeAxis,
  timeAxis,
  verticalScale,
} from "../../../../src/report/charts/parts/axis.ts";

const BOX = { left: 50, top: 10, width: 200, height: 100 };
const texts = (axis: { readonly ticks: readonly { readonly text: string }[] }) => axis.ticks.map(({ text }) => text);

describe("a linear axis", () => {
  it("writes all ticks with the decimals that the step asks for, and a true minus sign", () => {
    expect(texts(linearAxis("", [-0.6, 0.2], 4))).toEqual(["−0.6", "−0.4", "−0.2", "0.0", "0.2"]);
    expect(texts(linearAxis("", [0, 100], 5))).toEqual(["0", "20", "40", "60", "80", "100"]);
  });

  it("of nothing still has a length", () => {
    expect(linearAxis("", [0, 0], 3).domain).toEqual([0, 1]);
  });

  it("maps its ends to the sides of the box and keeps what lies outside at the sides", () => {
    const x = horizontalScale(linearAxis("", [0, 10], 5), BOX);
    expect([0, 5, 10, 20, -3].map(x)).toEqual([50, 150, 250, 250, 50]);
    const y = verticalScale(linearAxis("", [0, 10], 5), BOX);
    expect([0, 10].map(y)).toEqual([110, 10]);
  });
});

describe("the axis of time", () => {
  it("is in seconds for a short run and in minutes for a long one", () => {
    expect(timeAxis(300_000_000, 4).title).toBe("time (s)");
    expect(texts(timeAxis(300_000_000, 4))).toEqual(["0", "100", "200", "300"]);
    expect(timeAxis(3_600_000_000, 4).title).toBe("time (min)");
    expect(texts(timeAxis(3_600_000_000, 4))).toEqual(["0", "20", "40", "60"]);
  });
});

describe("the axis of response times", () => {
  it("has ticks at 1, 2 and 5 of each decade, with their unit", () => {
    expect(texts(responseTimeAxis("", 900, 60_000, 10))).toEqual([
      ...["1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms"],
    ]);
  });

  it("thins its ticks where there is little room", () => {
    expect(texts(responseTimeAxis("", 900, 60_000, 4))).toEqual(["1 ms", "3 ms", "10 ms", "30 ms"]);
    expect(texts(responseTimeAxis("", 900, 2_000_000, 4))).toEqual(["1 ms", "10 ms", "100 ms", "1 s"]);
    expect(texts(responseTimeAxis("", 1, 20_000_000, 4))).toEqual(["1 µs", "100 µs", "10 ms", "1 s"]);
  });

  it("starts at 1 µs even when a value is zero, since zero has no place on it", () => {
    expect(responseTimeAxis("", 0, 0, 5).domain).toEqual([1, 2]);
  });

  it("gives each decade the same length", () => {
    const x = horizontalScale(responseTimeAxis("", 1_000, 100_000, 5), BOX);
    expect(x(10_000)).toBeCloseTo(150, 9);
  });
});
