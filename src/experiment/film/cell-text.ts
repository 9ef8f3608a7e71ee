import type { ByteReader, ByteWriter } from "./byte-columns.ts";
import type { TextTable, TextWriter } from "./text-table.ts";

/**
 * A cell of a status page, or a score: a whole number is kept as the difference to the value before it, everything else
 * as a text of the table. Most cells count, so most differences are small and alike.
 */
export class CellWriter {
  private readonly out: ByteWriter;
  private readonly texts: TextWriter;

  constructor(out: ByteWriter, texts: TextWriter) {
    this.out = out;
    this.texts = texts;
  }

  put(value: string | number, before: string | number): void {
    const whole = wholeNumber(value);
    if (whole === null) this.out.put(2 * this.texts.indexOf(String(value)) + 1);
    else {
      const difference = whole - (wholeNumber(before) ?? 0);
      this.out.put(2 * (difference < 0 ? -2 * difference - 1 : 2 * difference));
    }
  }
}

/** Reads what a CellWriter wrote; `before` is the text that was read last. */
export function readCell(from: ByteReader, texts: TextTable, before: string): string {
  const value = from.get();
  if (value % 2 === 1) return texts[(value - 1) / 2] ?? "";
  const code = value / 2;
  const difference = code % 2 === 0 ? code / 2 : -(code + 1) / 2;
  return String((wholeNumber(before) ?? 0) + difference);
}

/** Numbers beyond ±2^49 are kept as texts: their doubled differences would not be exact. */
const LARGEST = 562_949_953_421_312;

/** The number that a text stands for when it is written exactly so, else null. */
function wholeNumber(value: string | number): number | null {
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) <= LARGEST ? value : null;
  const first = value.charCodeAt(value.length - 1);
  if (value.length === 0 || value.length > 14 || first < 48 || first > 57) return null;
  const number = Number(value);
  return Math.abs(number) <= LARGEST && String(number) === value ? number : null;
}
