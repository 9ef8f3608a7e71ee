/** One column of a table of texts. */
export interface TextColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

const GAP = "  ";

/**
 * Lines of an aligned table. When it is wider than `width`, it is cut between columns into several tables under each
 * other, every one with the first column again; a column is never broken.
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly (readonly string[])[] {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  return columnBlocks(widths, width).map((block) => {
    const line = (cells: readonly string[]) =>
      block
        .map((index) => pad(cells[index] ?? "", widths[index] ?? 0, columns[index]?.align ?? "left"))
        .join(GAP)
        .trimEnd();
    return [line(columns.map((column) => column.title)), ...rows.map(line)];
  });
}

/** Which columns stand beside each other: always the first one, then as many as fit, at least one. */
function columnBlocks(widths: readonly number[], width: number): readonly (readonly number[])[] {
  const blocks: number[][] = [];
  let block = [0];
  let used = widths[0] ?? 0;
  for (let index = 1; index < widths.length; index++) {
    const needed = GAP.length + (widths[index] ?? 0);
    if (block.length > 1 && used + needed > width) {
      blocks.push(block);
      block = [0];
      used = widths[0] ?? 0;
    }
    block.push(index);
    used += needed;
  }
  return [...blocks, block];
}

function pad(text: string, width: number, align: TextColumn["align"]): string {
  return align === "left" ? text.padEnd(width) : text.padStart(width);
}
