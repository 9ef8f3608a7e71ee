import { describe, expect, it } from "vitest";
import { extremesSentence } from "../../src/report/extremes-sentence.ts";
import { fixtureResult } from "./fixture.ts";
import { withoutSample } from "./without-sample.ts";

describe("the sentence about a metric", () => {
  it("names the two ends with their values and counts the verdicts", () => {
    const result = fixtureResult();
    const sentence = extremesSentence(result, "sessions_lost_share");
    const means = result.variants.map(({ name, metrics }) => ({
      name,
      mean: metrics.sessions_lost_share?.mean ?? 0,
    }));
    means.sort((a, b) => b.mean - a.mean);
    expect(sentence).toContain(`Session loss: highest with ${means[0]?.name} (`);
    expect(sentence).toContain(`lowest with ${means.at(-1)?.name} (`);
    const better = result.comparisons.filter(
      ({ metric, verdict }) => metric === "sessions_lost_share" && verdict === "better",
    );
    expect(sentence).toMatch(new RegExp(`against ${result.baseline}: ${better.length} better\\.$`));
  });

  it("names the first of those that share an end, and counts the others", () => {
    const result = fixtureResult({ variants: 4 });
    const lowest = { mean: 0, halfWidth: 0, values: [] };
    const variants = result.variants.map((variant, v) =>
      v === 0 ? variant : { ...variant, metrics: { ...variant.metrics, sessions_lost_share: lowest } },
    );
    expect(extremesSentence({ ...result, variants }, "sessions_lost_share")).toContain(
      `lowest with ${variants[1]?.name} and 2 more (0 ± 0 %)`,
    );
  });

  it("says that nothing is shown when every interval spans zero", () => {
    const result = fixtureResult({ variants: 2 });
    const silent = {
      ...result,
      comparisons: result.comparisons.map((comparison) => ({ ...comparison, verdict: "no difference shown" as const })),
    };
    expect(extremesSentence(silent, "response_p99")).toMatch(
      /^P99: no difference from byrequests nofailover=Off \(.* ms\) is shown for any variant\.$/,
    );
  });

  it("says nothing of differences where none were compared", () => {
    const sentence = extremesSentence({ ...fixtureResult({ variants: 3 }), comparisons: [] }, "response_p99");
    expect(sentence).toMatch(/^P99: highest with [^;]*, lowest with [^;]*\)\.$/);
  });

  it("gives the value of an only variant", () => {
    expect(extremesSentence(fixtureResult({ variants: 1 }), "availability")).toMatch(
      /^Availability of byrequests nofailover=Off: 99\.\d+ ± 0\.\d+ %\.$/,
    );
  });

  it("counts a variant without a sample neither as different nor as not", () => {
    const result = fixtureResult({ variants: 3 });
    const [baseline = "", second = "", third = ""] = result.variants.map(({ name }) => name);
    const some = withoutSample(result, second, "response_p99");
    expect(extremesSentence(some, "response_p99")).toMatch(/against .*: 1 \S+( \S+)*, 1 without a sample\.$/);
    expect(extremesSentence(withoutSample(some, third, "response_p99"), "response_p99")).toMatch(
      /^P99 of byrequests nofailover=Off: .* ms; no sample in any other variant\.$/,
    );
    expect(extremesSentence(withoutSample(result, baseline, "response_p99"), "response_p99")).toMatch(
      /^P99: highest with .*, lowest with .*; byrequests nofailover=Off has no sample to compare them with\.$/,
    );
  });

  it("admits when no replication had a sample, and is silent about metrics that do not exist", () => {
    const result = fixtureResult({ variants: 2, silent: true });
    expect(extremesSentence(result, "availability")).toBe("Availability: no sample in any replication.");
    expect(extremesSentence(result, "nonsense")).toBe("");
  });
});
