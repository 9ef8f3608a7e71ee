import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../src/experiment/film/byte-columns.ts";
import { KnownReader, KnownWriter } from "../../../src/experiment/film/known-lists.ts";

describe("things that recur", () => {
  it("are described once and named by their number afterwards", () => {
    const out = new ByteWriter();
    const writer = new KnownWriter(out);
    expect(["a", "b", "a", "b", "b"].map((key) => writer.put(key))).toEqual([true, true, false, false, false]);
    // 0 announces a new thing; the first is number 1.
    expect([...out.take()]).toEqual([0, 0, 1, 2, 2]);
    const described = ["first", "second"];
    const reader = new KnownReader(new ByteReader(out.take()), () => described.shift() ?? "");
    expect(Array.from({ length: 5 }, () => reader.get())).toEqual(["first", "second", "first", "second", "second"]);
  });

  it("can't be named before they were described", () => {
    const reader = new KnownReader(new ByteReader(Uint8Array.of(3)), () => "");
    expect(() => reader.get()).toThrow(RangeError);
  });
});
