import { describe, expect, it } from "vitest";
import { reportBody } from "../../../src/report/document/report-body.ts";
import { serialise } from "../../../src/report/markup.ts";
import { type FixtureOptions, fixtureResult } from "../fixture.ts";

const html = (options: FixtureOptions) => reportBody(fixtureResult(options)).map(serialise).join("");

describe("the body of the report", () => {
  it("has its sections in the order in which a reader asks", () => {
    expect([...html({ variants: 2 }).matchAll(/<h2 id="[^"]*">([^<]*)</g)].map((match) => match[1])).toEqual([
      ...[
        "Comparison",
        "Shares of the members",
        "Availability",
        "Sessions",
        "Response times",
        "Queues and utilisation",
        "Method and limits",
      ],
    ]);
  });

  it("links to every section, in the same order", () => {
    const page = html({ variants: 2 });
    const sections = [...page.matchAll(/<section id="([^"]+)"/g)].map((match) => `#${match[1]}`);
    const links = [...page.matchAll(/<li><a href="([^"]+)"/g)].map((match) => match[1]);
    expect(links).toEqual(sections);
    expect(links).toHaveLength(7);
  });

  it("has no chart of differences when there is nothing to compare with", () => {
    expect(html({ variants: 2 })).toContain('id="differences"');
    expect(html({ variants: 1 })).not.toContain('id="differences"');
  });

  it("folds the timelines away from the seventh variant on", () => {
    expect(html({ variants: 6 })).not.toContain("more variants");
    expect(html({ variants: 8 })).toContain("<summary>2 more variants</summary>");
  });
});
