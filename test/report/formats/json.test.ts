import { describe, expect, it } from "vitest";
import type { RunResult } from "../../../src/experiment/result.ts";
import { readJson, renderJson } from "../../../src/report/formats/json.ts";
import { fixtureResult } from "../fixture.ts";

/** The same value with the keys of every object in the reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe("the result as JSON", () => {
  it("loses nothing", () => {
    const result = fixtureResult({ variants: 2 });
    expect(JSON.parse(renderJson(result))).toEqual(result);
    expect(readJson(renderJson(result))).toEqual(result);
  });

  it("has the same bytes in whatever order the result was put together", () => {
    const result = fixtureResult({ variants: 2 });
    expect(renderJson(reversed(result) as RunResult)).toBe(renderJson(result));
  });

  it("says first what it is and ends with a line break", () => {
    const text = renderJson(fixtureResult({ variants: 1 }));
    expect(text.startsWith('{\n  "format": "lbsim-result",\n  "version": 1,\n  "lbsim": "0.1.0",\n')).toBe(true);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("keeps lists of numbers and pairs of numbers on one line", () => {
    const text = renderJson(fixtureResult({ variants: 1, replications: 2 }));
    expect(text).toMatch(/"cells": \[\[\d+,\d+\],\[\d+,\d+\]/);
    expect(text).toMatch(/"values": \[[\d.]+,[\d.]+\]/);
  });

  it("writes minus zero as zero and refuses what is not a number", () => {
    const result = fixtureResult({ variants: 1 });
    expect(renderJson({ ...result, seed: -0 })).toContain('"seed": 0,');
    expect(() => renderJson({ ...result, seed: Number.NaN })).toThrow(RangeError);
  });

  it("is refused when it is something else, or of a later version", () => {
    expect(() => readJson("{}")).toThrow("this is not a result of lbsim");
    expect(() => readJson("null")).toThrow("this is not a result of lbsim");
    expect(() => readJson('{"format":"lbsim-result","version":99}')).toThrow("format version 99");
    expect(() => readJson("{")).toThrow(SyntaxError);
  });
});
