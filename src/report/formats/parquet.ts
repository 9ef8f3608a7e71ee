import { parquetWriteBuffer } from "hyparquet-writer";
import type { SweepColumn } from "../sweep-table.ts";

const TYPES = { text: "STRING", number: "DOUBLE", count: "INT32" } as const;

/** A table as an Apache Parquet file, for notebooks and databases. Same table, same bytes. */
export function parquetOf(columns: readonly SweepColumn[], createdBy: string): Uint8Array {
  const columnData = columns.map(({ name, kind, cells }) => ({
    name,
    type: TYPES[kind],
    data: [...cells],
    nullable: cells.includes(null),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy }));
}
