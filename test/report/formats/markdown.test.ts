import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../src/report/formats/markdown.ts";
import { fixtureResult } from "../fixture.ts";
import { withoutSample } from "../without-sample.ts";

describe("the Markdown table", () => {
  it("has a row for each variant and as many cells as columns", () => {
    const rows = renderMarkdown(fixtureResult({ variants: 3 }))
      .split("\n")
      .filter((line) => line.startsWith("|"));
    // Header, ruler, three variants; ten columns have eleven bars.
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row.split("|")).toHaveLength(12);
    expect(rows[1]).toBe("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  });

  it("says where there is no sample", () => {
    const result = fixtureResult({ variants: 2 });
    expect(renderMarkdown(withoutSample(result, result.baseline, "response_p99"))).toMatch(
      /^\| byreq.*\| no sample \|/m,
    );
  });

  it("marks what is best in bold", () => {
    expect(renderMarkdown(fixtureResult())).toMatch(/\*\*[\d.]+ ± [\d.]+ ▲\*\*/);
  });

  it("takes the meaning out of hostile names", () => {
    const markdown = renderMarkdown(fixtureResult({ variants: 1, rename: (name) => `${name}|*<img>*\n[x](y)` }));
    expect(markdown).toContain("byrequests nofailover=Off\\|\\*&lt;img>\\* \\[x\\](y) |");
  });

  it("fences a command that has backticks in it", () => {
    const result = { ...fixtureResult({ variants: 1 }), reproduce: "lbsim run ``x`" };
    expect(renderMarkdown(result)).toContain("reproduce: ``` lbsim run ``x` ```\n");
  });
});
