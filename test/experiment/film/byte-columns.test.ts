import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../src/experiment/film/byte-columns.ts";

describe("a column of whole numbers", () => {
  it("comes back as it was written, signed or not, however large", () => {
    const large = fc.maxSafeInteger().map((value) => Math.trunc(value / 4));
    fc.assert(
      fc.property(fc.array(large, { maxLength: 50 }), (numbers) => {
        const out = new ByteWriter();
        for (const number of numbers) {
          out.putSigned(number);
          out.put(Math.abs(number));
          out.putByte(Math.abs(number) % 256);
        }
        const from = new ByteReader(out.take());
        for (const number of numbers) {
          expect(from.getSigned()).toBe(number === 0 ? 0 : number);
          expect(from.get()).toBe(Math.abs(number));
          expect(from.getByte()).toBe(Math.abs(number) % 256);
        }
        expect(from.isAtEnd).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("says so when it is cut off", () => {
    expect(() => new ByteReader(Uint8Array.of(200)).get()).toThrow(RangeError);
    expect(() => new ByteReader(new Uint8Array()).getByte()).toThrow(RangeError);
  });
});
