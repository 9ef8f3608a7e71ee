import { describe, expect, it } from "vitest";
import { readDocument } from "../../../src/config/document/read-document.ts";
import { nodeAt, plainValue, positionAt } from "../../../src/config/document/scenario-node.ts";

function codes(text: string) {
  return readDocument("s.yaml", text).problems.map((each) => each.code);
}

function readValue(text: string) {
  const { node } = readDocument("s.yaml", text);
  return node === null ? undefined : plainValue(node);
}

describe("values", () => {
  it("are those of YAML 1.2: On, yes and 1:30 are texts", () => {
    expect(readValue("a: On\nb: yes\nc: true\nd: 1:30\ne: 0x10\nf: ~\ng: 2026-01-01\n")).toEqual({
      a: "On",
      b: "yes",
      c: true,
      d: "1:30",
      e: 16,
      f: null,
      g: "2026-01-01",
    });
  });

  it("of aliases are those of their anchors", () => {
    expect(readValue("a: &x {b: 1}\nc: *x\n")).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  it("keep keys as they are written", () => {
    expect(readValue('10.0.0.1:80: 1\n"quoted key": 2\n1.50: 3\n')).toEqual({
      "10.0.0.1:80": 1,
      "quoted key": 2,
      "1.50": 3,
    });
    expect(Object.keys(readValue("__proto__: {a: 1}\n") as object)).toEqual(["__proto__"]);
  });
});

describe("places", () => {
  it("are lines and columns from 1, lengths to the end of the value or line", () => {
    const { node } = readDocument("s.yaml", "a:\n  - {b: cd}\n  - long\ne: {f: 1,\n    g: 2}\n");
    if (node === null) throw new Error("nothing was read");
    expect(positionAt(node, ["a", 0, "b"], "value")).toEqual({ file: "s.yaml", line: 2, column: 9, length: 2 });
    expect(positionAt(node, ["a", 0, "b"], "key")).toEqual({ file: "s.yaml", line: 2, column: 6, length: 1 });
    expect(positionAt(node, ["a", 1], "value")).toEqual({ file: "s.yaml", line: 3, column: 5, length: 4 });
    expect(positionAt(node, ["e"], "value")).toEqual({ file: "s.yaml", line: 4, column: 4, length: 6 });
    expect(positionAt(node, ["e", "g"], "value")).toEqual({ file: "s.yaml", line: 5, column: 8, length: 1 });
  });

  it("of what is missing are the key of the section in which it is missing", () => {
    const { node } = readDocument("s.yaml", "a:\n  bc: {d: 1}\n");
    if (node === null) throw new Error("nothing was read");
    expect(positionAt(node, ["a", "bc", "x"], "key")).toEqual({ file: "s.yaml", line: 2, column: 3, length: 2 });
    expect(positionAt(node, ["x"], "key")).toEqual({ file: "s.yaml", line: 1, column: 1, length: 0 });
    expect(nodeAt(node, ["a", "bc", "x"])).toBeNull();
  });

  it("fit lines that end with CR LF", () => {
    const { node } = readDocument("s.yaml", "a: 1\r\nb: two\r\n");
    if (node === null) throw new Error("nothing was read");
    expect(positionAt(node, ["b"], "value")).toEqual({ file: "s.yaml", line: 2, column: 4, length: 3 });
  });
});

describe("texts that are refused", () => {
  it("are those that multiply by aliases", () => {
    const levels = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [one, other] of ["ab", "bc", "cd", "de", "ef", "fg"]) {
      levels.push(`${other}: &${other} [${Array(10).fill(`*${one}`).join(", ")}]`);
    }
    const read = readDocument("s.yaml", levels.join("\n"));
    expect(read.node).toBeNull();
    expect(read.problems.map((each) => each.code)).toEqual(["alias-bomb"]);
  });

  it("are those with an alias inside its own anchor", () => {
    expect(codes("a: &a [*a]\n")).toEqual(["alias-bomb"]);
    expect(codes("a: &a {b: {c: *a}}\n")).toEqual(["alias-bomb"]);
  });

  it("are those with unresolved aliases and tags, sections as keys and several documents", () => {
    expect(codes("a: *b\n")).toEqual(["yaml-syntax"]);
    expect(codes("a: !!js/function x\n")).toEqual(["yaml-syntax"]);
    expect(codes("{a: 1}: 2\n")).toEqual(["wrong-type"]);
    expect(codes("a: 1\n---\nb: 2\n")).toEqual(["yaml-syntax"]);
    expect(codes("\ta: 1\n")).toEqual(["yaml-syntax"]);
  });

  it("are those in which a key stands twice, with the place of the second", () => {
    const { problems } = readDocument("s.yaml", "a: 1\nb: 2\na: 3\n");
    expect(problems).toMatchObject([
      { code: "duplicate-key", message: '"a" stands here twice', position: { line: 3, column: 1, length: 1 } },
    ]);
  });
});
