import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { utf8Bytes } from "../../../src/report/formats/utf8-bytes.ts";

it("texts become the bytes that Node makes of them", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
      expect([...utf8Bytes(text)]).toEqual([...Buffer.from(text, "utf8")]);
    }),
  );
  expect([...utf8Bytes("\uD800x")]).toEqual([0xef, 0xbf, 0xbd, 0x78]);
});
