import { describe, expect, it } from "vitest";
import type { RunResult } from "../../../src/experiment/result.ts";
import { methodSection } from "../../../src/report/document/method.ts";
import { serialise } from "../../../src/report/markup.ts";
import { fixtureResult } from "../fixture.ts";

const html = (result: RunResult) => methodSection(result).map(serialise).join("");

describe("method and limits", () => {
  it("say how the warm-up was found", () => {
    const base = fixtureResult({ variants: 1 });
    expect(html(base)).toContain("<dt>warm-up<dd>none");
    const timing = { ...base.timing, warmUpUs: 42_000_000, warmUpFrom: "MSER-5" as const };
    expect(html({ ...base, timing })).toContain("<dt>warm-up<dd>42 s, found by MSER-5 on the fault-free baseline");
  });

  it("define every metric in the words of the result", () => {
    const result = fixtureResult({ variants: 1 });
    for (const { definition } of result.metrics) {
      expect(html(result).replaceAll("&#39;", "'")).toContain(definition);
    }
  });

  it("list a problem of the configuration once, however many variants have it", () => {
    const base = fixtureResult({ variants: 3 });
    const problem = { code: "unknown-key", severity: "warning", message: "no such thing", file: "a.conf", line: 7 };
    const result = { ...base, variants: base.variants.map((variant) => ({ ...variant, problems: [problem] })) };
    expect(html(result).match(/a\.conf:7 warning unknown-key: no such thing/g)).toHaveLength(1);
  });

  it("leave out parts that would be empty", () => {
    const result = { ...fixtureResult({ variants: 1, replications: 1, faults: [] }), assumptions: [] };
    const titles = [...html(result).matchAll(/<summary>([^<]*)</g)].map((match) => match[1]);
    expect(titles).toEqual(["Variants", "Directives passed over", "How requests ended", "What each metric means"]);
  });

  it("show what the means are means of, up to a number of rows", () => {
    const rows = (count: number) => {
      const text = html(fixtureResult({ variants: count }));
      const [, table = ""] = /Each replication by itself(.*?)<\/table>/s.exec(text) ?? [];
      return (table.match(/<tr>/g) ?? []).length - 1;
    };
    expect([rows(1), rows(2), rows(12)]).toEqual([20, 40, 200]);
    expect(html(fixtureResult({ variants: 1, replications: 1 }))).not.toContain("Each replication by itself");
  });

  it("admit an interrupted run", () => {
    const result = { ...fixtureResult({ variants: 1 }), interrupted: true };
    expect(html(result)).toContain("<dd>20, interrupted before all were done");
  });
});
