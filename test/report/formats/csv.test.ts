import { describe, expect, it } from "vitest";
import { membersCsv, timelineCsv } from "../../../src/report/formats/csv.ts";
import { fixtureResult } from "../fixture.ts";

describe("timeline.csv", () => {
  it("has a header, then one row per variant and bin", () => {
    // 2 variants of 300 bins, the header, and the empty piece behind the last line break.
    const lines = timelineCsv(fixtureResult({ variants: 2 })).split("\n");
    expect(lines).toHaveLength(2 * 300 + 2);
    expect(lines.at(-1)).toBe("");
    expect(lines[0]).toBe(
      "variant,bin,from_us,to_us,good,failed,retried,failovers,sessions_lost,sticky_hits,sticky_asked,p50_us,p99_us," +
        "sessions_lost:node1,sessions_lost:node2,sessions_lost:node3,running:node1,running:node2,running:node3," +
        "waiting:node1,waiting:node2,waiting:node3",
    );
    expect(lines[61]).toMatch(/^byrequests nofailover=Off,60,60000000,61000000,\d+,\d+,/);
  });

  it("leaves quantiles of bins without a request empty", () => {
    const [, first] = timelineCsv(fixtureResult({ variants: 1, members: 1, silent: true })).split("\n");
    expect(first).toMatch(/^byrequests nofailover=Off,0,0,1000000,0,0,0,0,0,0,0,,,0,/);
  });
});

describe("members.csv", () => {
  it("has one row per variant and member, with the bytes of its numbers and quoted names", () => {
    const result = fixtureResult({ variants: 1, members: 1, replications: 1, rename: (name) => `${name},"x"` });
    const [member] = result.variants[0]?.members ?? [];
    const { entitlement, utilisation } = member ?? {};
    const [header, row] = membersCsv(result).split("\n");
    expect(header).toMatch(/^variant,group,member,alias,backend,weight,tier,role,entitlement,entitlement_half_width,/);
    const names = '"byrequests nofailover=Off,""x""",balancer://shop,http://10.0.0.1:8080,"node1,""x""","node1,""x"""';
    // With one replication there is no interval, so the last cell is empty.
    expect(row?.startsWith(`${names},1,0,member,${entitlement?.mean},,`)).toBe(true);
    expect(row?.endsWith(`,${utilisation?.mean},`)).toBe(true);
  });
});
