import { expect, it } from "vitest";
import { chartFiles } from "../../src/report/chart-files.ts";
import { fixtureResult } from "./fixture.ts";

it("every chart of the report is a file of its own, named by what it shows", () => {
  const files = chartFiles(fixtureResult({ variants: 2 }));
  expect(files.map(({ name }) => name)).toEqual([
    "differences",
    "share-requests",
    "share-bytes",
    "share-busy",
    expect.stringMatching(/^availability-[A-Za-z0-9-]+$/),
    expect.stringMatching(/^availability-[A-Za-z0-9-]+$/),
    "sessions",
    "response-time-percentiles",
    "response-time-distribution",
    "response-times",
    "queues",
  ]);
  for (const { svg, width, height } of files) {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(width).toBe(960);
    expect(height).toBeGreaterThan(50);
  }
});

it("variants with names that no file can have get distinct ones", () => {
  const files = chartFiles(fixtureResult({ variants: 3, rename: () => "/../" }));
  const names = files.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9-]+$/);
});
