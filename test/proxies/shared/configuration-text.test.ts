import { describe, expect, it } from "vitest";
import { ConfigurationText } from "../../../src/proxies/shared/configuration-text.ts";

const POSITION = { file: "a\nb.conf", line: 7, column: 1, length: 0 };

describe("a configuration that is being written", () => {
  it("indents by four blanks and never has two empty lines in a row, or one before the end of a block", () => {
    const text = new ConfigurationText();
    text.line(0, "a {");
    text.line(1, "b;");
    text.line(0, "");
    text.line(0, "");
    text.line(1, "c;");
    text.line(0, "");
    text.line(0, "}");
    text.line(0, "");
    expect(text.written().text).toBe("a {\n    b;\n\n    c;\n}\n");
  });

  it("says a remark in a comment and lists it with its line, its file and why", () => {
    const text = new ConfigurationText();
    text.line(0, "a {");
    text.remark(1, "order", "the other way round", { ...POSITION, file: "x.conf" });
    const { text: written, remarks } = text.written();
    expect(written).toBe("a {\n    # lbsim order: the other way round (x.conf:7)\n");
    expect(remarks).toMatchObject([{ code: "order", message: "the other way round", line: 2 }]);
  });

  it("keeps what a file says inside the comment, whatever it holds", () => {
    const text = new ConfigurationText();
    text.remark(0, "left-out", "Header X \\\nListen 99\r\\", POSITION);
    const { text: written } = text.written();
    expect(
      written
        .trimEnd()
        .split("\n")
        .every((line) => line.startsWith("#") && !line.endsWith("\\")),
    ).toBe(true);
  });

  it("breaks long comments between words", () => {
    const text = new ConfigurationText();
    text.comment(1, "word ".repeat(60).trim());
    const lines = text.written().text.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^ {4}# /);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(110);
  });
});
