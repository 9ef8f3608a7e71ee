// Speed-up of a sweep of 32 tasks on two threads, measured from the outside: start of the program to its end.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

const RUNS = 2;
const WORDS = [
  "sweep",
  "scenarios/quick-start.yaml",
  ...["--variant", "bybusyness · nofailover=On"],
  ...["--over", "load=4/s..12/s log 16"],
  ...["--replications", "2", "--set", "scenario.duration=450m", "--quiet"],
];

/** Shortest of a few runs with each number of threads; the results are compared too. */
export function benchThreads() {
  const scratch = mkdtempSync(join(tmpdir(), "lbsim-bench-"));
  try {
    return [1, 2].map((threads) => {
      let best = Number.POSITIVE_INFINITY;
      let result = "";
      for (let run = 0; run < RUNS; run++) {
        const folder = join(scratch, `${threads}-${run}`);
        const startedMs = performance.now();
        execFileSync("node", ["bin/lbsim.js", ...WORDS, "--threads", String(threads), "--report-dir", folder]);
        best = Math.min(best, performance.now() - startedMs);
        result = readFileSync(join(folder, "sweep.json"), "utf8");
      }
      return { threads, seconds: best / 1000, result };
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

export function formatThreadRows([one, two]) {
  const same = one.result === two.result ? "identical bytes" : "DIFFERENT RESULTS";
  return [
    "threads   seconds   speed-up",
    `1         ${one.seconds.toFixed(2).padStart(7)}   1.00`,
    `2         ${two.seconds.toFixed(2).padStart(7)}   ${(one.seconds / two.seconds).toFixed(2)}`,
    `(${availableParallelism()} cores; ${same})`,
  ].join("\n");
}
