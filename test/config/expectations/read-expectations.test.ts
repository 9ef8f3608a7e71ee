import { describe, expect, it } from "vitest";
import { expectOptions, readExpectations } from "../../../src/config/expectations/read-expectations.ts";

const WORDS = { metrics: [], variants: [], classes: [], faults: [], members: [], ambiguous: {} };

describe("readExpectations", () => {
  it("reads all of them and places each fault inside its text", () => {
    const { expectations, problems } = readExpectations(expectOptions(["p(9) < 1s", "p(50) < 3q"]), WORDS);
    expect(expectations.map(({ text }) => text)).toEqual(["p(9) < 1s"]);
    // Second option, the value begins at its ninth character.
    expect(problems.map(({ position }) => position)).toEqual([{ file: "--expect", line: 2, column: 9, length: 2 }]);
  });

  it("counts the quote of a quoted scalar, and underlines a text whole that the file writes otherwise", () => {
    const written = (length: number) => [
      { text: "p(50) < 3q", position: { file: "a.yaml", line: 7, column: 5, length } },
    ];
    // 10 characters; 12 with quotes: the value is then the tenth column after the fifth.
    expect(readExpectations(written(12), WORDS).problems[0]?.position).toMatchObject({ column: 14, length: 2 });
    expect(readExpectations(written(15), WORDS).problems[0]?.position).toMatchObject({ column: 5, length: 15 });
  });
});
