import { describe, expect, it } from "vitest";
import type { Estimate, RunResult } from "../../../src/experiment/result.ts";
import { type Paint, PLAIN } from "../../../src/report/formats/paint.ts";
import { sparklines } from "../../../src/report/formats/sparklines.ts";
import { renderText, runLine } from "../../../src/report/formats/text.ts";
import { fixtureResult } from "../fixture.ts";
import { withoutSample } from "../without-sample.ts";

const estimate = (mean: number, halfWidth: number): Estimate => ({ mean, halfWidth, values: [] });

/** Two variants, three metrics with round numbers. */
function smallResult(): RunResult {
  const base = fixtureResult({ variants: 2 });
  const values = [
    { availability: estimate(0.9962, 0.00031), response_p99: estimate(312_000, 6_300), failovers: estimate(31, 1.1) },
    { availability: estimate(0.9724, 0.00045), response_p99: estimate(310_000, 5_000), failovers: estimate(0, 0) },
  ];
  const compared = { variant: "pinned" };
  return {
    ...base,
    metrics: base.metrics.filter(({ id }) => Object.keys(values[0] ?? {}).includes(id)),
    baseline: "plain",
    variants: base.variants.map((variant, index) => ({
      ...variant,
      name: index === 0 ? "plain" : "pinned",
      metrics: values[index] ?? {},
    })),
    comparisons: [
      { ...compared, metric: "availability", difference: -0.0238, halfWidth: 0.00016, verdict: "worse" },
      { ...compared, metric: "response_p99", difference: -2_000, halfWidth: 3_100, verdict: "no difference shown" },
      { ...compared, metric: "failovers", difference: -31, halfWidth: 1.1, verdict: "differs" },
    ],
  };
}

describe("the text of a run", () => {
  it("is an aligned table with verdicts, faults, warnings and the way to make it again", () => {
    // 99.62 ± 0.031 %: two digits of the half-width ask for three decimals. p99 in ms, since its mean is below 10 s.
    // Availability of "plain" is the best of its column and "pinned" is shown to be worse: marked. p99 shows nothing.
    expect(renderText(smallResult(), { width: 100, paint: PLAIN })).toBe(`\
lbsim 0.1.0 · quick-start.yaml (3f9a12) · seed 42 · 20 replications
no warm-up; observed 300 s

variant  availability (%)       p99 (ms)   failovers
plain      99.620 ± 0.031 ▲  312.0 ± 6.3  31.0 ± 1.1
pinned     97.240 ± 0.045    310.0 ± 5.0       0 ± 0

±: half-width of the 95 % confidence interval; ▲: best of its column, and shown to differ from the baseline

${sparklines(smallResult(), { width: 100, ascii: false }).join("\n")}

against plain, paired over 20 replications
  pinned
    worse: availability −2.380 ± 0.016 points
    differs: failovers −31.0 ± 1.1
    no difference shown: p99

faults (1)
  crash of node2 at 60 s for 120 s

warnings (1)
  no ProxyTimeout was given: Timeout (60 s) limits every read from a member

passed over (2)
  ProxyHCTPsize (httpd.conf:17) may matter and is not modelled
  LogLevel (httpd.conf:3) has no effect on balancing

fingerprint 7d41-09be-5c10-aa02 - reproduce: lbsim run quick-start.yaml --seed 42 --replications 20
`);
  });

  it("paints words that are there without paint too", () => {
    const wrap = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const paint: Paint = {
      bold: wrap("b"),
      dim: wrap("d"),
      good: wrap("g"),
      bad: wrap("r"),
      warning: wrap("w"),
    };
    const painted = renderText(smallResult(), { width: 100, paint });
    expect(painted).toContain("<r>worse</r>");
    expect(painted.replace(/<\/?[bdgrw]>/g, "")).toBe(renderText(smallResult(), { width: 100, paint: PLAIN }));
  });

  it("never writes a table line that is wider than the terminal, if the columns themselves are not", () => {
    const text = renderText(fixtureResult(), { width: 80, paint: PLAIN });
    const tables = text.slice(0, text.indexOf("±:")).split("\n");
    expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("says of every metric that there is no sample when no request ended, and gives no verdicts for a single variant", () => {
    const text = renderText(fixtureResult({ variants: 1, members: 1, silent: true }), { width: 200, paint: PLAIN });
    expect(text).toMatch(/\nbyrequests nofailover=Off(\s+no sample){9}\n/);
    expect(text).not.toContain("against");
    expect(text).not.toContain("▲");
  });

  it("counts a metric without a sample neither as a difference nor as none", () => {
    const result = fixtureResult({ variants: 2 });
    const name = result.variants[1]?.name ?? "";
    const text = renderText(withoutSample(result, name, "response_p99"), { width: 200, paint: PLAIN });
    expect(text).toMatch(/\n {4}no sample: p99\n/);
    expect(text).not.toMatch(/no difference shown:.*p99/);
  });

  it("is silent about verdicts where nothing was compared", () => {
    const text = renderText({ ...fixtureResult({ variants: 3 }), comparisons: [] }, { width: 200, paint: PLAIN });
    expect(text).not.toContain("against");
  });

  it("gives no verdicts on one replication", () => {
    const text = renderText(fixtureResult({ variants: 2, replications: 1 }), { width: 200, paint: PLAIN });
    expect(text).toContain("one replication gives differences no interval, so none can be shown\n\n");
  });

  it("says that it was interrupted, and counts one replication in the singular", () => {
    const one = { ...fixtureResult({ replications: 1 }), interrupted: true };
    expect(runLine(one)).toBe("lbsim 0.1.0 · quick-start.yaml (3f9a12) · seed 42 · 1 replication, interrupted");
  });

  it("lists eight warnings and counts the rest", () => {
    const many = { ...fixtureResult(), warnings: Array.from({ length: 11 }, (_, index) => `warning number ${index}`) };
    const text = renderText(many, { width: 100, paint: PLAIN });
    expect(text).toContain("warnings (11)");
    expect(text).toContain("warning number 7\n  … and 3 more");
  });
});
