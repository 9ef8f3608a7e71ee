import fc from "fast-check";
import { expect, it } from "vitest";
import { fromPrintable, printable } from "../../src/report/printable-bytes.ts";

it("bytes come back as they were, whatever their number", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect([...fromPrintable(printable(bytes))]).toEqual([...bytes]);
    }),
  );
});

it("the text can stand in a script element and is shorter than base64", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919 + (i >> 8)) & 255);
  const text = printable(bytes);
  expect(text).toMatch(/^[!-~]*$/);
  expect(text).not.toMatch(/[<&]/);
  expect(text.length).toBeLessThan(bytes.length * 1.232);
});
