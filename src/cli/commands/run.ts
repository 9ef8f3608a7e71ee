import { dirname, join } from "node:path";
import type { RunOutcome } from "../../experiment/run-experiment.ts";
import { runExperiment } from "../../experiment/run-experiment.ts";
import { renderText } from "../../report/formats/text.ts";
import { ExitCode } from "../exit-code.ts";
import { assertWritable } from "../host/files.ts";
import type { Output } from "../host/output.ts";
import { Progress } from "../host/progress.ts";
import { ThreadExecutor } from "../host/thread-executor.ts";
import { lbsimVersion } from "../host/version.ts";
import { KnownError } from "../known-error.ts";
import { type LoadedExperiment, loadExperiment } from "../load-experiment.ts";
import { type OutTarget, parseOut, writeOutputs, writeReports } from "../write-results.ts";
import { printConfig } from "./print-config.ts";

export interface RunCommandOptions {
  readonly seed: number | null;
  readonly replications: number | null;
  readonly replication: number | null;
  readonly threads: number | null;
  readonly variant: readonly string[];
  readonly set: readonly string[];
  readonly reportDir: string | null;
  readonly out: readonly string[];
  readonly json: boolean;
  readonly printConfig: boolean;
}

/** `lbsim run` and `lbsim compare`: they differ in how many replications they make when nobody says. */
export async function run(
  command: "run" | "compare",
  file: string,
  options: RunCommandOptions,
  output: Output,
): Promise<number> {
  const loaded = loadExperiment(file, options, output);
  checkVariants(loaded, options.variant);
  if (command === "compare" && loaded.experiment.variants.length < 2)
    throw new KnownError(
      "nothing-to-compare",
      `${file} has only one variant`,
      "add `variants:` to the scenario, e.g. variants: {lbmethod: [byrequests, bybusyness]}",
    );
  if (options.printConfig) return printConfig(loaded.experiment, options.json, output);
  const targets = options.out.map(parseOut);
  const folder = options.reportDir ?? join("reports", nameOf(file));
  assertWritable(folder);
  for (const target of targets) if (target.file !== "-") assertWritable(dirname(target.file));
  const outcome = await runInterruptibly(command, loaded, options, output, file);
  if (outcome === null) {
    output.err("interrupted before the first replication had ended: nothing was written\n");
    return ExitCode.INTERRUPTED;
  }
  deliver(outcome, loaded, folder, targets, options, output);
  return outcome.result.interrupted ? ExitCode.INTERRUPTED : ExitCode.FINE;
}

async function runInterruptibly(
  command: "run" | "compare",
  loaded: LoadedExperiment,
  options: RunCommandOptions,
  output: Output,
  file: string,
): Promise<RunOutcome | null> {
  const { experiment, inlined } = loaded;
  const executor = new ThreadExecutor(options.threads);
  const progress = new Progress(output);
  const onInterrupt = (): void => {
    if (executor.isStopped) process.exit(ExitCode.INTERRUPTED);
    executor.stop();
    output.err("\nstopping after the replications that run now; Ctrl-C again ends at once, without a report\n");
  };
  process.on("SIGINT", onInterrupt);
  const replications =
    options.replication !== null
      ? 1
      : (options.replications ?? experiment.resolved.replications ?? (command === "run" ? 10 : 20));
  try {
    return await runExperiment(experiment, inlined, executor, {
      firstReplication: options.replication ?? 0,
      replications,
      only: options.variant,
      keepRows: true,
      version: lbsimVersion(),
      reproduce: reproduceLine(command, file, experiment.seed, replications, options),
      onProgress: (done, of) => progress.update(done, of),
    });
  } finally {
    progress.end();
    process.off("SIGINT", onInterrupt);
  }
}

function deliver(
  outcome: RunOutcome,
  loaded: LoadedExperiment,
  folder: string,
  targets: readonly OutTarget[],
  options: RunCommandOptions,
  output: Output,
): void {
  const written = writeReports(outcome, loaded.experiment, folder);
  writeOutputs(outcome, loaded.experiment, targets, output);
  const toStdout = targets.some(({ file }) => file === "-");
  if (options.json) writeOutputs(outcome, loaded.experiment, [{ format: "json", file: "-" }], output);
  else if (!toStdout) output.out(renderText(outcome.result, { width: output.width, paint: output.paint }));
  output.err(`report: ${written}\n`);
}

function checkVariants({ experiment }: LoadedExperiment, wanted: readonly string[]): void {
  const names = experiment.variants.map(({ name }) => name);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new KnownError("unknown-variant", `there is no variant "${unknown}"`, `variants: ${names.join(", ")}`);
}

function reproduceLine(
  command: string,
  file: string,
  seed: number,
  replications: number,
  options: RunCommandOptions,
): string {
  const quote = (text: string): string => (/^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const which =
    options.replication === null ? `--replications ${replications}` : `--replication ${options.replication}`;
  const variants = options.variant.map((name) => ` --variant ${quote(name)}`).join("");
  const sets = options.set.map((set) => ` --set ${quote(set)}`).join("");
  return `lbsim ${command} ${quote(file)} --seed ${seed} ${which}${variants}${sets}`;
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.(ya?ml|json)$/, "");
}
