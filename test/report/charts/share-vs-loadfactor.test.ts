import { describe, expect, it } from "vitest";
import type { Estimate, RunResult } from "../../../src/experiment/result.ts";
import { shareVsLoadfactor } from "../../../src/report/charts/share-vs-loadfactor.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { fixtureResult } from "../fixture.ts";
import { elementsOf, marksOf, numberOf, textsOf } from "./drawing.ts";

const FRAME = { width: 960, id: "t" };
const estimate = (mean: number): Estimate => ({ mean, halfWidth: 0.01, values: [] });

/** One variant, two members: entitled to a quarter and three quarters. */
function twoMembers(): RunResult {
  const base = fixtureResult({ variants: 1, members: 2 });
  const shares = [
    { entitlement: estimate(0.25), shareRequests: estimate(0.25), shareBytes: estimate(0.5) },
    { entitlement: estimate(0.75), shareRequests: estimate(0.75), shareBytes: estimate(0.5) },
  ];
  return {
    ...base,
    variants: base.variants.map((variant) => ({
      ...variant,
      members: variant.members.map((member, index) => ({ ...member, ...shares[index] })),
    })),
  };
}

describe("shares against loadfactors", () => {
  it("are bars as long as the share, and marks where the entitlement lies", () => {
    const { svg } = shareVsLoadfactor(twoMembers(), "requests", FRAME, PAGE_THEME);
    const [first, second] = marksOf(svg);
    expect(numberOf(second, "width") / numberOf(first, "width")).toBeCloseTo(3, 9);
    const marks = elementsOf(svg, "line").filter((line) => line.attributes["stroke-width"] === 3);
    // The first is that of the key; a member that got its due has its mark at the end of its bar.
    const ends = [first, second].map((bar) => numberOf(bar, "x") + numberOf(bar, "width"));
    expect(marks.slice(1).map((mark) => numberOf(mark, "x1"))).toEqual(ends);
  });

  it("of many members fill the drawing, however small they are", () => {
    const { svg } = shareVsLoadfactor(fixtureResult({ variants: 1, members: 300 }), "requests", FRAME, PAGE_THEME);
    const longest = Math.max(...marksOf(svg).map((bar) => numberOf(bar, "width")));
    expect(longest).toBeGreaterThan(FRAME.width / 2);
  });

  it("say so when every member got its due", () => {
    expect(shareVsLoadfactor(twoMembers(), "requests", FRAME, PAGE_THEME).finding).toBe(
      "Every member got what its weight entitles it to.",
    );
  });

  it("have an interval that never reaches left of nothing, where the name stands", () => {
    const base = twoMembers();
    const wide = { mean: 0.1, halfWidth: 5, values: [] };
    const variants = base.variants.map((variant) => ({
      ...variant,
      members: variant.members.map((member) => ({ ...member, shareRequests: wide })),
    }));
    const { svg } = shareVsLoadfactor({ ...base, variants }, "requests", FRAME, PAGE_THEME);
    const left = numberOf(marksOf(svg)[0], "x");
    const ends = elementsOf(svg, "line").filter((line) => line.attributes["stroke-width"] === 1.2);
    // The first three are the key's.
    for (const line of ends.slice(3)) expect(numberOf(line, "x1")).toBeGreaterThanOrEqual(left);
  });

  it("tell bytes from requests", () => {
    const { svg, finding } = shareVsLoadfactor(twoMembers(), "bytes", FRAME, PAGE_THEME);
    expect(marksOf(svg).map((bar) => numberOf(bar, "width"))).toHaveLength(2);
    expect(numberOf(marksOf(svg)[0], "width")).toBe(numberOf(marksOf(svg)[1], "width"));
    expect(finding).toContain("got 50 % of the bytes; its weight entitles it to 25 %");
  });

  it("name the group of a member only where there are several", () => {
    const base = twoMembers();
    expect(textsOf(shareVsLoadfactor(base, "requests", FRAME, PAGE_THEME).svg)).toContain("node1");
    const [variant] = base.variants;
    const members = (variant?.members ?? []).map((member, index) => ({ ...member, group: `g${index}` }));
    const several = { ...base, variants: variant ? [{ ...variant, members }] : [] };
    const { tables } = shareVsLoadfactor(several, "requests", FRAME, PAGE_THEME);
    expect(tables[0]?.rows[0]?.[0]).toMatch(/^node1 in g0, /);
  });

  it("are dashes when no member got a request", () => {
    const { svg, finding } = shareVsLoadfactor(fixtureResult({ variants: 1, silent: true }), "busy", FRAME, PAGE_THEME);
    expect(marksOf(svg)).toHaveLength(0);
    expect(textsOf(svg).filter((text) => text === "–")).toHaveLength(3);
    expect(finding).toBe("No member got a request.");
  });
});
