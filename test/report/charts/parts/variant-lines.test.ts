import { describe, expect, it } from "vitest";
import { linearAxis } from "../../../../src/report/charts/parts/axis.ts";
import { drawVariantLines } from "../../../../src/report/charts/parts/variant-lines.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";
import { fixtureResult } from "../../fixture.ts";
import { elementsOf, marksOf, textsOf } from "../drawing.ts";

function draw(variants: number, width = 960) {
  const axis = linearAxis("x", [0, 10], 5);
  const line = (variant: number) => ({
    column: variant + 1,
    points: [
      [0, variant],
      [10, 10 - variant / 2],
    ] as const,
  });
  const chart = { x: () => axis, panels: [{ title: "panel", y: axis, height: 100, line }] };
  return drawVariantLines(fixtureResult({ variants }), chart, 0, { width, id: "t" }, PAGE_THEME);
}

describe("one line for each variant", () => {
  it("shares a panel up to seven variants, each with a dash of its own", () => {
    const lines = marksOf(draw(7).drawn);
    expect(lines).toHaveLength(7);
    // The first is solid and has no dash attribute.
    expect(new Set(lines.map((line) => line.attributes["stroke-dasharray"])).size).toBe(7);
    expect(textsOf(draw(7).drawn).filter((text) => text === "panel")).toHaveLength(1);
  });

  it("has panels of their own from eight on, seven of them with the baseline in grey", () => {
    const { drawn } = draw(8);
    const grey = elementsOf(drawn, "path").filter((path) => path.attributes.stroke === PAGE_THEME.fault);
    expect(marksOf(drawn)).toHaveLength(8);
    expect(grey).toHaveLength(7);
  });

  it("is named above the plot where there is no room beside it", () => {
    const plain = draw(3);
    const narrow = draw(3, 328);
    const names = fixtureResult({ variants: 3 }).variants.map(({ name }) => name);
    for (const { drawn } of [plain, narrow]) expect(textsOf(drawn)).toEqual(expect.arrayContaining(names));
    // Three names of a line each, and the space below them.
    expect(narrow.height - plain.height).toBe(3 * 16 + 8);
  });
});
