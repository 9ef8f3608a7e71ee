import type { StatusTable } from "../../contract/proxy-machine.ts";
import { ByteWriter } from "./byte-columns.ts";
import { CellWriter } from "./cell-text.ts";
import type { FilmHeader } from "./film-columns.ts";
import type { TextWriter } from "./text-table.ts";

interface Cell {
  readonly instants: ByteWriter;
  readonly values: ByteWriter;
  readonly writer: CellWriter;
  instant: number;
  value: string | number;
}

/** Every cell of the status page as the list of its changes: instants and values. */
export class StatusCells {
  private readonly cells: Cell[] = [];
  private tables: FilmHeader["tables"] = [];
  private readonly texts: TextWriter;

  constructor(texts: TextWriter) {
    this.texts = texts;
  }

  /** Compares the page with that of the last call and notes what changed at this instant (counted from 0). */
  look(instant: number, tables: readonly StatusTable[]): void {
    if (this.tables.length === 0) this.lay(tables);
    let at = 0;
    for (const [t, { rows }] of tables.entries())
      for (const [r, row] of rows.entries())
        for (const column of this.tables[t]?.rows[r] ?? []) {
          const cell = this.cells[at++] as Cell;
          const value = row[column] ?? "";
          if (value !== cell.value) this.change(cell, instant, value);
        }
  }

  layout(): FilmHeader["tables"] {
    return this.tables;
  }

  columns(): readonly Uint8Array[] {
    return this.cells.flatMap(({ instants, values }) => [instants.take(), values.take()]);
  }

  private lay(tables: readonly StatusTable[]): void {
    this.tables = tables.map(({ title, rows, notShown }) => ({
      title,
      rows: rows.map((row) => Object.keys(row).filter((column) => notShown?.includes(column) !== true)),
    }));
    for (const { rows } of this.tables)
      for (const columns of rows)
        for (const _column of columns) {
          const values = new ByteWriter();
          this.cells.push({
            instants: new ByteWriter(),
            values,
            writer: new CellWriter(values, this.texts),
            instant: 0,
            value: "",
          });
        }
  }

  private change(cell: Cell, instant: number, value: string | number): void {
    cell.instants.put(instant - cell.instant);
    cell.writer.put(value, cell.value);
    cell.instant = instant;
    cell.value = value;
  }
}
