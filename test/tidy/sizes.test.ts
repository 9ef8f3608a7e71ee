import { describe, expect, it } from "vitest";
import { sizeBreaches } from "./sizes.ts";
import { sourceFiles } from "./source-files.ts";

/** Files that may be longer, with the reason. */
const LONGER: Readonly<Record<string, number>> = {
  // A table of names: the directives that httpd knows, one line each.
  "src/proxies/apache/config/known-directives.ts": 900,
};

describe("sizes", () => {
  it("a file has at most 400 lines, a function 70", () => {
    expect(sizeBreaches(sourceFiles("src"), LONGER)).toEqual([]);
  });

  it("a planted long file is found", () => {
    expect(sizeBreaches([{ path: "src/x.ts", text: "\n".repeat(400) }], {})).toEqual([
      expect.stringContaining("401 lines"),
    ]);
  });

  it("a planted long function is found", () => {
    const text = `export function long(): void {\n${"  step();\n".repeat(70)}}\n`;
    expect(sizeBreaches([{ path: "src/x.ts", text }], {})).toEqual([expect.stringContaining("72 lines")]);
  });

  it("a planted long method is found", () => {
    const text = `class A {\n  private long(a: number): void {\n${"    step();\n".repeat(70)}  }\n}\n`;
    expect(sizeBreaches([{ path: "src/x.ts", text }], {})).toEqual([expect.stringContaining("72 lines")]);
  });
});
