import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawKey, spread } from "../../../../src/report/charts/parts/line-key.ts";
import { PAGE_THEME, type SeriesStyle } from "../../../../src/report/charts/theme.ts";
import { serialise } from "../../../../src/report/markup.ts";

const LINE = 16;

describe("names at the ends of lines", () => {
  it("stand where their lines end when there is room", () => {
    expect(spread([10, 40, 80], 0, 100)).toEqual([10, 40, 80]);
  });

  it("move apart around the middle of the heap when there is none", () => {
    // Two lines at 50 make room for 16 pixels between them: 42 and 58.
    expect(spread([50, 50], 0, 100)).toEqual([42, 58]);
    // The third at 60 would be 2 px from the second: the heap of three has its middle at (50+50+60)/3.
    expect(spread([50, 50, 60], 0, 200)).toEqual([160 / 3 - LINE, 160 / 3, 160 / 3 + LINE]);
  });

  it("never cover each other, keep their order and stay inside while they fit", () => {
    const places = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(places, (list) => {
        const sorted = list.sort((a, b) => a - b);
        const result = spread(sorted, 0, 300);
        for (const [index, y] of result.entries()) {
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(y).toBeLessThanOrEqual(300 + 1e-9);
          if (index > 0) expect(y - (result[index - 1] ?? 0)).toBeGreaterThanOrEqual(LINE - 1e-9);
        }
      }),
    );
  });
});

describe("the key of a chart", () => {
  const names = ["red", "green", "blue"].map((name, v) => ({ name, style: PAGE_THEME.series[v] as SeriesStyle }));

  it("stands on one line where there is room for that", () => {
    expect(drawKey(names, 0, 0, 900, PAGE_THEME).height).toBe(LINE);
  });

  it("takes a line for each name where there is not, and leaves none out", () => {
    // The sample of a line takes 22 pixels and "green" about 37, so two of them do not stand in 100.
    const { drawn, height } = drawKey(names, 0, 0, 100, PAGE_THEME);
    expect(height).toBe(3 * LINE);
    expect(serialise(drawn)).toMatch(/red.*green.*blue/);
  });
});
