import { describe, expect, it } from "vitest";
import { readDistribution } from "../../../src/config/values/distribution.ts";
import { describeDistribution, isAlwaysZero } from "../../../src/config/values/distribution-spec.ts";
import { duration, plainNumber, size } from "../../../src/config/values/quantity.ts";

function specOf(value: unknown) {
  const read = readDistribution(value, duration);
  if (!read.ok) throw new Error(read.findings[0]?.message);
  return read.value;
}

function complaints(value: unknown) {
  const read = readDistribution(value, duration);
  if (read.ok) throw new Error("it was read");
  return read.findings.map((finding) => `${finding.path.join(".")}: ${finding.code}`);
}

describe("a distribution", () => {
  it("is a constant when it is a plain quantity", () => {
    expect(specOf("40ms")).toEqual({ kind: "constant", value: 40_000 });
    expect(specOf({ constant: "40ms" })).toEqual({ kind: "constant", value: 40_000 });
    expect(readDistribution("10kB", size)).toEqual({ ok: true, value: { kind: "constant", value: 10_000 } });
    expect(readDistribution(10, plainNumber)).toEqual({ ok: true, value: { kind: "constant", value: 10 } });
  });

  it("is named by the only key of a section", () => {
    expect(specOf({ exponential: { mean: "5s" } })).toEqual({ kind: "exponential", mean: 5_000_000 });
    expect(specOf({ uniform: { min: "1ms", max: "2ms" } })).toEqual({ kind: "uniform", min: 1000, max: 2000 });
    expect(specOf({ erlang: { shape: 4, mean: "1s" } })).toEqual({ kind: "erlang", shape: 4, mean: 1_000_000 });
    expect(specOf({ hyperexponential: { mean: "1s", cv: 2 } })).toEqual({
      kind: "hyperexponential",
      mean: 1_000_000,
      cv: 2,
    });
    expect(specOf({ pareto: { shape: 1.5, min: "1ms" } })).toEqual({ kind: "pareto", shape: 1.5, min: 1000 });
    expect(specOf({ "bounded-pareto": { shape: 1.5, min: "1ms", max: "1s" } })).toEqual({
      kind: "bounded-pareto",
      shape: 1.5,
      min: 1000,
      max: 1_000_000,
    });
  });

  it("tells the forms of lognormal and weibull apart by their parameters", () => {
    expect(specOf({ lognormal: { mean: "1s", cv: 0.5 } })).toEqual({ kind: "lognormal", mean: 1_000_000, cv: 0.5 });
    expect(specOf({ lognormal: { p50: "1ms", p99: "9ms" } })).toEqual({
      kind: "lognormal-quantiles",
      p50: 1000,
      p99: 9000,
    });
    expect(specOf({ weibull: { shape: 2, scale: "1ms" } })).toEqual({ kind: "weibull", shape: 2, scale: 1000 });
    expect(specOf({ weibull: { shape: 2, mean: "1ms" } })).toEqual({ kind: "weibull-mean", shape: 2, mean: 1000 });
  });

  it("can be a list of values or a mixture, weight 1 where none is given", () => {
    expect(specOf({ empirical: [{ value: "1ms", weight: 3 }, { value: "2ms" }] })).toEqual({
      kind: "empirical",
      values: [
        { value: 1000, weight: 3 },
        { value: 2000, weight: 1 },
      ],
    });
    expect(specOf({ mixture: [{ weight: 9, of: "1ms" }, { of: { exponential: { mean: "1s" } } }] })).toEqual({
      kind: "mixture",
      parts: [
        { weight: 9, of: { kind: "constant", value: 1000 } },
        { weight: 1, of: { kind: "exponential", mean: 1_000_000 } },
      ],
    });
  });

  it("is refused with the path of what is wrong", () => {
    expect(complaints({})).toEqual([": missing-key"]);
    expect(complaints(null)).toEqual([": wrong-type"]);
    expect(complaints(5)).toEqual([": missing-unit"]);
    expect(complaints({ exponental: { mean: "1s" } })).toEqual(["exponental: unknown-key"]);
    expect(complaints({ mean: "1s" })).toEqual(["mean: unknown-key"]);
    expect(complaints({ constant: "1s", exponential: { mean: "1s" } })).toEqual([": conflicting-keys"]);
    expect(complaints({ exponential: "1s" })).toEqual(["exponential: wrong-type"]);
    expect(complaints({ exponential: { mean: 1, men: 2 } })).toEqual([
      "exponential.men: unknown-key",
      "exponential.mean: missing-unit",
    ]);
    expect(complaints({ erlang: { shape: 1.5, mean: "1s" } })).toEqual(["erlang.shape: out-of-range"]);
    expect(complaints({ hyperexponential: { mean: "1s", cv: 0.5 } })).toEqual(["hyperexponential.cv: out-of-range"]);
    expect(complaints({ lognormal: { p50: "2s", p99: "1s" } })).toEqual(["lognormal: out-of-range"]);
    expect(complaints({ lognormal: { mean: "1s", p99: "1s" } })).toContain("lognormal.p99: unknown-key");
    expect(complaints({ uniform: { min: "2s", max: "1s" } })).toEqual(["uniform: out-of-range"]);
    expect(complaints({ weibull: { shape: 0, scale: "1s" } })).toEqual(["weibull.shape: out-of-range"]);
    expect(complaints({ empirical: [] })).toEqual(["empirical: wrong-type"]);
    expect(complaints({ empirical: [{ value: 1 }, 7, { weight: 1, w: 2 }] })).toEqual([
      "empirical.0.value: missing-unit",
      "empirical.1: wrong-type",
      "empirical.2.w: unknown-key",
      "empirical.2: missing-key",
    ]);
    expect(complaints({ empirical: [{ value: "1s", weight: 0 }] })).toEqual(["empirical: out-of-range"]);
    expect(complaints({ mixture: [{ of: { exponential: {} } }] })).toEqual(["mixture.0.of.exponential: missing-key"]);
  });
});

describe("a distribution that is always 0", () => {
  it("is found through mixtures and zero weights", () => {
    expect(isAlwaysZero(specOf("0"))).toBe(true);
    expect(isAlwaysZero(specOf({ exponential: { mean: 0 } }))).toBe(true);
    expect(isAlwaysZero(specOf({ uniform: { min: 0, max: 0 } }))).toBe(true);
    expect(isAlwaysZero(specOf({ mixture: [{ of: "0s" }, { of: "1s", weight: 0 }] }))).toBe(true);
    expect(isAlwaysZero(specOf({ empirical: [{ value: 0 }, { value: "1us" }] }))).toBe(false);
    expect(isAlwaysZero(specOf({ pareto: { shape: 2, min: "1us" } }))).toBe(false);
  });
});

describe("a distribution in one line", () => {
  it("names its parameters with units", () => {
    const line = (value: unknown) => describeDistribution(specOf(value), duration);
    expect(line("40ms")).toBe("40ms");
    expect(line({ exponential: { mean: "40ms" } })).toBe("exponential, mean 40ms");
    expect(line({ lognormal: { p50: "1ms", p99: "1s" } })).toBe("lognormal, p50 1ms, p99 1s");
    expect(line({ mixture: [{ of: "1ms" }, { of: { uniform: { min: 0, max: "1s" } } }] })).toBe(
      "mixture of 1ms | uniform, 0us to 1s",
    );
  });
});
