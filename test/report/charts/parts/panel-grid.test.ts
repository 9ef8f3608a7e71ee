import { expect, it } from "vitest";
import { panelGrid } from "../../../../src/report/charts/parts/panel-grid.ts";
import { PAGE_THEME } from "../../../../src/report/charts/theme.ts";

it("small panels stand three beside each other on a wide page and one on a narrow one", () => {
  const lefts = (width: number) => new Set(panelGrid(width, 7, 100, PAGE_THEME).boxes.map(({ left }) => left)).size;
  expect(lefts(960)).toBe(3);
  expect(lefts(328)).toBe(1);
});

it("small panels do not overlap and lie inside the drawing", () => {
  const { boxes, height } = panelGrid(960, 7, 100, PAGE_THEME);
  for (const [index, box] of boxes.entries()) {
    expect(box.left + box.width).toBeLessThanOrEqual(960);
    expect(box.top + box.height).toBeLessThanOrEqual(height);
    for (const other of boxes.slice(index + 1)) {
      const apart = other.left >= box.left + box.width || other.top >= box.top + box.height;
      expect(apart).toBe(true);
    }
  }
});
