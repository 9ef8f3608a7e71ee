import { describe, expect, it } from "vitest";
import { headlines } from "../../../src/report/document/headline.ts";
import { fixtureResult } from "../fixture.ts";

describe("the headlines", () => {
  it("answer availability, sessions and response times, then tell the fault and its detection", () => {
    const lines = headlines(fixtureResult());
    expect(lines.map((line) => line.split(":")[0])).toEqual([
      ...["Availability", "Session loss", "P99", "Crash of node2 at 60 s for 120 s"],
    ]);
    // Six variants detect after 380 ms, and 40 ms later each.
    expect(lines[3]).toBe("Crash of node2 at 60 s for 120 s: detected after 380 ms to 580 ms.");
  });

  it("do not speak of no time at all", () => {
    const detectedAfter = (...delaysUs: readonly number[]) => {
      const result = fixtureResult({ variants: delaysUs.length });
      const variants = result.variants.map((variant, v) => ({
        ...variant,
        members: variant.members.map((member) => ({
          ...member,
          detections: member.detections.map((detection) => ({ ...detection, detectedUs: delaysUs[v] ?? null })),
        })),
      }));
      return headlines({ ...result, variants }).at(-1);
    };
    expect(detectedAfter(0, 1_300_000)).toMatch(/: detected at once or after up to 1\.30 s\.$/);
    expect(detectedAfter(0, 0)).toMatch(/: detected at once\.$/);
  });

  it("say when a fault was never noticed", () => {
    expect(headlines(fixtureResult({ variants: 1, silent: true })).at(-1)).toBe(
      "Crash of node2 at 60 s for 120 s: no proxy changed the state of the member.",
    );
  });

  it("say once why there are no numbers when no request ended", () => {
    const lines = headlines(fixtureResult({ variants: 2, silent: true, faults: [] }));
    expect(lines).toEqual(["No request was made in the observed time."]);
  });

  it("tell two faults and count the others", () => {
    const faults = Array.from({ length: 5 }, (_, index) => ({
      ...{ id: `f${index}`, kind: "hang", backend: 0 },
      ...{ fromUs: index * 10_000_000, toUs: index * 10_000_000 + 1 },
    }));
    const lines = headlines(fixtureResult({ variants: 1, faults }));
    expect(lines).toHaveLength(3 + 2 + 1);
    expect(lines.at(-1)).toBe("3 more faults are listed under method and limits.");
  });
});
