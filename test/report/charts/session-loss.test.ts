import { describe, expect, it } from "vitest";
import { sessionLoss } from "../../../src/report/charts/session-loss.ts";
import { PAGE_THEME } from "../../../src/report/charts/theme.ts";
import { fixtureResult } from "../fixture.ts";
import { elementsOf, marksOf, textsOf } from "./drawing.ts";

const FRAME = { width: 960, id: "t" };

describe("the chart of lost sessions", () => {
  const result = fixtureResult();
  const { svg, tables } = sessionLoss(result, FRAME, PAGE_THEME);

  it("adds up the means of a replication over time", () => {
    const total = (result.variants[0]?.series.sessionsLost ?? []).reduce((sum, count) => sum + count, 0) / 20;
    const last = tables[0]?.rows.at(-1);
    expect(last?.[0]).toBe("300 s");
    expect(Number(last?.[1])).toBeCloseTo(total, 1);
  });

  it("has a step line and a line of hits for each variant, each pointing at its column of the table", () => {
    const columns = marksOf(svg).map((mark) => Number(mark.attributes["data-column"]));
    expect(columns).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(marksOf(svg).filter((mark) => mark.attributes["data-step"] === true)).toHaveLength(6);
  });

  it("tells causes and backends apart by texture as well as by colour", () => {
    const textures = elementsOf(svg, "rect").flatMap(
      (rect) => String(rect.attributes.fill).match(/url\(#t-(\w+)/)?.[1] ?? [],
    );
    expect(new Set(textures)).toEqual(new Set(["fault", "hatch", "dots"]));
    for (const words of ["wiped", "elsewhere", "cookie not sent", "node1", "node2", "node3"]) {
      expect(textsOf(svg)).toContain(words);
    }
  });

  it("gives each of twelve variants a panel with the baseline in grey", () => {
    const many = sessionLoss(fixtureResult({ variants: 12 }), FRAME, PAGE_THEME);
    const grey = elementsOf(many.svg, "path").filter((path) => path.attributes.stroke === PAGE_THEME.fault);
    // Two rows of panels, each with eleven candidates.
    expect(grey).toHaveLength(22);
    expect(marksOf(many.svg)).toHaveLength(24);
  });
});
