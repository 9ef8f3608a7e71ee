import { expect, it } from "vitest";
import { metricsCsv } from "../../src/report/metrics-csv.ts";
import { fixtureResult } from "./fixture.ts";
import { withoutSample } from "./without-sample.ts";

it("the metrics have a row for each variant and metric, with the numbers of the result", () => {
  const result = fixtureResult({ variants: 2 });
  const [head, ...rows] = metricsCsv(result).trimEnd().split("\n");
  expect(head).toBe("variant,metric,title,unit,mean,half_width,difference,difference_half_width,verdict");
  expect(rows).toHaveLength(2 * result.metrics.length);
  const [first, second] = result.variants.map(({ name, metrics }) => ({ name, p99: metrics.response_p99 }));
  const compared = result.comparisons.find(({ metric }) => metric === "response_p99");
  expect(rows).toContain(`${first?.name},response_p99,p99,µs,${first?.p99?.mean},${first?.p99?.halfWidth},,,`);
  expect(rows).toContain(
    `${second?.name},response_p99,p99,µs,${second?.p99?.mean},${second?.p99?.halfWidth},${compared?.difference},${compared?.halfWidth},${compared?.verdict}`,
  );
});

it("a metric without a sample has empty cells", () => {
  const result = fixtureResult({ variants: 2 });
  const other = result.variants[1]?.name ?? "";
  expect(metricsCsv(withoutSample(result, other, "response_p99"))).toContain(
    `${other},response_p99,p99,µs,,,,,no sample\n`,
  );
});

it("a name with commas, quotes and line breaks is one cell", () => {
  const csv = metricsCsv(fixtureResult({ variants: 1, rename: (name) => `${name},"\n` }));
  expect(csv).toContain('\n"byrequests nofailover=Off,""\n",availability,');
});
