import { describe, expect, it } from "vitest";
import { linearAxis } from "../../../../src/report/charts/parts/axis.ts";
import { drawLinePanel, type PanelLine } from "../../../../src/report/charts/parts/line-panel.ts";
import { PAGE_THEME, type SeriesStyle } from "../../../../src/report/charts/theme.ts";
import { elementsOf, marksOf } from "../drawing.ts";

const AXIS = linearAxis("", [0, 100], 5);
const BOX = { left: 0, top: 0, width: 100, height: 100 };

function draw(line: Partial<PanelLine>) {
  const style = PAGE_THEME.series[0] as SeriesStyle;
  const whole: PanelLine = { name: "line", style, column: 1, points: [], markers: 0, ...line };
  return drawLinePanel({ title: "t", x: AXIS, y: AXIS, lines: [whole] }, BOX, { width: 100, id: "t" }, PAGE_THEME);
}

const points = [
  [0, 0],
  [50, 20],
  [100, 100],
] as const;

describe("a line", () => {
  it("goes through its points, up being more", () => {
    expect(marksOf(draw({ points }))[0]?.attributes.d).toBe("M0,100L50,80L100,0");
  });

  it("holds each value until the next when it is a step", () => {
    const mark = marksOf(draw({ points, step: true }))[0];
    expect(mark?.attributes.d).toBe("M0,100L50,100L50,80L100,80L100,0");
    expect(mark?.attributes["data-step"]).toBe(true);
  });

  it("breaks where a value is missing, and then names the row of each point", () => {
    const gap = [
      [0, 0],
      [25, null],
      [50, 20],
      [100, 100],
    ] as const;
    const mark = marksOf(draw({ points: gap, firstRow: 7 }))[0];
    expect(mark?.attributes.d).toBe("M0,100ZM50,80L100,0");
    expect(mark?.attributes["data-rows"]).toBe("7 9 10");
  });

  it("is not drawn when it has no value", () => {
    expect(marksOf(draw({ points: [[0, null]] }))).toEqual([]);
  });

  it("that is only there to compare with is grey and has no numbers to read", () => {
    const drawn = draw({ points, context: true });
    expect(marksOf(drawn)).toEqual([]);
    expect(elementsOf(drawn, "path").map((path) => path.attributes.stroke)).toContain(PAGE_THEME.fault);
  });

  it("has about as many markers as asked for", () => {
    const many = Array.from({ length: 100 }, (_, index) => [index, index] as const);
    expect(elementsOf(draw({ points: many, markers: 5 }), "circle")).toHaveLength(5);
  });
});
