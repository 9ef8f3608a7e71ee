import type { StatusTable } from "../../contract/proxy-machine.ts";
import { ByteWriter } from "./byte-columns.ts";
import { CellWriter } from "./cell-text.ts";
import type { FilmColumn, FilmHeader } from "./film-columns.ts";
import { KnownWriter } from "./known-lists.ts";
import type { TextWriter } from "./text-table.ts";

interface Cell {
  readonly values: ByteWriter;
  readonly writer: CellWriter;
  value: string | number;
  changes: number;
}

/**
 * The changes of the status page: at every instant which cells changed, and for every cell its values. The same cells
 * change together again and again (a request starts, a request ends), so a set of cells is described once; and with the
 * same set a cell mostly grows by as much as the last time.
 */
export class StatusCells {
  private readonly cells: Cell[] = [];
  private tables: FilmHeader["tables"] = [];
  private readonly texts: TextWriter;
  private readonly out: Pick<Record<FilmColumn, ByteWriter>, "cellCount" | "cell">;
  private readonly sets: KnownWriter;
  /** By number of a set: how much each of its cells grew the last time. */
  private readonly growths: number[][] = [];
  /** Values of cells written so far. */
  written = 0;

  constructor(texts: TextWriter, out: Pick<Record<FilmColumn, ByteWriter>, "cellSet" | "cellCount" | "cell">) {
    this.texts = texts;
    this.out = out;
    this.sets = new KnownWriter(out.cellSet);
  }

  /**
   * Compares the page with that of the last call and notes what changed.
   *
   * @param context what happened, as a number: the same cells change when the same happens
   */
  look(tables: readonly StatusTable[], context: number): void {
    if (this.tables.length === 0) this.lay(tables);
    const changed: number[] = [];
    const values: (string | number)[] = [];
    let at = 0;
    for (const [t, { rows }] of tables.entries())
      for (const [r, row] of rows.entries())
        for (const column of this.tables[t]?.rows[r] ?? []) {
          const value = row[column] ?? "";
          if (value !== (this.cells[at] as Cell).value) {
            changed.push(at);
            values.push(value);
          }
          at++;
        }
    const { isNew, number } = this.sets.put(changed.join(","), context);
    if (isNew) this.describe(changed);
    this.written += changed.length;
    const growth = this.growths[number] as number[];
    for (const [i, place] of changed.entries()) {
      const cell = this.cells[place] as Cell;
      const value = values[i] as string | number;
      growth[i] = cell.writer.put(value, cell.value, growth[i]);
      cell.value = value;
      cell.changes++;
    }
  }

  /** Cells that changed since the first page. */
  get moving(): number {
    return this.cells.filter(({ changes }) => changes > 1).length;
  }

  layout(): FilmHeader["tables"] {
    return this.tables;
  }

  columns(): readonly Uint8Array[] {
    return this.cells.map(({ values }) => values.take());
  }

  private describe(changed: readonly number[]): void {
    this.out.cellCount.put(changed.length);
    let last = 0;
    for (const cell of changed) {
      this.out.cell.put(cell - last);
      last = cell;
    }
    this.growths.push(changed.map(() => 0));
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
          this.cells.push({ values, writer: new CellWriter(values, this.texts), value: "", changes: 0 });
        }
  }
}
