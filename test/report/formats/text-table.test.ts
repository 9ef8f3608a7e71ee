import { describe, expect, it } from "vitest";
import { textTable } from "../../../src/report/formats/text-table.ts";

const COLUMNS = [
  { title: "name", align: "left" as const },
  { title: "a", align: "right" as const },
  { title: "long title", align: "right" as const },
];
const ROWS = [
  ["x", "1", "2"],
  ["wider", "100", "3"],
];

describe("a text table", () => {
  it("aligns names left and numbers right", () => {
    expect(textTable(COLUMNS, ROWS, 80)).toEqual([
      ["name     a  long title", "x        1           2", "wider  100           3"],
    ]);
  });

  it("is cut between columns when it is too wide, and repeats the names", () => {
    expect(textTable(COLUMNS, ROWS, 12)).toEqual([
      ["name     a", "x        1", "wider  100"],
      ["name   long title", "x               2", "wider           3"],
    ]);
  });
});
