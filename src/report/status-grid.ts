import type { FilmTable } from "../experiment/film/film-reader.ts";

/** Rows of a status page under one row of heads. */
export interface StatusGrid {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A status page as it is drawn: rows that follow each other and have the same columns stand in one grid. */
export function statusGrids(tables: readonly FilmTable[]): readonly StatusGrid[] {
  return tables.flatMap(({ title, rows }) => {
    const grids: { title: string; columns: readonly string[]; rows: (readonly string[])[] }[] = [];
    for (const row of rows) {
      const columns = row.map(({ column }) => column);
      const texts = row.map(({ text }) => text);
      const last = grids[grids.length - 1];
      if (last !== undefined && sameTexts(last.columns, columns)) last.rows.push(texts);
      else grids.push({ title: grids.length === 0 ? title : "", columns, rows: [texts] });
    }
    return grids;
  });
}

/** What differs between two states of a page, in words: "http://10.0.0.2:8080: Status Init Ok → Init Err, Busy 3 → 2". */
export function changesInWords(before: readonly FilmTable[], after: readonly FilmTable[]): readonly string[] {
  return after.flatMap(({ rows }, t) =>
    rows.flatMap((row, r) => {
      const changes = row.flatMap(({ column, text }, c) => {
        const was = before[t]?.rows[r]?.[c]?.text ?? "";
        return was === text ? [] : [`${column} ${was === "" ? "(empty)" : was} → ${text === "" ? "(empty)" : text}`];
      });
      return changes.length === 0 ? [] : [`${row[0]?.text ?? ""}: ${changes.join(", ")}`];
    }),
  );
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}
