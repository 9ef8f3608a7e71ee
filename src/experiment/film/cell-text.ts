import type { ByteReader, ByteWriter } from "./byte-columns.ts";
import type { TextTable, TextWriter } from "./text-table.ts";

/**
 * A cell of a status page, or a score: of a whole number its growth since the value before is kept, as the difference to the
 * growth that one would expect; everything else as a text of the table. Most cells count, so most differences are nothing.
 */
export class CellWriter {
  private readonly out: ByteWriter;
  private readonly texts: TextWriter;

  constructor(out: ByteWriter, texts: TextWriter) {
    this.out = out;
    this.texts = texts;
  }

  /** Answers how much the number grew; the expected growth where it is no number. */
  put(value: string | number, before: string | number, expected = 0): number {
    const whole = wholeNumber(value);
    if (whole === null) {
      this.out.put(2 * this.texts.indexOf(String(value)) + 1);
      return expected;
    }
    const growth = whole - (wholeNumber(before) ?? 0);
    const difference = growth - expected;
    this.out.put(2 * (difference < 0 ? -2 * difference - 1 : 2 * difference));
    return growth;
  }
}

/** What a cell shows: a whole number that a CellWriter kept as such, or a text. */
export type CellValue = number | string;

/** Reads what a CellWriter wrote; `before` is what was read last. */
export function readCell(from: ByteReader, texts: TextTable, before: CellValue, expected = 0): CellValue {
  const value = from.get();
  if (value % 2 === 1) return texts[(value - 1) / 2] ?? "";
  const code = value / 2;
  const growth = expected + (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
  return numberOr(before, 0) + growth;
}

/** How much a cell that was read grew; the expected growth where it is no number. */
export function growthOf(value: CellValue, before: CellValue, expected: number): number {
  return typeof value === "number" ? value - numberOr(before, 0) : expected;
}

function numberOr(value: CellValue, other: number): number {
  return typeof value === "number" ? value : other;
}

/** Numbers beyond ±2^48 are kept as texts: differences of their growths would not be exact. */
const LARGEST = 281_474_976_710_656;

/** The number that a text stands for when it is written exactly so, else null. */
function wholeNumber(value: string | number): number | null {
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) <= LARGEST ? value : null;
  const first = value.charCodeAt(value.length - 1);
  if (value.length === 0 || value.length > 14 || first < 48 || first > 57) return null;
  const number = Number(value);
  return Math.abs(number) <= LARGEST && String(number) === value ? number : null;
}
