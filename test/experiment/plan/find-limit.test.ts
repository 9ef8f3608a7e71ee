import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLimit, type PlanVerdict, type SearchStart } from "../../../src/experiment/plan/find-limit.ts";

/** Values below `passes` pass, those from `fails` on fail, the others do not decide. */
async function search(count: number, passes: number, fails: number, start: SearchStart) {
  const asked: number[] = [];
  const limit = await findLimit(count, start, async (index): Promise<PlanVerdict> => {
    asked.push(index);
    return index < passes ? "pass" : index < fails ? "inconclusive" : "fail";
  });
  return { limit, asked };
}

describe("the search for a limit", () => {
  it("finds the last that passes and the first that fails, wherever they are and wherever it begins", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(60),
        fc.nat(60),
        fc.option(fc.nat(59)),
        fc.integer({ min: 1, max: 40 }),
        async (count, a, b, from, stride) => {
          const [passes, fails] = [Math.min(a, b, count), Math.min(Math.max(a, b), count)];
          const start = { from: from === null ? null : Math.min(from, count - 1), stride };
          const { limit, asked } = await search(count, passes, fails, start);
          expect(limit).toEqual({
            lastPass: passes === 0 ? null : passes - 1,
            firstFail: fails === count ? null : fails,
          });
          expect(new Set(asked).size).toBe(asked.length);
        },
      ),
    );
  });

  it("asks about as many values as a bisection needs", async () => {
    // 1024 values: the two ends and ten halvings.
    const { asked } = await search(1024, 700, 700, { from: null, stride: 8 });
    expect(asked.length).toBeLessThanOrEqual(13);
  });

  it("stays near its beginning when the limit is there", async () => {
    const { asked } = await search(10_000, 5_020, 5_020, { from: 5_000, stride: 35 });
    expect(Math.max(...asked)).toBeLessThanOrEqual(5_035);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(5_000);
  });

  it("ends with null when it was stopped", async () => {
    expect(await findLimit(10, { from: null, stride: 1 }, async () => null)).toBeNull();
  });
});
