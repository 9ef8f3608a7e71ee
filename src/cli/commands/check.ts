import type { Problem } from "../../contract/problem.ts";
import { ExitCode } from "../exit-code.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";
import { knownErrorInWords } from "../report-error.ts";
import {
  type CheckedFile,
  type CheckOptions,
  checkConfiguration,
  checkScenario,
  isScenarioFile,
} from "./checked-file.ts";
import { printChecked } from "./print-checked.ts";

export interface CheckCommandOptions extends CheckOptions {
  readonly strict: boolean;
  readonly json: boolean;
}

/** `lbsim check FILE…`: would the real program take it, and does it do what its author thinks? Scenarios are checked too. */
export function check(files: readonly string[], options: CheckCommandOptions, output: Output): number {
  const checked = files.map((file) => checkFile(file, options));
  if (options.json) output.out(`${JSON.stringify(checked.map(asJson), null, 1)}\n`);
  else for (const [i, each] of checked.entries()) printOne(each, i, output);
  const isRefused = checked.some(({ accepted }) => !accepted);
  const isDoubted = checked.some(hasWarnings);
  return isRefused || (isDoubted && options.strict) ? ExitCode.UNUSABLE : ExitCode.FINE;
}

function checkFile(file: string, options: CheckOptions): CheckedFile {
  try {
    return isScenarioFile(file) ? checkScenario(file, options) : checkConfiguration(file, options);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return { file, accepted: false, error, reading: null, problems: [], textOf: () => null };
  }
}

function printOne(checked: CheckedFile, index: number, output: Output): void {
  if (checked.error !== null) {
    output.fail(knownErrorInWords(checked.error, output));
    return;
  }
  if (index > 0) output.out("\n");
  printChecked(checked, output);
}

function hasWarnings({ reading, problems }: CheckedFile): boolean {
  const warns = ({ severity }: Problem): boolean => severity === "warning";
  return problems.some(warns) || (reading?.programWarnings.length ?? 0) > 0;
}

function asJson({ file, accepted, error, reading, problems }: CheckedFile): Record<string, unknown> {
  return {
    file,
    accepted,
    error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    refusal: reading?.refusal ?? null,
    programWarnings: reading?.programWarnings ?? [],
    problems,
    passedOver: reading?.passedOver ?? [],
  };
}
