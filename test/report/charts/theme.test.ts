import { describe, expect, it } from "vitest";
import { COLOUR_TOKENS, MAX_SERIES, PAGE_THEME } from "../../../src/report/charts/theme.ts";

/** WCAG 2.2: relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(["light", "dark"] as const)("on the %s page", (page) => {
  const colour = (name: string) => COLOUR_TOKENS.find((token) => token.name === name)?.[page] ?? "";

  it("every text reaches a contrast of 4.5 on both backgrounds", () => {
    for (const text of ["ink", "muted", "good", "bad", "accent"]) {
      for (const ground of ["surface", "raised"]) {
        expect(contrast(colour(text), colour(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("every line and marker reaches a contrast of 3", () => {
    for (let series = 1; series <= MAX_SERIES; series++) {
      expect(contrast(colour(`series-${series}`), colour("surface")), `series ${series}`).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("the look of a series", () => {
  it("differs from every other in dash and in marker, not only in colour", () => {
    expect(PAGE_THEME.series).toHaveLength(MAX_SERIES);
    expect(new Set(PAGE_THEME.series.map(({ dash }) => dash)).size).toBe(MAX_SERIES);
    expect(new Set(PAGE_THEME.series.map(({ marker }) => marker)).size).toBe(MAX_SERIES);
  });

  it("uses only colours that the page defines", () => {
    const names = [...JSON.stringify(PAGE_THEME).matchAll(/var\(--([\w-]+)\)/g)].map((match) => match[1]);
    for (const name of names) expect(COLOUR_TOKENS.map((token) => token.name)).toContain(name);
  });
});
