import { describe, expect, it } from "vitest";
import { PAGE_STYLE } from "../../../src/report/document/page-style.ts";

describe("the style sheet", () => {
  it("defines every variable that it uses", () => {
    const used = new Set([...PAGE_STYLE.matchAll(/var\(--([\w-]+)\)/g)].map((match) => match[1]));
    const defined = new Set([...PAGE_STYLE.matchAll(/--([\w-]+):/g)].map((match) => match[1]));
    expect(used.size).toBeGreaterThan(5);
    for (const name of used) expect(defined).toContain(name);
  });

  it("loads nothing", () => {
    expect(PAGE_STYLE).not.toMatch(/url\(|@import|@font-face/);
  });

  it("answers every wish of the reader's system", () => {
    for (const query of [
      "prefers-color-scheme:dark",
      "prefers-contrast:more",
      "prefers-reduced-motion",
      "forced-colors:active",
    ]) {
      expect(PAGE_STYLE).toContain(`(${query}`);
    }
    expect(PAGE_STYLE).toContain("@media print");
  });

  it("has as many closing braces as opening ones", () => {
    expect(PAGE_STYLE.split("{").length).toBe(PAGE_STYLE.split("}").length);
  });
});
