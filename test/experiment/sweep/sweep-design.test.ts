import { describe, expect, it } from "vitest";
import { readRange } from "../../../src/experiment/sweep/number-range.ts";
import { fullFactorial, latinHypercube } from "../../../src/experiment/sweep/sweep-design.ts";

function rangeAxis(key: string, text: string) {
  const range = readRange(text);
  if (range === null || "message" in range) throw new Error(text);
  return { key, values: [], range };
}

describe("a full factorial design", () => {
  it("has every combination once, the last axis running fastest", () => {
    const points = fullFactorial([{ values: ["a", "b"] }, { values: ["1", "2", "3"] }]);
    expect(points.map((point) => point.join(""))).toEqual(["a1", "a2", "a3", "b1", "b2", "b3"]);
  });
});

describe("a Latin hypercube", () => {
  const axes = [rangeAxis("x", "0s..8s"), rangeAxis("y", "100s..900s"), { key: "m", values: ["a", "b"], range: null }];
  const points = latinHypercube(axes, 8, 5);

  it("uses each eighth of every range exactly once", () => {
    const parts = (axis: number, from: number, width: number) =>
      points.map((point) => Math.floor((Number.parseFloat(point[axis] ?? "") - from) / width)).sort((a, b) => a - b);
    expect(parts(0, 0, 1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(parts(1, 100, 100)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("uses the values of a list equally often", () => {
    expect(points.filter((point) => point[2] === "a")).toHaveLength(4);
  });

  it("matches the axes by chance, the same for the same seed", () => {
    expect(latinHypercube(axes, 8, 5)).toEqual(points);
    expect(latinHypercube(axes, 8, 6)).not.toEqual(points);
    const order = points.map((point) => Number.parseFloat(point[0] ?? ""));
    expect([...order].sort((a, b) => a - b)).not.toEqual(order);
  });
});
