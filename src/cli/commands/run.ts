import { join } from "node:path";
import { suggest } from "../../contract/suggest.ts";
import { worstVerdict } from "../../experiment/expectations/expectation-result.ts";
import { PRECISION_MOST } from "../../experiment/precision.ts";
import type { RunResult } from "../../experiment/result.ts";
import type { RunOutcome } from "../../experiment/run-experiment.ts";
import { runExperiment } from "../../experiment/run-experiment.ts";
import { annotationsOf } from "../../report/expectation-cases.ts";
import { renderMarkdown } from "../../report/formats/markdown.ts";
import { renderText } from "../../report/formats/text.ts";
import { ExitCode } from "../exit-code.ts";
import type { CommandHost } from "../host/command-host.ts";
import { tellGithub } from "../host/github-actions.ts";
import type { Journal } from "../host/journal.ts";
import type { Output } from "../host/output.ts";
import { lbsimVersion } from "../host/version.ts";
import { KnownError } from "../known-error.ts";
import { type LoadedExperiment, loadExperiment } from "../load-experiment.ts";
import { openJournal } from "../open-journal.ts";
import { type OutTarget, parseOutTargets, STDOUT } from "../outputs/out-target.ts";
import { rowsAreTruncated } from "../outputs/requests-csv.ts";
import { assertResultsWritable, writeResults } from "../outputs/write-results.ts";
import { readResult } from "../read-result.ts";
import { assertComparable, withBaseline } from "../stored-baseline.ts";
import { withExecutor } from "../with-executor.ts";
import { printConfig } from "./print-config.ts";
import { reproduceLine } from "./reproduce-line.ts";

/** Requests that the report can show one by one, all variants together: more would make a page that opens slowly. */
const MOST_FILMED = 200_000;

export interface RunCommandOptions {
  readonly command: "run" | "compare";
  readonly seed: number | null;
  readonly replications: number | null;
  readonly replication: number | null;
  readonly threads: number | null;
  readonly variant: readonly string[];
  readonly set: readonly string[];
  readonly expect: readonly string[];
  /** Half-width ÷ mean at which no more replications are added; null = as many as asked for. */
  readonly precision: number | null;
  readonly maxReplications: number | null;
  /** Path of a stored result to compare with. */
  readonly baseline: string | null;
  readonly tolerance: number | null;
  readonly reportDir: string | null;
  readonly out: readonly string[];
  readonly json: boolean;
  readonly printConfig: boolean;
  /** Go on with the finished tasks of an interrupted run. */
  readonly resume: boolean;
}

/** `lbsim run` and `lbsim compare`: they differ in how many replications they make when nobody says. */
export async function run(
  file: string,
  options: RunCommandOptions,
  host: CommandHost,
  output: Output,
): Promise<number> {
  const targets = parseOutTargets(options.out, options.json);
  assertTogether(options);
  const stored = options.baseline === null ? null : readResult(options.baseline);
  const asked = stored === null ? options : { ...options, seed: stored.seed, replications: stored.replications };
  const loaded = loadExperiment(file, { ...asked, env: host.terminal.env }, output);
  checkVariants(loaded, options, file);
  if (stored !== null && options.baseline !== null)
    assertComparable(stored, options.baseline, loaded.experiment, { ...asked, file });
  if (options.printConfig) return printConfig(loaded.experiment, options.json, output);
  const folder = options.reportDir ?? join("reports", reportName(file));
  assertResultsWritable(folder, targets);
  const journal = openJournal(folder, loaded, options.resume, output);
  const made = await runInterruptibly(file, loaded, journal, asked, host, output);
  if (made === null) {
    output.fail("interrupted before the first replication of every variant had ended: no report was written\n");
    return ExitCode.INTERRUPTED;
  }
  const outcome =
    stored === null || options.baseline === null || made.result.interrupted
      ? made
      : { ...made, result: withBaseline(made.result, stored, options.baseline, options.tolerance ?? 0) };
  deliver(outcome, loaded, folder, targets, options, host, output);
  tellGithub(host.terminal.env, annotationsOf(outcome.result), renderMarkdown(outcome.result), output);
  if (!outcome.result.interrupted) journal.remove();
  return exitCodeOf(outcome.result);
}

/**
 * @throws KnownError `option-alone` for an option that means nothing without another one, `options-conflict` for one that
 * another one decides.
 */
