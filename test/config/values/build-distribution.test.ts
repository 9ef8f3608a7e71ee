import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDistribution } from "../../../src/config/values/build-distribution.ts";
import { DISTRIBUTION_NAMES, distributionForms, readDistribution } from "../../../src/config/values/distribution.ts";
import type { DistributionSpec } from "../../../src/config/values/distribution-spec.ts";
import { duration } from "../../../src/config/values/quantity.ts";

/** A source that deals one number only. */
function always(u: number) {
  return { next: () => u, nextExponential: () => -Math.log(1 - u) };
}

/** Mean and cv² by formula; every kind once. */
const EXPECTED: readonly [DistributionSpec, number, number][] = [
  [{ kind: "constant", value: 7 }, 7, 0],
  [{ kind: "exponential", mean: 7 }, 7, 1],
  // (b − a)²/12 ÷ mean² = 4/12 ÷ 4.
  [{ kind: "uniform", min: 1, max: 3 }, 2, 1 / 12],
  [{ kind: "erlang", shape: 4, mean: 8 }, 8, 0.25],
  // The scenario gives cv, the engine wants cv².
  [{ kind: "hyperexponential", mean: 5, cv: 2 }, 5, 4],
  [{ kind: "lognormal", mean: 5, cv: 2 }, 5, 4],
  // Shape 1 is exponential.
  [{ kind: "weibull", shape: 1, scale: 3 }, 3, 1],
  [{ kind: "weibull-mean", shape: 2, mean: 3 }, 3, 4 / Math.PI - 1],
  // Shape 3, min 2: mean 3·2/2 = 3, variance min²·a/((a−1)²(a−2)) = 3, cv² = 3/9.
  [{ kind: "pareto", shape: 3, min: 2 }, 3, 1 / 3],
  [
    {
      kind: "empirical",
      values: [
        { value: 1, weight: 1 },
        { value: 3, weight: 1 },
      ],
    },
    2,
    0.25,
  ],
  [
    {
      kind: "mixture",
      parts: [
        { weight: 1, of: { kind: "constant", value: 1 } },
        { weight: 1, of: { kind: "constant", value: 3 } },
      ],
    },
    2,
    0.25,
  ],
];

describe("the engine's distribution", () => {
  it.each(EXPECTED)("for %j has the mean and spread that the formula gives", (spec, mean, cv2) => {
    const built = buildDistribution(spec);
    expect(built.mean).toBeCloseTo(mean, 9);
    expect(built.cv2).toBeCloseTo(cv2, 9);
  });

  it("has the median of a lognormal given by quantiles", () => {
    const built = buildDistribution({ kind: "lognormal-quantiles", p50: 20, p99: 300 });
    expect(built.sample(always(0.5))).toBeCloseTo(20, 9);
    expect(built.sample(always(0.99))).toBeCloseTo(300, 6);
  });

  it("stays inside the bounds of a bounded Pareto", () => {
    const built = buildDistribution({ kind: "bounded-pareto", shape: 1.5, min: 2, max: 9 });
    expect(built.sample(always(1e-12))).toBeCloseTo(2, 6);
    expect(built.sample(always(1 - 1e-12))).toBeCloseTo(9, 6);
  });

  it("of mean 0 is a constant, which takes no spread", () => {
    for (const kind of ["exponential", "erlang", "hyperexponential"] as const) {
      const spec = { kind, mean: 0, shape: 2, cv: 2 } as DistributionSpec;
      expect(buildDistribution(spec).sample(always(0.7))).toBe(0);
    }
  });

  it("can be made of everything that the reader lets through", () => {
    const time = fc.oneof(
      fc.constantFrom("0s", "1us", "5s", "100000d"),
      fc.nat().map((us) => `${us}us`),
    );
    const number = fc.oneof(fc.constantFrom(0.01, 1, 2, 1000, 1e9), fc.double({ min: 0, max: 1000, noNaN: true }));
    const keys = { mean: time, min: time, max: time, p50: time, p99: time, scale: time, shape: number, cv: number };
    const forms = DISTRIBUTION_NAMES.flatMap((name) => distributionForms(name).map((form) => ({ name, form })));
    const written = fc
      .constantFrom(...forms)
      .chain(({ name, form }) =>
        fc
          .record(Object.fromEntries(form.map(([key]) => [key, keys[key as keyof typeof keys]])))
          .map((body) => ({ [name]: body })),
      );
    const mixture = fc
      .array(fc.record({ weight: number, of: fc.oneof(time, written) }), { minLength: 1, maxLength: 3 })
      .map((parts) => ({ mixture: parts }));
    fc.assert(
      fc.property(fc.oneof(written, mixture), (value) => {
        const read = readDistribution(value, duration);
        if (!read.ok) return;
        const sample = buildDistribution(read.value).sample(always(0.25));
        expect(sample).toBeGreaterThanOrEqual(0);
        expect(sample).not.toBeNaN();
      }),
    );
  });
});
