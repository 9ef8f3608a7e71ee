import { describe, expect, it } from "vitest";
import { wordsAsVariants } from "../../src/report/sweep-series.ts";
import { smallSweep } from "./small-sweep.ts";

/** The small sweep with its second axis turned into words. */
function withWords() {
  const sweep = smallSweep();
  return {
    ...sweep,
    axes: [...sweep.axes.slice(0, 1), { key: "lbmethod", unit: "", isLogarithmic: false }],
    points: sweep.points.map((point) => ({
      ...point,
      values: [point.values[0] ?? "", point.values[1] === "1" ? "byrequests" : "bybusyness"],
      numbers: [point.numbers[0] ?? null, null],
    })),
  };
}

describe("an axis of words", () => {
  it("becomes lines beside those of the variants", () => {
    const drawn = wordsAsVariants(withWords());
    expect(drawn.axes.map(({ key }) => key)).toEqual(["load"]);
    expect(drawn.points.map(({ values }) => values)).toEqual([["10/s"], ["20/s"]]);
    expect(drawn.variants).toEqual([
      "fast · byrequests",
      "slow · byrequests",
      "fast · bybusyness",
      "slow · bybusyness",
    ]);
    expect(drawn.baseline).toBe("fast · byrequests");
    expect(drawn.points[1]?.variants).toHaveLength(4);
  });

  it("gives its words alone as names where the scenario has no variants", () => {
    const sweep = withWords();
    const points = sweep.points.map((point) => ({
      ...point,
      variants: point.variants.slice(0, 1).map((variant) => ({ ...variant, name: "as written" })),
    }));
    const drawn = wordsAsVariants({ ...sweep, variants: ["as written"], baseline: "as written", points });
    expect(drawn.variants).toEqual(["byrequests", "bybusyness"]);
    expect(drawn.baseline).toBe("byrequests");
  });

  it("stays where there is nothing to draw along", () => {
    expect(wordsAsVariants(smallSweep())).toEqual(smallSweep());
    const hypercube = { ...withWords(), design: "lhs" as const };
    expect(wordsAsVariants(hypercube)).toBe(hypercube);
  });
});
