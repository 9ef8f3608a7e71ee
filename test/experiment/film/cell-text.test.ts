import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../src/experiment/film/byte-columns.ts";
import { type CellValue, CellWriter, growthOf, readCell } from "../../../src/experiment/film/cell-text.ts";
import { TextWriter } from "../../../src/experiment/film/text-table.ts";

function backAgain(values: readonly (string | number)[]): readonly string[] {
  const [out, texts] = [new ByteWriter(), new TextWriter()];
  const writer = new CellWriter(out, texts);
  let before: string | number = "";
  for (const value of values) {
    writer.put(value, before);
    before = value;
  }
  const reader = new ByteReader(out.take());
  let cell: CellValue = "";
  return values.map(() => {
    cell = readCell(reader, texts.texts, cell);
    return String(cell);
  });
}

describe("cells of a status page", () => {
  it("come back as the texts they were, numbers and anything that looks like one", () => {
    const odd = ["0", "-0", "007", "1e3", "-5", "12.50", "9007199254740993", "", " 1", "Infinity", "NaN", "1K"];
    expect(backAgain(odd)).toEqual(odd);
    expect(backAgain([3, -7, 2.5, 1e21])).toEqual(["3", "-7", "2.5", "1e+21"]);
  });

  it("come back whatever they are", () => {
    const cell = fc.oneof(fc.string(), fc.integer(), fc.integer().map(String), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(cell), (values) => {
        expect(backAgain(values)).toEqual(values.map(String));
      }),
    );
  });
});

describe("a column of bytes", () => {
  it("writes seven bits a byte: 300 = 2 · 128 + 44 takes two", () => {
    const out = new ByteWriter();
    out.put(300);
    expect([...out.take()]).toEqual([44 + 128, 2]);
  });

  it("gives numbers of either sign back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 40), max: 2 ** 40 })), (values) => {
        const out = new ByteWriter();
        for (const value of values) out.putSigned(value);
        const reader = new ByteReader(out.take());
        expect(values.map(() => reader.getSigned())).toEqual(values);
        expect(reader.isAtEnd).toBe(true);
      }),
    );
  });

  it("notices an end in the middle of a number", () => {
    expect(() => new ByteReader(Uint8Array.of(200)).get()).toThrow(RangeError);
  });

  it("cost nothing while they grow as expected: each number is then a zero", () => {
    const [out, texts] = [new ByteWriter(), new TextWriter()];
    const writer = new CellWriter(out, texts);
    const values = [7, 14, "21", 28, 20, 12];
    let [before, growth]: [string | number, number] = [0, 7];
    for (const value of values) {
      growth = writer.put(value, before, growth);
      before = value;
    }
    // From 28 to 20 it fell by 8 instead of growing by 7: −15 as 29, doubled.
    expect([...out.take()]).toEqual([0, 0, 0, 0, 58, 0]);
    const reader = new ByteReader(out.take());
    let [cell, expected]: [CellValue, number] = [0, 7];
    const read = values.map(() => {
      const next = readCell(reader, texts.texts, cell, expected);
      expected = growthOf(next, cell, expected);
      cell = next;
      return next;
    });
    expect(read).toEqual([7, 14, 21, 28, 20, 12]);
  });
});
