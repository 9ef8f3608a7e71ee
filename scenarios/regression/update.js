// Writes fingerprints.csv anew: `npm run build && node scenarios/regression/update.js`.
// A fingerprint that moved means that results changed: say so, with the reason, in CHANGELOG.md under "Results changed".
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const command = join(here, "..", "..", "bin", "lbsim.js");
const scratch = mkdtempSync(join(tmpdir(), "lbsim-"));
const lines = ["scenario,seed,replications,fingerprint"];
try {
  for (const file of readdirSync(here)
    .filter((name) => name.endsWith(".yaml"))
    .sort()) {
    const result = join(scratch, "result.json");
    const options = ["run", join(here, file), "--quiet", "--report-dir", scratch, "--out", `json=${result}`];
    const run = spawnSync(process.execPath, [command, ...options], { stdio: ["ignore", "ignore", "inherit"] });
    if (run.status !== 0) throw new Error(`${file}: lbsim ended with ${run.status}`);
    const { seed, replications, fingerprint } = JSON.parse(readFileSync(result, "utf8"));
    lines.push([file, seed, replications, fingerprint].join(","));
  }
  writeFileSync(join(here, "fingerprints.csv"), `${lines.join("\n")}\n`);
} finally {
  rmSync(scratch, { recursive: true });
}
