import { EXPECT_OPTION } from "../config/expectations/read-expectations.ts";
import { formatProblem } from "../config/problem-format.ts";
import type { Problem } from "../contract/problem.ts";
import { type ExperimentInput, type PreparedExperiment, prepareExperiment } from "../experiment/prepare.ts";
import { type InlinedExperiment, recordingHost } from "../experiment/task.ts";
import type { FileHost } from "./host/file-host.ts";
import type { Output } from "./host/output.ts";
import { readText } from "./host/read-text.ts";
import { scenarioHost } from "./host/scenario-host.ts";
import { KnownError } from "./known-error.ts";

export interface LoadOptions {
  readonly seed: number | null;
  readonly set: readonly string[];
  /** `--expect` options. */
  readonly expect?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface LoadedExperiment {
  readonly experiment: PreparedExperiment;
  readonly inlined: InlinedExperiment;
}

/** What reading a scenario gave, with the texts that its problems point into. */
export interface ScenarioFindings {
  readonly loaded: LoadedExperiment | null;
  readonly problems: readonly Problem[];
  readonly textOf: (file: string) => string | null;
}

/**
 * Reads a scenario with its configurations.
 * @throws KnownError when the file itself can't be read.
 */
export function readScenario(file: string, options: LoadOptions): ScenarioFindings {
  const text = readText(file, { whatFor: "a scenario (YAML or JSON)" });
  const expect = options.expect ?? [];
  const input: ExperimentInput = {
    file,
    text,
    overrides: options.set,
    seed: options.seed,
    ...(expect.length === 0 ? {} : { expect }),
  };
  const host = scenarioHost(options.env);
  const recording = recordingHost(host);
  const { experiment, problems } = prepareExperiment(input, recording.host);
  const inlined = recording.inline(input);
  return {
    loaded: experiment === null ? null : { experiment, inlined },
    problems: withoutRepeats(problems.map((problem) => shortened(withReason(problem, host)))),
    textOf: (path) => {
      if (path === file) return text;
      if (path === EXPECT_OPTION) return expect.join("\n");
      if (path === "--set") return options.set.length === 1 ? (options.set[0] ?? null) : null;
      // A configuration names its includes as seen from its own folder.
      const known = Object.keys(inlined.texts).find((name) => name === path || name.endsWith(`/${path}`));
      return known === undefined ? host.load(path) : (inlined.texts[known] ?? null);
    },
  };
}

/**
 * Reads a scenario that is to be simulated; prints warnings to stderr.
 * @throws KnownError with all problems when it can't be used.
 */
export function loadExperiment(file: string, options: LoadOptions, output: Output): LoadedExperiment {
  const { loaded, problems, textOf } = readScenario(file, options);
  if (loaded === null) throw new KnownError("scenario-invalid", `${file} can't be simulated`, null, problems, textOf);
  for (const problem of problems) output.err(`${formatProblem(problem, textOf, output.paintError)}\n`);
  return loaded;
}

/** The readers below know only that a file can't be read; the host knows why. */
function withReason(problem: Problem, host: FileHost): Problem {
  if (problem.code !== "proxy-file-missing" && problem.code !== "missing-file") return problem;
  const path = problem.message
    .replace(/^there is no file /, "")
    .replace(/: the proxy configuration can't be read$/, "");
  const refusal = host.whyNot(path);
  if (refusal === null) return problem;
  if (refusal.hint?.endsWith("check the path")) return { ...problem, message: refusal.message };
  // What is there but can't be read is not found by looking for it elsewhere.
  return { ...problem, code: refusal.code, message: refusal.message, hint: refusal.hint };
}

/** Longest message that is shown; what includes that include each other give would fill the screen. */
const LONGEST_MESSAGE = 600;

/** A problem whose message is cut in the middle when nobody would read it to its end. */
export function shortened(problem: Problem): Problem {
  const { message } = problem;
  if (message.length <= LONGEST_MESSAGE) return problem;
  return { ...problem, message: `${message.slice(0, 240)} … ${message.slice(-240)}` };
}

/** Variants that share a file have its problems in common. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const keys = problems.map((problem) => JSON.stringify(problem));
  return problems.filter((_, i) => keys.indexOf(keys[i] as string) === i);
}
