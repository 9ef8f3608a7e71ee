import { describe, expect, it } from "vitest";
import { fitBold, fitText, fitTexts, textWidth } from "../../../../src/report/charts/parts/label.ts";

describe("the width of a text", () => {
  it("grows with the size and with every letter", () => {
    expect(textWidth("byrequests", 24)).toBe(2 * textWidth("byrequests", 12));
    expect(textWidth("iii", 12)).toBeLessThan(textWidth("mmm", 12));
    expect(textWidth("", 12)).toBe(0);
  });
});

describe("a text that must fit", () => {
  it("is left alone when there is just its own width, however that was reckoned", () => {
    for (const text of ["slow", "node1", "byrequests"])
      expect(fitText(text, 12, textWidth(text, 12) + 8 - 8), text).toBe(text);
  });

  it("is left alone when it does", () => {
    expect(fitText("node1", 12, 100)).toBe("node1");
  });

  it("keeps both ends, since variants often differ in their last word only", () => {
    const fitted = fitText("byrequests nofailover=On", 12, 100);
    expect(fitted).toMatch(/^byr.*….*=On$/);
    expect(textWidth(fitted, 12)).toBeLessThanOrEqual(100);
  });

  it("does not cut a character in two", () => {
    expect(fitText("\u{1F600}".repeat(20), 12, 60)).toMatch(/^(\u{1F600}|…)+$/u);
  });

  it("is an ellipsis when there is no room at all", () => {
    expect(fitText("node1", 12, 1)).toBe("…");
  });

  it("gets less room when it is bold", () => {
    const width = textWidth("byrequests", 12) + 1;
    expect(fitText("byrequests", 12, width)).toBe("byrequests");
    expect(fitBold("byrequests", 12, width)).toContain("…");
  });
});

describe("texts that stand together", () => {
  const addresses = ["192.168.1.101:8080", "192.168.1.102:8080", "192.168.1.103:8080"];

  it("stay different where both ends are the same and there is room for what differs", () => {
    expect(new Set(addresses.map((text) => fitText(text, 12, 70))).size).toBe(1);
    const fitted = fitTexts(addresses, 12, 70);
    expect(new Set(fitted).size).toBe(3);
    for (const text of fitted) expect(textWidth(text, 12)).toBeLessThanOrEqual(70);
  });

  it("stay different when they differ at the front", () => {
    expect(new Set(fitTexts(["a, with a long end", "b, with a long end"], 12, 70)).size).toBe(2);
  });

  it("are cut as one alone is where no cut tells them apart, and left alone where they fit", () => {
    expect(fitTexts(addresses, 12, 20)).toEqual(addresses.map((text) => fitText(text, 12, 20)));
    expect(fitTexts(addresses, 12, 300)).toEqual(addresses);
  });
});
