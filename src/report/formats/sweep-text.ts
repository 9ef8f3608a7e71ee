import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { sweepLine, sweepTable } from "../sweep-summary.ts";
import type { Paint } from "./paint.ts";
import { textTable } from "./text-table.ts";

/** Rows that a terminal shows; the files have all. */
const MOST_ROWS = 60;

/** What `lbsim sweep` prints: one row per point and variant. */
export function renderSweepText(
  result: SweepResult,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const { columns, rows } = sweepTable(result);
  const words = result.axes.length + 1;
  const shown = rows.slice(0, MOST_ROWS);
  const tables = textTable(
    columns.map((title, i) => ({ title, align: i < words ? "left" : "right" })),
    shown,
    width,
  );
  const more = rows.length - shown.length;
  return `${[
    paint.bold(sweepLine(result)),
    ...tables.map((lines) => lines.join("\n")),
    ...(more > 0 ? [`${more} more rows are in the files`] : []),
    `fingerprint ${result.fingerprint} · reproduce: ${result.reproduce}`,
  ].join("\n\n")}\n`;
}
