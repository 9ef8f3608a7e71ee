import { readSync } from "node:fs";

const CHUNK = 1 << 20;

/** A line of a file without its newline, and where it begins. */
export interface FileLine {
  readonly at: number;
  readonly bytes: Buffer;
}

/** The whole lines of an open file from its beginning; what stands behind the last newline is no line. */
export function* linesOf(file: number): Generator<FileLine> {
  let pieces: Buffer[] = [];
  let at = 0;
  let held = 0;
  for (let position = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = readSync(file, chunk, 0, CHUNK, position);
    if (length === 0) return;
    position += length;
    let from = 0;
    for (let newline = chunk.indexOf(10); newline >= 0 && newline < length; newline = chunk.indexOf(10, from)) {
      const bytes = Buffer.concat([...pieces, chunk.subarray(from, newline)]);
      yield { at, bytes };
      at += bytes.length + 1;
      from = newline + 1;
      pieces = [];
      held = 0;
    }
    pieces.push(chunk.subarray(from, length));
    held += length - from;
    if (held > LONGEST_LINE) return;
  }
}

/** A longer line can't be turned into a text, so whoever wrote it was not lbsim. */
const LONGEST_LINE = 500_000_000;
