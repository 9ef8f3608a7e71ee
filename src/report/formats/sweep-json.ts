import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";

/** sweep.json: the whole table with one point per line, so that two sweeps can be compared line by line. */
export function renderSweepJson(result: SweepResult): string {
  const { points, ...head } = result;
  const start = JSON.stringify(head, null, 2).replace(/\n\}$/, "");
  return `${start},\n  "points": [\n${points.map((point) => `    ${JSON.stringify(point)}`).join(",\n")}\n  ]\n}\n`;
}
