import type { RunResult } from "../experiment/result.ts";
import { comparisonOf } from "./metric-column.ts";

const COLUMNS = [
  ...["variant", "metric", "title", "unit", "mean", "half_width"],
  ...["difference", "difference_half_width", "verdict"],
];

/**
 * Every metric of every variant, one a row, for a spreadsheet: mean and half-width of its interval, and the paired difference
 * from the baseline. Times in µs, ratios 0..1; an empty cell = no sample.
 */
export function metricsCsv(result: RunResult): string {
  const rows = result.variants.flatMap(({ name, metrics }) =>
    result.metrics.map(({ id, title, unit }) => {
      const { mean = null, halfWidth = null } = metrics[id] ?? {};
      const compared = comparisonOf(result, name, id);
      return [
        ...[name, id, title, unit, mean, halfWidth],
        ...[compared?.difference ?? null, compared?.halfWidth ?? null, compared?.verdict ?? null],
      ];
    }),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** RFC 4180. */
function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
