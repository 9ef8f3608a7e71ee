import { stringify } from "csv-stringify/sync";
import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { sweepColumns } from "../sweep-table.ts";

/** sweep.csv: one row per point and variant, see `sweepColumns`. Times in µs, ratios 0..1; an empty cell = no sample. */
export function sweepCsv(result: SweepResult): string {
  const columns = sweepColumns(result);
  const rows = (columns[0]?.cells ?? []).map((_, row) => columns.map(({ cells }) => cells[row] ?? null));
  return stringify([columns.map(({ name }) => name), ...rows]);
}