function assertTogether(options: RunCommandOptions): void {
  const { precision, maxReplications, baseline, tolerance } = options;
  if (maxReplications !== null && precision === null)
    throw new KnownError("option-alone", "--max-replications means nothing without --precision", "add --precision 1%");
  if (tolerance !== null && baseline === null)
    throw new KnownError(
      "option-alone",
      "--tolerance means nothing without --baseline",
      "add --baseline result.json, the result to compare with",
    );
  const decided = (["seed", "replications", "replication", "precision"] as const).find((key) => options[key] !== null);
  if (baseline !== null && decided !== undefined)
    throw new KnownError(
      "options-conflict",
      `--${decided} goes without --baseline: differences are paired, so seed and replications are those of the stored result`,
      `leave out --${decided}; for others make the stored result anew: lbsim run SCENARIO --seed N --replications N --out json=FILE`,
    );
}

/** The first that applies of: interrupted, a threshold not passed, a regression. */
function exitCodeOf({ interrupted, expectations = [], against }: RunResult): number {
  if (interrupted) return ExitCode.INTERRUPTED;
  if (worstVerdict(expectations) !== "pass") return ExitCode.THRESHOLD;
  return against?.moves.some(({ isRegression }) => isRegression) === true ? ExitCode.DIFFERS : ExitCode.FINE;
}

async function runInterruptibly(
  file: string,
  { experiment, inlined }: LoadedExperiment,
  journal: Journal,
  options: RunCommandOptions,
  host: CommandHost,
  output: Output,
): Promise<RunOutcome | null> {
  const { seed, resolved } = experiment;
  const usual = resolved.replications ?? (options.command === "run" ? 10 : 20);
  const replications = options.replication === null ? (options.replications ?? usual) : 1;
  const said = { ...options, file, seed, replications };
  const { answer: outcome } = await withExecutor(host, options.threads, journal, output, (executor, onProgress) =>
    runExperiment(experiment, inlined, executor, {
      firstReplication: options.replication ?? 0,
      replications,
      only: options.variant,
      keepRows: true,
      ...(options.precision === null
        ? {}
        : { precision: { relative: options.precision, most: options.maxReplications ?? PRECISION_MOST } }),
      filmed: MOST_FILMED,
      // Asked for by name, the rows are wanted however many they are.
      ...(parseOutTargets(options.out, options.json).some(({ format }) => format === "requests")
        ? { mostRows: Number.MAX_SAFE_INTEGER }
        : {}),
      version: lbsimVersion(),
      reproduce: reproduceLine(said),
      onProgress,
    }),
  );
  if (outcome === null || options.replication !== null || outcome.result.replications === replications) return outcome;
  const reproduce = reproduceLine({ ...said, replications: outcome.result.replications });
  return { ...outcome, result: { ...outcome.result, reproduce } };
}

function deliver(
  outcome: RunOutcome,
  { experiment }: LoadedExperiment,
  folder: string,
  targets: readonly OutTarget[],
  options: RunCommandOptions,
  host: CommandHost,
  output: Output,
): void {
  const context = {
    replication: options.replication ?? 0,
    classes: experiment.resolved.world.clients.classes.map(({ name }) => name),
    pageScript: host.pageScript,
  };
  const all: readonly OutTarget[] = options.json ? [...targets, { format: "json", file: STDOUT }] : targets;
  const report = writeResults(outcome, folder, all, context, output);
  if (all.every(({ file }) => file !== STDOUT))
    output.out(renderText(outcome.result, { width: output.width, paint: output.paint, ascii: output.isAscii }));
  if (rowsAreTruncated(outcome))
    output.err("requests.csv holds the first 200000 requests of each variant to end; --out requests=FILE writes all\n");
  output.err(`report: ${report}\n`);
}

function checkVariants({ experiment }: LoadedExperiment, options: RunCommandOptions, file: string): void {
  const names = experiment.variants.map(({ name }) => name);
  for (const name of options.variant) assertVariant(name, names);
  if (options.command === "compare" && options.baseline === null && (names.length < 2 || options.variant.length === 1))
    throw new KnownError(
      "nothing-to-compare",
      options.variant.length === 1 ? "one variant can't be compared" : `${file} has only one variant`,
      options.variant.length === 1
        ? "name two or more, or none for all of them"
        : "add `variants:` to the scenario, e.g. variants: {lbmethod: [byrequests, bybusyness]}",
    );
}

/** @throws KnownError `unknown-variant` with the nearest name or all of them. */
export function assertVariant(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const near = suggest(name, names);
  const hint = near === null ? `variants: ${names.join(", ")}` : `did you mean "${near}"?`;
  throw new KnownError("unknown-variant", `there is no variant "${name}"`, hint);
}

/** Name of the folder of a scenario's reports. */
export function reportName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.(ya?ml|json)$/, "") || "scenario";
}
