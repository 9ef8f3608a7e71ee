import { describe, expect, it } from "vitest";
import { positionIn, replaceIn, sourceLines } from "../../../../src/proxies/apache/config/source-line.ts";

describe("sourceLines", () => {
  it("joins continued lines without a blank and counts the last physical line", () => {
    const lines = sourceLines("f", "  a \\\n  b\\\nc  \r\nd");
    expect(lines.map((l) => [l.text, l.number])).toEqual([
      ["a   bc", 3],
      ["d", 4],
    ]);
  });

  it("tells line and column of every part", () => {
    const [line] = sourceLines("f", "  a \\\n  b\\\nc");
    if (line === undefined) throw new Error("no line");
    expect(positionIn(line, 0, 1)).toEqual({ file: "f", line: 1, column: 3, length: 1 });
    expect(positionIn(line, 4, 5)).toEqual({ file: "f", line: 2, column: 3, length: 1 });
    expect(positionIn(line, 5, 6)).toEqual({ file: "f", line: 3, column: 1, length: 1 });
  });

  it("keeps places right when a stretch is replaced by a longer one", () => {
    const [line] = sourceLines("f", `a \${X} b`);
    if (line === undefined) throw new Error("no line");
    const replaced = replaceIn(line, 2, 6, "0123456789");
    expect(replaced.text).toBe("a 0123456789 b");
    expect(positionIn(replaced, 5, 6).column).toBe(3);
    expect(positionIn(replaced, 13, 14).column).toBe(8);
  });
});
