import { compareWithStored, whyNotComparable } from "../experiment/baseline/compare-with-stored.ts";
import type { PreparedExperiment } from "../experiment/prepare.ts";
import type { RunResult } from "../experiment/result.ts";
import { quoted, type ReproducibleRun, reproduceLine } from "./commands/reproduce-line.ts";
import { KnownError } from "./known-error.ts";

/** Fewer make wide intervals. */
const LEAST_REPLICATIONS = 10;

/** What the command that makes a new baseline needs to know. */
type Asked = Omit<ReproducibleRun, "command" | "seed" | "replications">;

/** @throws KnownError `not-comparable` with the command that makes a baseline which is. */
export function assertComparable(stored: RunResult, path: string, experiment: PreparedExperiment, asked: Asked): void {
  const families = experiment.variants.map(({ family }) => family);
  const names = experiment.variants.map(({ name }) => name);
  const run = asked.variant.length === 0 ? names : asked.variant;
  const why = whyNotComparable(stored, run, families);
  if (why === null) return;
  const { seed, replications } = stored;
  const again = {
    ...asked,
    baseline: null,
    tolerance: null,
    command: "run" as const,
    seed,
    replications: Math.max(LEAST_REPLICATIONS, replications),
  };
  const command = `${reproduceLine(again)} --out json=${quoted(path)}`;
  throw new KnownError("not-comparable", `${path}: ${why}`, `make a new baseline: ${command}`);
}

/** The result with what moved against the stored one. */
export function withBaseline(result: RunResult, stored: RunResult, path: string, tolerance: number): RunResult {
  return { ...result, against: compareWithStored(result, stored, path, tolerance) };
}
