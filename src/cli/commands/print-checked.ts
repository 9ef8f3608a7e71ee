import { formatProblem } from "../../config/problem-format.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Reading, Refusal } from "../../contract/proxy-family.ts";
import { passedOverPlaces } from "../../report/passed-over.ts";
import type { Output } from "../host/output.ts";
import { shortened } from "../load-experiment.ts";
import type { CheckedFile } from "./checked-file.ts";

/** Findings about one file as text: what the real program says, what lbsim adds, what the simulation passes over. */
export function printChecked({ file, accepted, reading, problems, textOf }: CheckedFile, output: Output): void {
  const print = (problem: Problem): void =>
    output.out(`${formatProblem(shortened(problem), textOf, output.paintProblem)}\n`);
  if (reading !== null && reading.refusal !== null) print(asProblem(reading.refusal));
  for (const { text } of reading?.programWarnings ?? []) output.out(`${text}\n`);
  for (const [first, ...others] of grouped(problems)) {
    print(first);
    for (const { position, message } of others)
      output.out(
        `also ${position === null ? file : `${position.file}:${position.line}:${position.column}`}  ${message}\n`,
      );
  }
  if (accepted) {
    const lacks = problems.find((problem) => problem.lacks !== undefined)?.lacks;
    const verdict = lacks === undefined ? "Syntax OK" : `would be accepted with ${lacks}`;
    output.out(`${file}: ${reading === null ? "can be simulated" : verdict}\n`);
    if (reading !== null) printPassedOver(reading, output);
  }
  const counts = (["error", "warning", "note"] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  if (counts.length > 0) output.out(`${file}: ${counts.join(", ")}; \`lbsim list diagnostics\` explains the codes\n`);
}

/**
 * Warnings and notes that are mended in the same way stand together, where the first of them is; each error has its own
 * place. Without a hint only the same words count as the same.
 */
function grouped(problems: readonly Problem[]): readonly (readonly [Problem, ...Problem[]])[] {
  const groups: [Problem, ...Problem[]][] = [];
  const groupOf = new Map<string, [Problem, ...Problem[]]>();
  for (const problem of problems) {
    const key = `${problem.severity} ${problem.code} ${problem.hint ?? problem.message}`;
    const group = problem.severity === "error" ? undefined : groupOf.get(key);
    if (group !== undefined) {
      group.push(problem);
      continue;
    }
    const started: [Problem, ...Problem[]] = [problem];
    groupOf.set(key, started);
    groups.push(started);
  }
  return groups;
}

/** The program's own words, at the line that it means. */
function asProblem({ text, hint, position }: Refusal): Problem {
  return { code: "configuration-refused", severity: "error", message: text, hint, position };
}

function printPassedOver(reading: Reading<unknown>, output: Output): void {
  const all = reading.passedOver.map(({ position, ...entry }) => ({ ...entry, ...position }));
  const say = (kind: "ignored" | "unmodelled", words: string): void => {
    const found = passedOverPlaces(all, kind);
    if (found.length === 0) return;
    output.out(`${words}:\n`);
    for (const { directive, places } of found) output.out(`  ${places} ${directive}\n`);
  };
  say("unmodelled", "affects results, not modelled");
  say("ignored", "ignored, does not affect balancing");
}
