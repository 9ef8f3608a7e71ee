import type { StatusTable } from "../../contract/proxy-machine.ts";

/** The status page in the shape of a recorded trace: a balancer's own columns are nested, a member's are not. */
export function recordedManagerRows(tables: readonly StatusTable[]): readonly Readonly<Record<string, unknown>>[] {
  return tables.flatMap(({ title, rows }) => {
    const balancer = title.replace("balancer://", "");
    return rows.map((row) => ("Worker URL" in row ? { balancer, ...row } : { balancer, balancer_row: row }));
  });
}
