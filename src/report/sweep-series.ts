import type { SweepResult, SweptPoint } from "../experiment/sweep/sweep-result.ts";

/** The name of the only variant of a scenario without variants. */
const AS_WRITTEN = "as written";

/**
 * The sweep as charts draw it: an axis of words, such as lbmethod, becomes one line per word beside those of the variants,
 * so that what is compared stands in one chart. Without an axis of numbers there is nothing to draw along, and a hypercube
 * has nothing in common to draw: both stay as they are.
 */
export function wordsAsVariants(result: SweepResult): SweepResult {
  const isWords = result.axes.map((_, axis) => result.points.some(({ numbers }) => numbers[axis] === null));
  if (result.design !== "full" || !isWords.includes(true) || !isWords.includes(false)) return result;
  const kept = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, axis) => isWords[axis] === false);
  const points = new Map<string, SweptPoint>();
  for (const point of result.points) {
    const words = point.values.filter((_, axis) => isWords[axis] === true);
    const values = kept(point.values);
    const key = values.join("\n");
    const own = point.variants.map((variant) => ({ ...variant, name: nameOf(variant.name, words) }));
    const before = points.get(key);
    points.set(key, { values, numbers: kept(point.numbers), variants: [...(before?.variants ?? []), ...own] });
  }
  const all = [...points.values()];
  const names = all.flatMap(({ variants }) => variants.map(({ name }) => name));
  const first = result.points[0]?.values.filter((_, axis) => isWords[axis] === true) ?? [];
  return {
    ...result,
    axes: kept(result.axes),
    variants: names.filter((name, i) => names.indexOf(name) === i),
    baseline: nameOf(result.baseline, first),
    points: all,
  };
}

function nameOf(variant: string, words: readonly string[]): string {
  return [...(variant === AS_WRITTEN ? [] : [variant]), ...words].join(" · ");
}
