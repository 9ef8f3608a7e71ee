import type { SweepResult } from "../experiment/sweep/sweep-result.ts";
import type { KneeSlice } from "./charts/sweep-knee.ts";

/**
 * The knees that a sweep can show: along its first axis of numbers (the load, if it was varied), one for each combination
 * of the values of the other axes. None for a hypercube, in which nothing stands still.
 */
export function kneeSlices(result: SweepResult): readonly KneeSlice[] {
  if (result.design !== "full") return [];
  const axis = axisAlong(result);
  if (axis < 0) return [];
  const slices = new Map<string, KneeSlice>();
  for (const point of result.points) {
    const fixed = result.axes
      .flatMap(({ key }, i) => (i === axis ? [] : [`${key}=${point.values[i] ?? ""}`]))
      .join(", ");
    const slice = slices.get(fixed) ?? { axis, fixed, points: [] };
    slices.set(fixed, { ...slice, points: [...slice.points, point] });
  }
  return [...slices.values()].filter(({ points }) => points.length > 1);
}

function axisAlong({ axes, points }: SweepResult): number {
  const isNumeric = (axis: number) => points.every(({ numbers }) => numbers[axis] !== null);
  const load = axes.findIndex(({ key }, axis) => isLoad(key) && isNumeric(axis));
  return load >= 0 ? load : axes.findIndex((_, axis) => isNumeric(axis));
}

function isLoad(key: string): boolean {
  return key === "load" || /(^|\.)(rate|count)$/.test(key);
}
