/** Rows that a chart of members has at most: more are no picture any more, and stand in its table. */
export const MOST_ROWS = 40;

/** Indexes of the entries that tell most, in their own order; all while they are no more than `most`. Of equals the earlier ones. */
export function mostTelling<T>(
  entries: readonly T[],
  most: number,
  tells: (entry: T, index: number) => number,
): readonly number[] {
  const indexes = [...entries.keys()];
  if (entries.length <= most) return indexes;
  const weight = entries.map(tells);
  return indexes
    .sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}

/** What stands below the rows that are drawn; "" when all are. */
export function notDrawn(entries: readonly unknown[], why: string): string {
  const rest = entries.length - MOST_ROWS;
  return rest > 0 ? `${rest} more in the table; drawn: ${why}` : "";
}
