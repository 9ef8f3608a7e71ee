import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runScenario } from "./run-scenario.ts";

const FOLDER = "scenarios/regression";

interface Expected {
  readonly scenario: string;
  readonly seed: number;
  readonly replications: number;
  readonly fingerprint: string;
}

const recorded: readonly Expected[] = readFileSync(`${FOLDER}/fingerprints.csv`, "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [scenario = "", seed, replications, fingerprint = ""] = line.split(",");
    return { scenario, seed: Number(seed), replications: Number(replications), fingerprint };
  });

describe("the regression scenarios", () => {
  it("are all in fingerprints.csv, and nothing else is", () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));
    expect(recorded.map(({ scenario }) => scenario)).toEqual(files.sort());
  });

  it("have the fingerprints that were recorded", { timeout: 120_000 }, async () => {
    const moved: string[] = [];
    for (const { scenario, seed, replications, fingerprint } of recorded) {
      const result = await runScenario(`${FOLDER}/${scenario}`, { seed, replications });
      if (result.fingerprint !== fingerprint) moved.push(`${scenario}: ${fingerprint} is now ${result.fingerprint}`);
    }
    expect(
      moved,
      `results moved in ${moved.length} of ${recorded.length} scenarios. If that is meant, say why in CHANGELOG.md under "Results changed" and run: node scenarios/regression/update.js`,
    ).toEqual([]);
  });
});
