import { describe, expect, it } from "vitest";
import { allMetricsTable, comparisonTable } from "../../../src/report/document/comparison-table.ts";
import { serialise } from "../../../src/report/markup.ts";
import { type FixtureOptions, fixtureResult } from "../fixture.ts";
import { withoutSample } from "../without-sample.ts";

const html = (options: FixtureOptions) => comparisonTable(fixtureResult(options)).map(serialise).join("");

describe("the comparison table", () => {
  it("has the verdict of every difference as sign and word", () => {
    const result = fixtureResult();
    const words = [...html({}).matchAll(/class="verdict \w+"[^>]*>([▲▼◆○]) ([a-z ]+)</g)];
    // Ten metrics of five candidates.
    expect(words).toHaveLength(50);
    const signs = { better: "▲", worse: "▼", differs: "◆", "no difference shown": "○" };
    for (const [, sign, word] of words) expect(sign).toBe(signs[word as keyof typeof signs]);
    const better = result.comparisons.filter(
      ({ metric, verdict }) => metric === "response_p99" && verdict === "better",
    );
    expect(better.length).toBeGreaterThan(0);
  });

  it("has a column for requests without an end where there are any", () => {
    const result = fixtureResult();
    const unresolved = { mean: 216, halfWidth: 46, values: [216] };
    const variants = result.variants.map((variant) => ({ ...variant, metrics: { ...variant.metrics, unresolved } }));
    expect(html({})).not.toContain("unresolved");
    expect(
      comparisonTable({ ...result, variants })
        .map(serialise)
        .join(""),
    ).toContain(">unresolved<");
  });

  it("marks the baseline, and what is best in bold with a sign", () => {
    expect(html({})).toContain('byrequests nofailover=Off<span class="note">baseline</span>');
    expect(html({})).toMatch(/<b>▲ [\d.]+<\/b><span class="note">± [\d.]+<\/span>/);
  });

  it("carries the plain number of every cell for sorting, and none where there is no sample", () => {
    const mean = fixtureResult().variants[0]?.metrics.response_p99?.mean;
    expect(html({})).toContain(`data-value="${mean}"`);
    expect(html({ variants: 2, silent: true })).not.toContain("data-value");
  });

  it("says where there is no sample, and compares nothing with it", () => {
    const result = fixtureResult({ variants: 2 });
    const [baseline = "", other = ""] = result.variants.map(({ name }) => name);
    const page = (variant: string) =>
      comparisonTable(withoutSample(result, variant, "response_p99"))
        .map(serialise)
        .join("");
    const badges = (text: string) => (text.match(/class="verdict/g) ?? []).length;
    const whole = comparisonTable(result).map(serialise).join("");
    expect(page(other)).toContain('<td><span class="note">no sample</span>');
    expect(badges(page(other))).toBe(badges(whole) - 1);
    expect(page(baseline)).toContain("– baseline has no sample</span>");
  });

  it("of one variant speaks of no verdict and no baseline", () => {
    expect(html({ variants: 1 })).not.toMatch(/verdict|baseline|▲/);
  });
});

it("the table of all metrics has every metric with its unit", () => {
  const result = fixtureResult({ variants: 2 });
  const table = serialise(allMetricsTable(result));
  expect(table.match(/<th scope="row"/g)).toHaveLength(result.metrics.length);
  expect(table).toContain("mean response time (ms)");
});
