import { describe, expect, it } from "vitest";
import { sweepHeatMap } from "../../../src/report/charts/sweep-heat-map.ts";
import { sweepKnee } from "../../../src/report/charts/sweep-knee.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { renderSvg } from "../../../src/report/formats/svg.ts";
import { kneeSlices } from "../../../src/report/sweep-slices.ts";
import { smallSweep } from "../small-sweep.ts";

const sweep = smallSweep();
const frame = { width: 960, id: "c" };
const [slice] = kneeSlices(sweep);

describe("the knee of a sweep", () => {
  if (slice === undefined) throw new Error("no slice");
  const chart = sweepKnee(sweep, slice, frame, PAGE_THEME);

  it("runs along the load, with what stands still in its title", () => {
    expect(chart.title).toBe("Response time and loss over load (retry=1)");
    expect(slice.points.map(({ numbers }) => numbers[0])).toEqual([10, 20]);
  });

  it("says up to where p95 stays within twice its first value", () => {
    // 100 and 200 ms: twice is still within.
    expect(chart.finding).toContain("fast through all values, 20/s included");
  });

  it("has p95, mean and loss of every variant in its tables", () => {
    expect(chart.tables.map(({ rows }) => rows)).toEqual([
      [
        ["10", "100 ms ± 1 ms", "200 ms ± 1 ms"],
        ["20", "200 ms ± 1 ms", "400 ms ± 1 ms"],
      ],
      [
        ["10", "40 ms ± 500 µs", "80 ms ± 500 µs"],
        ["20", "80 ms ± 500 µs", "160 ms ± 500 µs"],
      ],
      [
        ["10", expect.stringMatching(/^1\.00 ± 0\.10/), expect.stringMatching(/^1\.00/)],
        ["20", expect.stringMatching(/^2\.00 ± 0\.10/), expect.stringMatching(/^2\.00/)],
      ],
    ]);
  });

  it("stands alone as a file with its colours inside", () => {
    const svg = renderSvg(chart);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    for (const [, name] of svg.matchAll(/var\(--([\w-]+)\)/g)) expect(svg).toContain(`--${name}:#`);
  });
});

describe("the heat map of a sweep", () => {
  const metric = sweep.metrics.find(({ id }) => id === "response_p95");
  if (metric === undefined) throw new Error("no metric");
  const chart = sweepHeatMap(sweep, { across: 0, down: 1 }, metric, frame, PAGE_THEME);

  it("has a cell for every pair of values, one map per variant", () => {
    expect(chart.tables).toHaveLength(2);
    expect(chart.tables[1]).toMatchObject({
      columns: ["retry \\ load", "10/s", "20/s"],
      rows: [
        ["1", "200 ms", "400 ms"],
        ["60", "200 ms", "400 ms"],
      ],
    });
    expect(renderSvg(chart).match(/<rect /g)).toHaveLength(8);
  });

  it("shades the highest deepest and names both ends", () => {
    const svg = renderSvg(chart);
    expect(svg).toContain('fill-opacity="0.6"');
    expect(svg).toContain('fill-opacity="0.05"');
    expect(chart.finding).toMatch(
      /^Lowest with fast at load 10\/s .*\(100 ms\), highest with slow at load 20\/s .*\(400 ms\)\.$/,
    );
  });

  it("holds the worst where a further axis was varied", () => {
    const [first] = smallSweep().points;
    if (first === undefined) throw new Error("no point");
    const worse = {
      ...first,
      variants: [{ name: "fast", fingerprint: "", metrics: { response_p95: { mean: 999_000, halfWidth: 0 } } }],
    };
    const more = smallSweep({ points: [...smallSweep().points, worse] });
    expect(sweepHeatMap(more, { across: 0, down: 1 }, metric, frame, PAGE_THEME).tables[0]?.rows[0]?.[1]).toBe(
      "999 ms",
    );
  });
});
