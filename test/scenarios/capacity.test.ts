import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runScenario } from "./run-scenario.ts";

const FOLDER = "scenarios/capacity";
const ANSWERS = readFileSync("docs/how-to/capacity-questions.md", "utf8");
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));

describe("the scenarios about capacity", () => {
  it("are the nine questions, and one way to mend", () => {
    expect(files).toHaveLength(10);
    expect(ANSWERS.match(/^## .*\?$/gm)).toHaveLength(9);
  });

  for (const file of files) {
    const name = file.replace(".yaml", "");

    it(`${name}: begins with its question`, () => {
      expect(readFileSync(`${FOLDER}/${file}`, "utf8")).toMatch(/^# .*\?\n#\n# What to see: /);
    });

    it(`${name}: keeps all its expectations`, async () => {
      const { expectations } = await runScenario(`${FOLDER}/${file}`);
      expect(expectations?.length ?? 0).toBeGreaterThan(0);
      for (const { text, variant, verdict, value, halfWidth } of expectations ?? [])
        expect(verdict, `${text} (${variant}): ${value} ± ${halfWidth}`).toBe("pass");
    });
  }

  it("have their answers in the docs, each with its chart", () => {
    for (const file of files) expect(ANSWERS).toContain(`scenarios/capacity/${file}`.replace("-mended", ""));
    const charts = [...ANSWERS.matchAll(/!\[[^\]]+\]\((charts\/[\w-]+\.svg)\)/g)].map(([, chart]) => chart ?? "");
    expect(new Set(charts).size).toBe(9);
    for (const chart of charts) expect(existsSync(`docs/how-to/${chart}`), chart).toBe(true);
  });
});
