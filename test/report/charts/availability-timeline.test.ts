import { describe, expect, it } from "vitest";
import type { VariantResult } from "../../../src/experiment/result.ts";
import { availabilityTimeline } from "../../../src/report/charts/availability-timeline.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { type FixtureOptions, fixtureResult } from "../fixture.ts";
import { elementsOf, marksOf, numberOf, textsOf } from "./drawing.ts";

const FRAME = { width: 960, id: "t" };

function timeline(options: FixtureOptions, width = FRAME.width) {
  const result = fixtureResult(options);
  return availabilityTimeline(result, result.variants[0] as VariantResult, { ...FRAME, width }, PAGE_THEME);
}

describe("the timeline of a variant", () => {
  it("has a lane for each member with the words of its status page", () => {
    const { svg } = timeline({});
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["node1", "node2", "node3"]));
    // node1 and node3 are Ok throughout, node2 before and after its time in error.
    expect(textsOf(svg).filter((text) => text === "Init Ok")).toHaveLength(4);
    expect(textsOf(svg).filter((text) => text === "Init Err")).toHaveLength(1);
  });

  it("writes a letter where a word does not fit", () => {
    const faults = [{ id: "f", kind: "crash", backend: 0, fromUs: 10_000_000, toUs: 11_000_000 }];
    expect(textsOf(timeline({ faults }, 328).svg)).toContain("E");
  });

  it("says how long detection and return took", () => {
    const { svg, finding } = timeline({});
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["crash node2", "detection 380 ms", "recovery 38 s"]));
    expect(finding).toMatch(
      /^Good answers fall to [\d.]+ % in the 3 s from 60 s\. The crash of node2 was detected after 380 ms; the member was back 38 s after its end\.$/,
    );
  });

  it("underlines the fault itself in the lane of its member, from its start to its end", () => {
    const { svg } = timeline({});
    const bar = elementsOf(svg, "rect").find((rect) => rect.attributes.height === 3);
    const lane = elementsOf(svg, "line").length > 0 ? numberOf(bar, "width") : 0;
    // 120 s of 300 s; the plot is what remains of the width beside the names and a margin of 8.
    const plot =
      960 -
      numberOf(
        elementsOf(svg, "rect").find((rect) => rect.attributes.stroke !== undefined),
        "x",
      ) -
      8;
    expect(lane).toBeCloseTo((120 / 300) * plot, 6);
  });

  it("stacks failovers on retries and points at the table", () => {
    const { svg, tables } = timeline({});
    const bars = marksOf(svg).filter((mark) => mark.name === "rect");
    const columns = new Set(bars.map((bar) => tables[0]?.columns[Number(bar.attributes["data-column"])]));
    expect(columns).toEqual(new Set(["client retries", "failovers"]));
  });

  it("has tables of requests, states and faults", () => {
    const { tables } = timeline({});
    expect(tables.map(({ rows }) => rows.length)).toEqual([100, 5, 1]);
    expect(tables[2]?.rows[0]).toEqual(["crash", "node2", "60 s", "180 s", "380 ms", "38 s"]);
  });

  it("does not call requests without an end answered", () => {
    const result = fixtureResult({ faults: [] });
    const variant = result.variants[0] as VariantResult;
    const unresolved = { mean: 216, halfWidth: 46, values: [216] };
    const hanging = { ...variant, metrics: { ...variant.metrics, unresolved } };
    expect(availabilityTimeline(result, hanging, FRAME, PAGE_THEME).finding).toBe(
      "Every request that ended got a good answer; 216 (mean of a replication) had no end when the run was over.",
    );
  });

  it("is complete without a fault and without a request", () => {
    // The fixture fails 0.0002 of some 400 requests in a second: none.
    expect(timeline({ faults: [] }).finding).toBe("Every request got a good answer.");
    expect(timeline({ faults: [], silent: true }).finding).toBe("No request ended.");
    expect(timeline({ faults: [] }).tables).toHaveLength(2);
  });
});
