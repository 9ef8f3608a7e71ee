import { formatProblem } from "../../config/problem-format.ts";
import type { Problem } from "../../contract/problem.ts";
import type { ProxyFamily, Reading, ReadOptions } from "../../contract/proxy-family.ts";
import { FAMILIES } from "../../proxies/families.ts";
import { ExitCode } from "../exit-code.ts";
import { fileHost, readText } from "../host/files.ts";
import type { Output } from "../host/output.ts";
import { KnownError } from "../known-error.ts";
import { textOf } from "../load-experiment.ts";

export interface CheckOptions {
  readonly strict: boolean;
  readonly modules: "all" | "as-written" | "debian";
  readonly missingFiles: "assume" | "report";
  readonly env: Readonly<Record<string, string>>;
  readonly json: boolean;
}

/** `lbsim check FILE…`: would the real program take it, and does it do what its author thinks? */
export function check(files: readonly string[], options: CheckOptions, output: Output): number {
  const results = files.map((file) => ({ file, reading: readConfiguration(file, options) }));
  if (options.json)
    output.out(
      `${JSON.stringify(
        results.map(({ file, reading }) => asJson(file, reading)),
        null,
        1,
      )}\n`,
    );
  else for (const { file, reading } of results) printReading(file, reading, output);
  const refused = results.some(({ reading }) => reading.refusal !== null);
  const warned = results.some(
    ({ reading }) =>
      reading.programWarnings.length > 0 || reading.problems.some(({ severity }) => severity === "warning"),
  );
  return refused || (warned && options.strict) ? ExitCode.UNUSABLE : ExitCode.FINE;
}

function readConfiguration(file: string, options: CheckOptions): Reading<unknown> {
  const text = readText(file, "a proxy configuration");
  const env = { ...process.env, ...options.env };
  const readOptions: ReadOptions = { modules: options.modules, missingFiles: options.missingFiles };
  return recognise(file, text).read(file, text, fileHost(file, env), readOptions);
}

/** @throws KnownError when no family recognises the text. */
export function recognise(file: string, text: string): ProxyFamily {
  const family = FAMILIES.find((candidate) => candidate.recognises(file, text));
  if (family === undefined)
    throw new KnownError(
      "unknown-configuration",
      `${file}: looks like the configuration of no proxy that lbsim simulates`,
      `known: ${FAMILIES.map(({ name }) => name).join(", ")}`,
    );
  return family;
}

function printReading(file: string, reading: Reading<unknown>, output: Output): void {
  if (reading.refusal !== null) {
    output.out(`${reading.refusal.text}\n`);
    if (reading.refusal.hint !== null) output.out(`${output.paintProblem("hint:", "hint")} ${reading.refusal.hint}\n`);
  }
  for (const { text } of reading.programWarnings) output.out(`${text}\n`);
  for (const problem of reading.problems) output.out(`${formatProblem(problem, textOf, output.paintProblem)}\n`);
  if (reading.refusal === null) {
    output.out("Syntax OK\n");
    printPassedOver(reading, output);
  }
  const { warnings, notes } = count(reading.problems);
  if (warnings + notes > 0)
    output.out(
      `${file}: ${warnings} ${warnings === 1 ? "warning" : "warnings"}, ${notes} ${notes === 1 ? "note" : "notes"}; \`lbsim list diagnostics\` explains the codes\n`,
    );
}

function printPassedOver(reading: Reading<unknown>, output: Output): void {
  const say = (kind: "ignored" | "unmodelled", words: string): void => {
    const directives = reading.passedOver.filter((entry) => entry.kind === kind);
    if (directives.length === 0) return;
    output.out(`${words}:\n`);
    for (const { directive, position } of directives) output.out(`  ${position.file}:${position.line} ${directive}\n`);
  };
  say("unmodelled", "affects results, not modelled");
  say("ignored", "ignored, does not affect balancing");
}

function count(problems: readonly Problem[]): { warnings: number; notes: number } {
  return {
    warnings: problems.filter(({ severity }) => severity === "warning").length,
    notes: problems.filter(({ severity }) => severity === "note").length,
  };
}

function asJson(file: string, reading: Reading<unknown>): Record<string, unknown> {
  const { refusal, programWarnings, problems, passedOver } = reading;
  return { file, accepted: refusal === null, refusal, programWarnings, problems, passedOver };
}
