import { describe, expect, it } from "vitest";
import type { RunResult, VariantResult } from "../../../src/experiment/result.ts";
import { sparklines } from "../../../src/report/formats/sparklines.ts";
import { fixtureResult } from "../fixture.ts";

/** Eight bins of one second: the share of good answers goes down and up again, p99 is 100 ms and once 800 ms. */
function result(changes: Partial<RunResult> = {}): RunResult {
  const base = fixtureResult({ variants: 1 });
  const variant = base.variants[0] as VariantResult;
  return {
    ...base,
    timing: { ...base.timing, durationUs: 8_000_000, binUs: 1_000_000 },
    faults: [{ id: "f", kind: "crash", backend: 0, fromUs: 2_000_000, toUs: 4_000_000 }],
    variants: [
      {
        ...variant,
        name: "plain",
        series: {
          ...variant.series,
          good: [8, 8, 0, 4, 6, 8, 0, 8],
          failed: [0, 0, 8, 4, 2, 0, 0, 0],
          p99Us: [100_000, 100_000, null, 800_000, 100_000, 100_000, null, 100_000],
        },
      },
    ],
    ...changes,
  };
}

describe("the course of a run in the terminal", () => {
  it("has a mark for every stretch of time, a gap where nothing ended, and the faults below", () => {
    // Shares 1 1 0 ½ ¾ 1 – 1 of eight marks: 0 is the first, ½ the fifth, ¾ the seventh, 1 the last.
    expect(sparklines(result(), { width: 80, ascii: false })).toEqual([
      "good answers over time (▁ 0 %, █ 100 %; a mark is 1 s)",
      "  plain   ██▁▅▇█ █",
      "p99 over time (▁ 100 ms, █ 800 ms; a mark is 1 s)",
      "  plain   ▁▁ █▁▁ ▁",
      "  faults    xx",
    ]);
  });

  it("uses plain characters where others may not be shown", () => {
    const lines = sparklines(result(), { width: 80, ascii: true });
    expect(lines[1]).toBe("  plain   ##_=*# #");
    expect(lines.join("")).toMatch(/^[ -~]*$/);
  });

  it("joins bins until they fit, and never hides the worst p99", () => {
    // Ten columns are the least: 8 bins fit. With 300 bins of a second, 60 marks of 5 s.
    const long = fixtureResult({ variants: 1 });
    const lines = sparklines(long, { width: 200, ascii: true });
    expect(lines[0]).toMatch(/a mark is 5 s\)$/);
    expect(lines[1]?.slice(lines[1].lastIndexOf("  ") + 2).length).toBeLessThanOrEqual(60);
    const worst = long.variants[0]?.series.p99Us.reduce<number>((most, us) => Math.max(most, us ?? 0), 0) ?? 0;
    expect(lines[2]).toContain(`# ${Math.round(worst / 1000)} ms`);
  });

  it("is left out when nothing changed or no fault divides the time", () => {
    expect(sparklines(result({ faults: [] }), { width: 80, ascii: false })).toEqual([]);
    const silent = fixtureResult({ variants: 2, silent: true });
    expect(sparklines(silent, { width: 80, ascii: false }).filter((line) => line.includes("over time"))).toEqual([]);
  });
});
