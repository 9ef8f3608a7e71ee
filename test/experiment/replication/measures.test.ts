import { describe, expect, it } from "vitest";
import { coarseCell, coarseCellUpperUs } from "../../../src/experiment/replication/coarse-times.ts";
import { usablePathShare } from "../../../src/experiment/replication/path-time.ts";
import { TimeBins } from "../../../src/experiment/replication/time-bins.ts";
import { makeWindow } from "../../../src/experiment/replication/window.ts";

describe("the observed time", () => {
  const bins = new TimeBins(makeWindow(100, 400, 100));

  it("has bins that begin at their lower end", () => {
    expect([99, 100, 199, 200, 399, 400].map((nowUs) => bins.of(nowUs))).toEqual([-1, 0, 0, 1, 2, -1]);
  });

  it("finds the bin of an earlier instant too", () => {
    expect([399, 100, 250, 99].map((nowUs) => bins.of(nowUs))).toEqual([2, 0, 1, -1]);
  });
});

describe("coarse response times", () => {
  it("every time lies at or below the upper bound of its cell, and above that of the cell before", () => {
    for (const us of [0, 1, 15, 16, 17, 31, 32, 100, 999, 1000, 65_535, 65_536, 1_234_567, 2_000_000_000]) {
      const cell = coarseCell(us);
      expect(us).toBeLessThanOrEqual(coarseCellUpperUs(cell));
      if (cell > 0) expect(us).toBeGreaterThan(coarseCellUpperUs(cell - 1));
    }
  });

  it("cells are at most 6.25 % wide", () => {
    for (let cell = 17; cell < 300; cell++)
      expect(coarseCellUpperUs(cell) / (coarseCellUpperUs(cell - 1) + 1)).toBeLessThan(1.0625 + 1e-9);
  });
});

describe("time with a usable path", () => {
  const window = makeWindow(1000, 2000, 100);
  const up: { fromUs: number; toUs: number }[] = [];
  const out = (fromUs: number, toUs: number) => [{ fromUs, toUs }];
  const crash = [
    {
      id: "x",
      backends: [0],
      effect: { kind: "crash" as const },
      timing: { kind: "scheduled" as const, atUs: 0, forUs: 1 },
    },
  ];

  it("is all of it while one member is usable", () => {
    expect(usablePathShare([up, out(100, 900)], [0, 1], [0, 1], [], [], window)).toBe(1);
  });

  it("lacks the time in which all are out at once", () => {
    // out 100–500 and 300–900: both out 300–500, 200 of 1000
    expect(usablePathShare([out(100, 500), out(300, 900)], [0, 1], [0, 1], [], [], window)).toBeCloseTo(0.8, 12);
  });

  it("counts a backend that is down although the proxy has not noticed", () => {
    const spans = [{ fault: 0, backend: 0, fromUs: 1200, toUs: 1450 }];
    expect(usablePathShare([up], [0], [0], spans, crash, window)).toBeCloseTo(0.75, 12);
  });
});
