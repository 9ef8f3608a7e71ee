import { formatProblem } from "../config/problem-format.ts";
import type { Problem } from "../contract/problem.ts";
import { type ExperimentInput, type PreparedExperiment, prepareExperiment } from "../experiment/prepare.ts";
import { type InlinedExperiment, recordingHost } from "../experiment/task.ts";
import { readText } from "./host/files.ts";
import type { Output } from "./host/output.ts";
import { scenarioHost } from "./host/scenario-host.ts";
import { KnownError } from "./known-error.ts";

export interface LoadOptions {
  readonly seed: number | null;
  readonly set: readonly string[];
}

export interface LoadedExperiment {
  readonly experiment: PreparedExperiment;
  readonly inlined: InlinedExperiment;
}

/**
 * Reads a scenario with its configurations, prints warnings to stderr.
 * @throws KnownError with all problems when it can't be used.
 */
export function loadExperiment(file: string, options: LoadOptions, output: Output): LoadedExperiment {
  const text = readText(file, "a scenario (YAML or JSON)");
  const input: ExperimentInput = { file, text, overrides: options.set, seed: options.seed };
  const recording = recordingHost(scenarioHost(process.env));
  const { experiment, problems } = prepareExperiment(input, recording.host);
  if (experiment === null) throw new KnownError("scenario-invalid", `${file} can't be simulated`, null, problems);
  for (const problem of problems) output.err(`${formatProblem(problem, textOf, output.paintProblem)}\n`);
  return { experiment, inlined: recording.inline(input) };
}

/** Text of a file named in a problem, for its code frame. */
export function textOf(path: string): string | null {
  try {
    return readText(path, "a text file");
  } catch {
    return null;
  }
}

/** All problems in words, for stderr. */
export function problemsInWords(problems: readonly Problem[], output: Output): string {
  return problems.map((problem) => `${formatProblem(problem, textOf, output.paintProblem)}\n`).join("\n");
}
