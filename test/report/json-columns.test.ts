import fc from "fast-check";
import { expect, it } from "vitest";
import { fromColumns, type Json, toColumns } from "../../src/report/json-columns.ts";

/** JSON writes −0 as 0. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

it("a document comes back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (document) => {
      expect(fromColumns(toColumns(plain(document)))).toEqual(plain(document));
    }),
  );
});

it("records of one kind come back as they were, in their order", () => {
  const record = fc.record({
    name: fc.string(),
    count: fc.integer(),
    mean: fc.double({ noNaN: true, noDefaultInfinity: true }),
    cells: fc.array(fc.tuple(fc.nat(), fc.nat())),
    inner: fc.record({ keys: fc.array(fc.constant(0)), steps: fc.constant(null) }),
  });
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect(JSON.stringify(fromColumns(toColumns(plain(records))))).toBe(JSON.stringify(plain(records)));
    }),
  );
});

it("what stands in the same place of all records stands beside each other", () => {
  const record = (name: string, count: number) => ({
    name,
    cells: [
      [1000, count],
      [1001, count],
      [1002, 0],
      [1003, 7],
    ],
  });
  expect(JSON.parse(toColumns([record("a", 1), record("b", 2)]))).toEqual({
    lengths: [2],
    items: {
      keys: {
        name: ["a", "b"],
        cells: {
          lengths: [4, 4],
          items: { places: [{ steps: [1000, 1, 1, 1, -3, 1, 1, 1] }, [1, 1, 0, 7, 2, 2, 0, 7]] },
        },
      },
    },
  });
});
