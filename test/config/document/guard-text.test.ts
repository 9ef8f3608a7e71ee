import { describe, expect, it } from "vitest";
import { guardText, MAX_FILE_CHARACTERS } from "../../../src/config/document/guard-text.ts";

describe("a text", () => {
  it("of ordinary size and depth passes", () => {
    expect(guardText("s.yaml", "a:\n  - {b: [1, 2]}\n# ------------- a rule of dashes\n")).toBeNull();
    expect(guardText("s.yaml", `a: |\n  ${"-".repeat(300)}\n`)).toBeNull();
    expect(guardText("s.yaml", "x".repeat(MAX_FILE_CHARACTERS))).toBeNull();
  });

  it("of more than 1 MiB is refused", () => {
    expect(guardText("s.yaml", "x".repeat(MAX_FILE_CHARACTERS + 1))).toMatchObject({
      code: "too-large",
      position: { line: 1 },
    });
  });

  it("with NUL or undecodable bytes is refused at the first of them", () => {
    expect(guardText("s.yaml", "a: 1\nbc\0d")).toMatchObject({ code: "not-text", position: { line: 2, column: 3 } });
    expect(guardText("s.yaml", "\uFFFD")).toMatchObject({ code: "not-text", position: { line: 1, column: 1 } });
  });

  it("that is nested without end is refused before the YAML reader sees it", () => {
    for (const deep of ["[", "{a: ", "- ", "? "]) {
      expect(guardText("s.yaml", deep.repeat(5000))).toMatchObject({ code: "too-deep" });
    }
    const stairs = Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
    expect(guardText("s.yaml", stairs)).toMatchObject({ code: "too-deep" });
  });
});
