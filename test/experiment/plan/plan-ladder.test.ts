import { describe, expect, it } from "vitest";
import { ladderAround, ladderOfRange } from "../../../src/experiment/plan/plan-ladder.ts";

function ladder(made: ReturnType<typeof ladderOfRange>) {
  if ("message" in made) throw new Error(made.message);
  return made;
}

describe("the values that a plan may answer", () => {
  it("are the steps of a range with steps", () => {
    expect(ladder(ladderOfRange("1..4 step 1", 0.02)).values).toEqual(["1", "2", "3", "4"]);
  });

  it("are whole numbers without a gap where the range is small, and both ends", () => {
    expect(ladder(ladderOfRange("2..6", 0.02)).values).toEqual(["2", "3", "4", "5", "6"]);
  });

  it("differ by the resolution where nothing else is said", () => {
    const { values } = ladder(ladderOfRange("10/s..20/s", 0.1));
    // 10, 11, 12.1, 13.31, 14.64, 16.11, 17.72, 19.49, 20
    expect(values).toEqual(["10/s", "11/s", "12.1/s", "13.31/s", "14.64/s", "16.11/s", "17.72/s", "19.49/s", "20/s"]);
  });

  it("lie around the scenario's own value, which is one of them, a doubling apart by the stride", () => {
    const { values, from, stride } = ladder(ladderAround("20/s", 0.02));
    expect(values[from ?? -1]).toBe("20/s");
    expect(Number.parseFloat(values[(from ?? 0) + stride] ?? "")).toBeCloseTo(40, -1);
    expect(Number.parseFloat(values[0] ?? "")).toBeLessThan(1);
    expect(values.at(-1)).toBe("20000/s");
    const numbers = values.map((value) => Number.parseFloat(value));
    expect(numbers.every((value, i) => i === 0 || value > (numbers[i - 1] ?? 0))).toBe(true);
  });

  it("are whole around a whole number: users, members", () => {
    const { values, from } = ladder(ladderAround("3", 0.02));
    expect(values.slice(0, 5)).toEqual(["1", "2", "3", "4", "5"]);
    expect(from).toBe(2);
  });

  it("are refused where there is no range or nothing to begin at", () => {
    expect(ladderOfRange("fast", 0.02)).toMatchObject({ message: expect.stringContaining("no range") });
    expect(ladderAround("0/s", 0.02)).toHaveProperty("message");
  });
});
