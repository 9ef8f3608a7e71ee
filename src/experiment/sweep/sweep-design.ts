import { RandomStream } from "../../engine/random/random-stream.ts";
import { valueAt } from "./range-values.ts";
import type { SweepAxis } from "./sweep-axis.ts";

/** A point of the sweep: one value of each axis, in their order. */
export type SweepPoint = readonly string[];

/** All combinations, the last axis running fastest. */
export function fullFactorial(axes: readonly Pick<SweepAxis, "values">[]): readonly SweepPoint[] {
  let points: SweepPoint[] = [[]];
  for (const { values } of axes) points = points.flatMap((point) => values.map((value) => [...point, value]));
  return points;
}

/**
 * A Latin hypercube: each axis is cut into `count` equal parts, each part is used exactly once, and the parts of
 * different axes are matched by chance. Within its part a value of a range is drawn uniformly; the values of a list
 * are used equally often, give or take one. Same seed, same points.
 *
 * Source: McKay, Beckman and Conover (1979), Technometrics 21.
 */
export function latinHypercube(
  axes: readonly Pick<SweepAxis, "key" | "values" | "range">[],
  count: number,
  seed: number,
): readonly SweepPoint[] {
  const columns = axes.map(({ key, values, range }) => {
    const random = new RandomStream(seed, 0, `sweep ${key}`);
    const parts = shuffled(count, random);
    return parts.map((part) => {
      const share = (part + random.next()) / count;
      if (range !== null) return valueAt(range, share);
      return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? "";
    });
  });
  return Array.from({ length: count }, (_, point) => columns.map((column) => column[point] ?? ""));
}

/** 0 to count − 1 in an order that chance chose (Fisher and Yates). */
function shuffled(count: number, random: RandomStream): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = random.nextInt(last + 1);
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
  }
  return order;
}
