import { expect, it } from "vitest";
import { marker } from "../../../../src/report/charts/parts/marker.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";
import { serialise } from "../../../../src/report/markup.ts";

it("markers of different series have different outlines around the same place", () => {
  const outlines = PAGE_THEME.series.map((style) => {
    const drawn = marker(100, 50, style, PAGE_THEME);
    expect(serialise(drawn)).toContain(style.colour);
    if (drawn.name === "circle") return "circle";
    const corners = [...String(drawn.attributes.d).matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) =>
      [x, y].map(Number),
    );
    for (const [x = 0, y = 0] of corners) {
      // No marker is larger than five pixels to any side.
      expect(Math.abs(x - 100)).toBeLessThanOrEqual(5);
      expect(Math.abs(y - 50)).toBeLessThanOrEqual(5);
    }
    return String(drawn.attributes.d);
  });
  expect(new Set(outlines).size).toBe(PAGE_THEME.series.length);
});
