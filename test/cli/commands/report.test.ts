import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { renderJson } from "../../../src/report/formats/json-text.ts";
import { fixtureResult } from "../../report/fixture.ts";
import { folderWith, lbsim } from "../run-command.ts";

const result = fixtureResult({ variants: 2 });
const folder = folderWith({
  "monday.json": renderJson(result),
  "tuesday.json": renderJson(result),
  "longer.json": renderJson({ ...result, timing: { ...result.timing, durationUs: 1_000_000 } }),
  "newer.json": renderJson(result).replace('"version": 1', '"version": 99'),
  "cut.json": renderJson(result).slice(0, 500),
  "other.json": '{"name": "other"}',
});
afterAll(folder.remove);

describe("lbsim report", () => {
  it("writes the page beside the result when nothing else is asked for", async () => {
    const { code, err } = await lbsim(["report", folder.path("monday.json")]);
    expect({ code, err }).toEqual({ code: 0, err: `written: ${folder.path("report.html")}\n` });
    expect(readFileSync(folder.path("report.html"), "utf8")).toContain("quick-start");
  });

  it("makes one comparison of several results, named after their files", async () => {
    const { out } = await lbsim([
      "report",
      folder.path("monday.json"),
      folder.path("tuesday.json"),
      "--out",
      "markdown",
    ]);
    for (const day of ["monday", "tuesday"])
      for (const { name } of result.variants) expect(out).toContain(`${day} · ${name}`);
  });

  it("writes every chart as SVG into a folder", async () => {
    const pictures = folder.path("pictures");
    expect((await lbsim(["report", folder.path("monday.json"), "--out", `svg=${pictures}`])).code).toBe(0);
    expect(readdirSync(pictures).length).toBe(11);
    expect(readFileSync(`${pictures}/queues.svg`, "utf8")).toMatch(/^<svg /);
  });

  it.each([
    ["cut.json", "result-unreadable", "no complete JSON"],
    ["other.json", "result-unreadable", "not a result of lbsim"],
    ["newer.json", "result-unreadable", "format version 99"],
    ["absent.json", "file-unreadable", "no such file"],
  ])("refuses %s with %s and writes nothing", async (file, problem, words) => {
    const page = folder.path("refused.html");
    const { code, err } = await lbsim(["report", folder.path(file), "--out", `html=${page}`]);
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(err).toContain(words);
    expect(existsSync(page)).toBe(false);
  });

  it("refuses results that can't share one time axis", async () => {
    const { code, err } = await lbsim(["report", folder.path("monday.json"), folder.path("longer.json")]);
    expect(code).toBe(2);
    expect(err).toContain("results-differ");
  });

  it("refuses rows of requests, which no result holds, and pictures without a folder", async () => {
    const rows = await lbsim(["report", folder.path("monday.json"), "--out", "requests=x.csv"]);
    expect(rows).toMatchObject({ code: 2, err: expect.stringContaining("unknown-format") });
    const picture = await lbsim(["report", folder.path("monday.json"), "--out", "svg"]);
    expect(picture).toMatchObject({ code: 2, err: expect.stringContaining("svg=FOLDER") });
  });
});
