import { describe, expect, it } from "vitest";
import type { RunResult } from "../../../src/experiment/result.ts";
import { readJson } from "../../../src/report/formats/json.ts";
import { renderJson } from "../../../src/report/formats/json-text.ts";
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

  it.each([
    ["variants", undefined, "variants is missing"],
    ["variants", [], "variants is empty"],
    ["seed", "x", "seed: expected a whole number"],
    ["scenario", null, "scenario: expected a section"],
    ["warnings", {}, "warnings: expected a list"],
    ["interrupted", 0, "interrupted: expected a yes or no"],
  ])("is refused when %s is %j", (key, value, message) => {
    const damaged = JSON.stringify({ ...fixtureResult({ variants: 2 }), [key]: value });
    expect(() => readJson(damaged)).toThrow(`this result is damaged: ${message}`);
  });

  it("says where deep inside it is damaged", () => {
    const text = renderJson(fixtureResult({ variants: 2 }));
    const damaged = JSON.parse(text);
    damaged.variants[1].metrics.availability.mean = "99 %";
    expect(() => readJson(JSON.stringify(damaged))).toThrow(
      "variants[1].metrics.availability.mean: expected a number or null",
    );
    delete damaged.variants[0].members[0].entitlement.values;
    expect(() => readJson(JSON.stringify(damaged))).toThrow("variants[0].members[0].entitlement.values is missing");
  });

  /** Any part that is taken out is noticed: nothing that a report reads is left unchecked. */
  it("is refused without any one of the keys that every result has", () => {
    const whole = JSON.parse(renderJson(fixtureResult({ variants: 1 })));
    for (const holder of [whole, whole.scenario, whole.timing, whole.variants[0], whole.variants[0].proxy])
      for (const key of Object.keys(holder).filter((each) => !["film", "format", "version"].includes(each))) {
        const kept = holder[key];
        delete holder[key];
        expect(() => readJson(JSON.stringify(whole)), key).toThrow(`${key} is missing`);
        holder[key] = kept;
      }
  });
});
