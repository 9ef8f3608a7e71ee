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

  it("writes the same bytes into every file of a report with 1 and with 3 threads", () => {
    const file = join(directory, "random.json");
    fc.assert(
      fc.property(randomScenario, ({ scenario }) => {
        const { "warm-up": _found, ...rest } = scenario;
        const text = JSON.stringify({ ...rest, variants: [{ name: "one" }, { name: "two" }], replications: 4 });
        writeFileSync(file, text);
        const [one, three] = ["1", "3"].map((threads) => {
          const reports = join(directory, `threads-${threads}`);
          rmSync(reports, { recursive: true, force: true });
          execFileSync(
            process.execPath,
            [LBSIM, "run", file, "--threads", threads, "--report-dir", reports, "--quiet"],
            {
              stdio: "pipe",
            },
          );
          return filesOf(reports);
        });
        expect([...(one?.keys() ?? [])]).toContain("result.json");
        expect([...(three?.keys() ?? [])]).toEqual([...(one?.keys() ?? [])]);
        for (const [name, bytes] of one ?? []) expect(three?.get(name)?.equals(bytes), name).toBe(true);
      }),
      { numRuns: 4 },
    );
  });
});
