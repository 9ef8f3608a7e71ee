import { closeSync, openSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { linesOf } from "../../../src/cli/host/line-reader.ts";
import { folderWith } from "../run-command.ts";

let remove = () => {};
afterEach(() => remove());

function linesIn(content: string): readonly [number, string][] {
  const folder = folderWith({ "lines.txt": content });
  ({ remove } = folder);
  const file = openSync(folder.path("lines.txt"), "r");
  const lines = [...linesOf(file)].map(({ at, bytes }): [number, string] => [at, bytes.toString("utf8")]);
  closeSync(file);
  return lines;
}

describe("the lines of a file", () => {
  it("come with their places, without what stands behind the last newline", () => {
    expect(linesIn("one\n\nthree é\nfour")).toEqual([
      [0, "one"],
      [4, ""],
      [5, "three é"],
    ]);
    expect(linesIn("")).toEqual([]);
  });

  it("may be longer than what is read at once", () => {
    const long = "x".repeat(3_000_000);
    expect(linesIn(`a\n${long}\nb\n`)).toEqual([
      [0, "a"],
      [2, long],
      [3_000_003, "b"],
    ]);
  });
});
