import { describe, expect, it } from "vitest";
import { drawStackedRows } from "../../../../src/report/charts/parts/stacked-rows.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";
import { elementsOf, numberOf, textsOf } from "../drawing.ts";

const STACK = {
  title: "lost",
  parts: ["wiped", "elsewhere"],
  rows: [
    { name: "first", values: [30, 10] },
    { name: "second", values: [0, 20] },
  ],
};
const draw = (stack: typeof STACK) => drawStackedRows(stack, 0, { width: 960, id: "t" }, PAGE_THEME).drawn;
/** Solid bars without the two samples of the key. */
const bars = (stack: typeof STACK) =>
  elementsOf(draw(stack), "rect")
    .filter((rect) => rect.attributes["fill-opacity"] !== undefined)
    .slice(2);

describe("stacked rows", () => {
  it("put the parts end to end, in one scale for all rows", () => {
    const [wiped, elsewhere, second] = bars(STACK);
    expect(numberOf(elsewhere, "x")).toBeCloseTo(numberOf(wiped, "x") + numberOf(wiped, "width"), 9);
    expect(numberOf(wiped, "width") / numberOf(elsewhere, "width")).toBeCloseTo(3, 9);
    expect(numberOf(second, "width") / numberOf(elsewhere, "width")).toBeCloseTo(2, 9);
  });

  it("leave out parts of nothing and write the total at the end", () => {
    expect(bars(STACK)).toHaveLength(3);
    expect(textsOf(draw(STACK))).toEqual(expect.arrayContaining(["40.0", "20.0"]));
  });

  it("have no bars when there is nothing at all", () => {
    const empty = { ...STACK, rows: STACK.rows.map(({ name }) => ({ name, values: [0, 0] })) };
    expect(bars(empty)).toHaveLength(0);
    expect(textsOf(draw(empty)).filter((text) => text === "0")).toHaveLength(2);
  });
});
