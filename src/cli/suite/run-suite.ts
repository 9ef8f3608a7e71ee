import { dirname } from "node:path";
import type { Executor } from "../../experiment/executor.ts";
import { worstVerdict } from "../../experiment/expectations/expectation-result.ts";
import type { RunResult } from "../../experiment/result.ts";
import { runExperiment } from "../../experiment/run-experiment.ts";
import {
  type SuiteEntry,
  type SuiteFingerprint,
  type SuiteStatus,
  worstStatus,
} from "../../experiment/suite-result.ts";
import { reproduceLine } from "../commands/reproduce-line.ts";
import type { Output } from "../host/output.ts";
import { lbsimVersion } from "../host/version.ts";
import { KnownError } from "../known-error.ts";
import { type LoadedExperiment, loadExperiment } from "../load-experiment.ts";
import { knownErrorInWords } from "../report-error.ts";
import type { FoundFiles } from "./find-scenarios.ts";
import { type RecordedFingerprint, readFingerprints } from "./fingerprints-file.ts";

/** Replications when neither scenario nor command line say how many. */
const REPLICATIONS = 10;

export interface SuiteOptions {
  readonly replications: number | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
}

/**
 * Runs everything that has expectations, or lies beside a file of fingerprints; all tasks stand in one queue, so that the threads are
 * busy until the end. Answers one promise a scenario, in order; a scenario that has nothing to test answers null.
 */
export function runSuite(
  found: FoundFiles,
  executor: Executor,
  options: SuiteOptions,
): readonly Promise<SuiteEntry | null>[] {
  const fingerprintFiles = [...found.fingerprintFiles, ...found.lookedUpIn];
  const recorded = [
    ...found.fingerprintFiles.flatMap(readFingerprints),
    ...found.lookedUpIn.flatMap(readFingerprints).filter(({ file }) => found.scenarios.includes(file)),
  ];
  const files = [...new Set([...found.scenarios, ...recorded.map(({ file }) => file)])].sort((a, b) =>
    a < b ? -1 : 1,
  );
  return files.map((file) => {
    const own = recorded.find((each) => each.file === file) ?? null;
    const folderFile = fingerprintFiles.find((each) => dirname(each) === dirname(file)) ?? null;
    return runEntry(file, own, folderFile, executor, options);
  });
}

async function runEntry(
  file: string,
  recorded: RecordedFingerprint | null,
  recordIn: string | null,
  executor: Executor,
  options: SuiteOptions,
): Promise<SuiteEntry | null> {
  const nothing = { file, result: null, fingerprint: null };
  let loaded: LoadedExperiment;
  try {
    loaded = load(file, recorded?.seed ?? null, options);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return { ...nothing, status: "unusable", problem: knownErrorInWords(error, options.output).trimEnd() };
  }
  const { experiment } = loaded;
  const hasExpectations = experiment.expectations.length > 0;
  if (!hasExpectations && recorded === null && recordIn === null) return null;
  const own = options.replications ?? experiment.resolved.replications ?? REPLICATIONS;
  const result = hasExpectations ? await simulate(load(file, null, options), own, executor) : null;
  const asRecorded = recorded?.replications ?? own;
  const isSame = result !== null && result.seed === experiment.seed && result.replications === asRecorded;
  const wantsFingerprint = recorded !== null || recordIn !== null;
  const again = !wantsFingerprint || isSame ? result : await simulate(loaded, asRecorded, executor);
  const isInterrupted = (hasExpectations && isCut(result)) || (wantsFingerprint && isCut(again));
  if (isInterrupted) return { ...nothing, status: "interrupted", problem: "" };
  const fingerprint: SuiteFingerprint | null =
    wantsFingerprint && again !== null
      ? {
          recordedIn: recorded?.recordedIn ?? recordIn ?? "",
          seed: again.seed,
          replications: again.replications,
          recorded: recorded?.fingerprint ?? null,
          now: again.fingerprint,
        }
      : null;
  return { file, status: statusOf(result, fingerprint), result, fingerprint, problem: "" };
}

function load(file: string, seed: number | null, { env, output }: SuiteOptions): LoadedExperiment {
  return loadExperiment(file, { seed, set: [], env }, { ...output, err: () => {} });
}

function isCut(result: RunResult | null): boolean {
  return result === null || result.interrupted;
}

function statusOf(result: RunResult | null, fingerprint: SuiteFingerprint | null): SuiteStatus {
  const verdict = worstVerdict(result?.expectations ?? []);
  const differs = fingerprint !== null && fingerprint.recorded !== fingerprint.now;
  return worstStatus([verdict, differs ? "differs" : "pass"]);
}

async function simulate(
  { experiment, inlined }: LoadedExperiment,
  replications: number,
  executor: Executor,
): Promise<RunResult | null> {
  const { seed, scenario } = experiment;
  const outcome = await runExperiment(experiment, inlined, executor, {
    firstReplication: 0,
    replications,
    only: [],
    keepRows: false,
    version: lbsimVersion(),
    reproduce: reproduceLine({
      command: "run",
      file: scenario.file,
      seed,
      replications,
      replication: null,
      variant: [],
      set: [],
    }),
  });
  return outcome?.result ?? null;
}
