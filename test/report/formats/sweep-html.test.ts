import { describe, expect, it } from "vitest";
import { PLAIN } from "../../../src/report/formats/paint.ts";
import { renderSweepHtml } from "../../../src/report/formats/sweep-html.ts";
import { renderSweepJson } from "../../../src/report/formats/sweep-json.ts";
import { renderSweepText } from "../../../src/report/formats/sweep-text.ts";
import { smallSweep } from "../small-sweep.ts";

describe("the page of a sweep", () => {
  const page = renderSweepHtml(smallSweep());

  it("has a knee for each value of the other axis and a heat map for each metric", () => {
    expect(page.match(/<figure id="knee-/g)).toHaveLength(2);
    expect(page.match(/<figure id="heat-/g)).toHaveLength(2);
    expect(page).toContain("Response time and loss over load (retry=60)");
  });

  it("loads nothing from anywhere and runs nothing", () => {
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    expect(page).toContain("default-src &#39;none&#39;");
  });

  it("has every id once", () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has neither knee nor heat map for a hypercube, whose points have nothing in common", () => {
    const lhs = renderSweepHtml(smallSweep({ design: "lhs" }));
    expect(lhs).not.toContain("<figure");
    expect(lhs).toContain("All points");
  });
});

describe("a sweep as text", () => {
  it("has one row per point and variant", () => {
    const text = renderSweepText(smallSweep(), { width: 200, paint: PLAIN });
    // 10/s with retry 1 and the variant "slow": p95 = 10 × 2 × 10 ms.
    expect(text).toMatch(/10\/s +1 +slow +10\.00 ± 0\.50 +99\.00 ± 0\.10 +80\.00 ± 0\.50 +200\.0 ± 1\.0/);
    expect(text.match(/^(10|20)\/s/gm)).toHaveLength(8);
  });
});

describe("a sweep as JSON", () => {
  it("is the result, one point per line", () => {
    const text = renderSweepJson(smallSweep());
    expect(JSON.parse(text)).toEqual(smallSweep());
    expect(text.split("\n").filter((line) => line.startsWith('    {"values"'))).toHaveLength(4);
  });
});
