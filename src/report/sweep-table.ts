import type { SweepResult } from "../experiment/sweep/sweep-result.ts";

/** A column of the sweep's table: what it is called, and its cells from top to bottom. */
export interface SweepColumn {
  readonly name: string;
  readonly kind: "text" | "number" | "count";
  readonly cells: readonly (string | number | null)[];
}

/**
 * The sweep as a table, one row per point and variant: the number of the point, its values (numbers without their unit
 * where all values of the axis are numbers, the unit then stands in the name), the variant, and for each metric its mean
 * and the half-width of its interval.
 */
export function sweepColumns(result: SweepResult): readonly SweepColumn[] {
  const rows = result.points.flatMap((point, index) => point.variants.map((variant) => ({ index, point, variant })));
  const column = (
    name: string,
    kind: SweepColumn["kind"],
    cell: (row: (typeof rows)[number]) => string | number | null,
  ): SweepColumn => ({ name, kind, cells: rows.map(cell) });
  return [
    column("point", "count", ({ index }) => index),
    ...result.axes.map(({ key, unit }, axis) => {
      const isNumeric = result.points.every(({ numbers }) => numbers[axis] !== null);
      return isNumeric
        ? column(unit === "" ? key : `${key} (${unit})`, "number", ({ point }) => point.numbers[axis] ?? null)
        : column(key, "text", ({ point }) => point.values[axis] ?? "");
    }),
    column("variant", "text", ({ variant }) => variant.name),
    column("replications", "count", () => result.replications),
    ...result.metrics.flatMap(({ id }) => [
      column(id, "number", ({ variant }) => variant.metrics[id]?.mean ?? null),
      column(`${id}_half_width`, "number", ({ variant }) => variant.metrics[id]?.halfWidth ?? null),
    ]),
  ];
}
