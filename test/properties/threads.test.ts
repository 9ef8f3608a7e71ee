import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomScenario } from "./random-scenario.ts";

const LBSIM = fileURLToPath(new URL("../../bin/lbsim.js", import.meta.url));

/** Files of a report folder by name. */
function filesOf(directory: string): Map<string, Buffer> {
  const names = readdirSync(directory).sort((a, b) => (a < b ? -1 : 1));
  return new Map(names.map((name) => [name, readFileSync(join(directory, name))]));
}

describe("the built program", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "lbsim-threads-"));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** All files of the report on a scenario, by name, with a number of threads. */
  const reportOf = (scenario: unknown, threads: number): Map<string, Buffer> => {
    const file = join(directory, "random.json");
    writeFileSync(file, JSON.stringify(scenario));
    const reports = join(directory, `threads-${threads}`);
    rmSync(reports, { recursive: true, force: true });
    const words = ["run", file, "--threads", String(threads), "--report-dir", reports, "--quiet"];
    execFileSync(process.execPath, [LBSIM, ...words], { stdio: "pipe" });
    return filesOf(reports);
  };

  const expectSame = (one: Map<string, Buffer>, other: Map<string, Buffer>) => {
    expect([...one.keys()]).toContain("result.json");
    expect([...other.keys()]).toEqual([...one.keys()]);
    for (const [name, bytes] of one) expect(other.get(name)?.equals(bytes), name).toBe(true);
  };

  it("writes the same bytes into every file of a report with 1 and with 3 threads", () => {
    fc.assert(
      fc.property(randomScenario, ({ scenario }) => {
        const { "warm-up": _found, ...rest } = scenario;
        const whole = { ...rest, variants: [{ name: "one" }, { name: "two" }], replications: 4 };
        expectSame(reportOf(whole, 1), reportOf(whole, 3));
      }),
      { numRuns: 4 },
    );
  });

  it("does so too with 1 and with 2 threads when the proxy has several instances and processes", () => {
    fc.assert(
      fc.property(randomScenario, fc.constantFrom("random", "round-robin", "source"), ({ scenario }, spread) => {
        const { inline } = scenario.proxy as { readonly inline: string };
        const whole = { ...scenario, proxy: { inline, instances: 2, processes: 2, spread }, replications: 4 };
        expectSame(reportOf(whole, 1), reportOf(whole, 2));
      }),
      { numRuns: 3 },
    );
  });
});
