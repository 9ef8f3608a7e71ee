import { afterAll, describe, expect, it } from "vitest";
import { folderWith } from "../cli/run-command.ts";
import { contentsOf, lbsim } from "./built-program.ts";

const folder = folderWith({});
afterAll(folder.remove);

const quickStart = async (out: string, ...words: readonly string[]) => {
  const run = await lbsim([
    "run",
    "scenarios/quick-start.yaml",
    ...["--replications", "2", "--report-dir", folder.path(out), ...words],
  ]);
  expect([run.code, run.err]).toEqual([0, `report: ${folder.path(out)}/report.html\n`]);
  return { out: run.out, files: contentsOf(folder.path(out)) };
};

describe("the same scenario and seed", () => {
  it("give the same bytes twice, in one thread and in three", async () => {
    const one = await quickStart("one", "--threads", "1");
    const again = await quickStart("again", "--threads", "1");
    const three = await quickStart("three", "--threads", "3");
    expect(Object.keys(one.files)).toEqual([
      "members.csv",
      "report.html",
      "requests.csv",
      "result.json",
      "timeline.csv",
    ]);
    for (const other of [again, three]) {
      expect(other.out).toBe(one.out);
      expect(Object.keys(other.files)).toEqual(Object.keys(one.files));
      for (const [name, bytes] of Object.entries(one.files)) expect(other.files[name]?.equals(bytes), name).toBe(true);
    }
  });

  it("give other numbers with another seed", async () => {
    const words = ["--replications", "1", "--set", "scenario.duration=20s", "--json"];
    const resultOf = async (seed: string) =>
      JSON.parse((await quickStart(`seed-${seed}`, ...words, "--seed", seed)).out);
    const [first, second] = [await resultOf("1"), await resultOf("2")];
    expect(first.fingerprint).not.toBe(second.fingerprint);
  });
});
