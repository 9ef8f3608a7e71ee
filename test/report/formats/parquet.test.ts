import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { sweepCsv } from "../../../src/report/formats/csv.ts";
import { parquetOf } from "../../../src/report/formats/parquet.ts";
import { sweepColumns } from "../../../src/report/sweep-table.ts";
import { smallSweep } from "../small-sweep.ts";

function fileOf(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

describe("a sweep as Parquet", () => {
  it("gives back every row and column to a reader", async () => {
    const columns = sweepColumns(smallSweep());
    const rows = await parquetReadObjects({ file: fileOf(parquetOf(columns, "lbsim test")) });
    expect(rows).toHaveLength(8);
    for (const [index, row] of rows.entries())
      for (const { name, cells } of columns) expect(row[name] ?? null, name).toBe(cells[index]);
  });

  it("has the columns of the CSV, and types that notebooks read as numbers and texts", () => {
    const columns = sweepColumns(smallSweep());
    const { schema } = parquetMetadata(fileOf(parquetOf(columns, "lbsim test")));
    const names = schema.slice(1).map(({ name }) => name);
    expect(names).toEqual(sweepCsv(smallSweep()).split("\n")[0]?.split(","));
    const types = Object.fromEntries(schema.slice(1).map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      point: "INT32",
      "load (/s)": "DOUBLE",
      variant: "BYTE_ARRAY",
      availability: "DOUBLE",
    });
  });

  it("is the same bytes for the same table", () => {
    const bytes = () => Buffer.from(parquetOf(sweepColumns(smallSweep()), "lbsim test"));
    expect(bytes().equals(bytes())).toBe(true);
  });
});
