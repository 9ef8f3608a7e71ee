import { describe, expect, it } from "vitest";
import { MOST_ROWS, mostTelling, notDrawn } from "../../../../src/report/charts/parts/most-telling.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("rows of a chart of members", () => {
  it("are all while they are few", () => {
    expect(mostTelling(numbers(MOST_ROWS), MOST_ROWS, () => 0)).toEqual(numbers(MOST_ROWS));
    expect(notDrawn(numbers(MOST_ROWS), "all")).toBe("");
  });

  it("are those that tell most when they are many, in their own order", () => {
    const shown = mostTelling(numbers(500), MOST_ROWS, (i) => (i % 100 === 7 ? 1 : 0));
    expect(shown).toHaveLength(MOST_ROWS);
    expect(shown).toEqual(expect.arrayContaining([7, 107, 207, 307, 407]));
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(shown[0]).toBe(0);
    expect(notDrawn(numbers(500), "the odd ones")).toBe("460 more in the table; drawn: the odd ones");
  });
});
