import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../src/experiment/film/byte-columns.ts";
import { KnownReader, KnownWriter } from "../../../src/experiment/film/known-lists.ts";

describe("things that recur", () => {
  it("are described once and named by how lately they came afterwards", () => {
    const out = new ByteWriter();
    const writer = new KnownWriter(out);
    const put = ["a", "b", "a", "b", "b"].map((key) => writer.put(key));
    expect(put.map(({ isNew }) => isNew)).toEqual([true, true, false, false, false]);
    expect(put.map(({ number }) => number)).toEqual([0, 1, 0, 1, 1]);
    // 0 announces a new thing; 2 is the one that came last, 3 the one before it.
    expect([...out.take()]).toEqual([0, 0, 3, 3, 2]);
    const described = ["first", "second"];
    const reader = new KnownReader(new ByteReader(out.take()), () => described.shift() ?? "");
    expect(Array.from({ length: 5 }, () => reader.get())).toEqual(["first", "second", "first", "second", "second"]);
  });

  it("are expected where they came before: each context has its own order", () => {
    const out = new ByteWriter();
    const writer = new KnownWriter(out);
    const met: readonly (readonly [string, number])[] = [
      ...(["a", "b", "a", "b"].map((key, i) => [key, i % 2]) as [string, number][]),
      ["b", 0],
      ["b", 0],
    ];
    for (const [key, context] of met) writer.put(key, context);
    // 1 says that it was met elsewhere only, and its number follows.
    expect([...out.take()]).toEqual([0, 0, 2, 2, 1, 1, 2]);
    const reader = new KnownReader(new ByteReader(out.take()), (number) => "ab".charAt(number));
    expect(met.map(([, context]) => reader.get(context))).toEqual(met.map(([key]) => key));
  });

  it("can't be named before they were described", () => {
    const reader = new KnownReader(new ByteReader(Uint8Array.of(3)), () => "");
    expect(() => reader.get()).toThrow(RangeError);
  });
});
