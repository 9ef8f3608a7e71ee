import { formatProblem } from "../config/problem-format.ts";
import { ExitCode } from "./exit-code.ts";
import type { Output } from "./host/output.ts";
import { lbsimVersion } from "./host/version.ts";
import { KnownError } from "./known-error.ts";

/** Tells why a command ended, on stderr; answers the exit code. */
export function reportError(error: unknown, argv: readonly string[], output: Output): number {
  if (error instanceof KnownError) {
    output.fail(knownErrorInWords(error, output));
    return ExitCode.UNUSABLE;
  }
  const command = ["lbsim", ...argv.slice(2)].map((word) =>
    /^[\w./:=,@%+-]+$/.test(word) ? word : JSON.stringify(word),
  );
  output.fail(`${output.paintError("internal-error", "error")}  this is a bug in lbsim, not in what you gave it\n`);
  output.fail(`${error instanceof Error ? error.stack : String(error)}\n`);
  output.fail(`lbsim ${lbsimVersion()} · node ${process.version} · ${command.join(" ")}\n`);
  output.fail(
    "hint: please report it with the lines above and the scenario (its seed is 1 unless it says otherwise)\n",
  );
  return ExitCode.INTERNAL;
}

/** All problems with their lines, or the one message there is. */
export function knownErrorInWords(error: KnownError, output: Output): string {
  const { code, message, hint, problems, textOf } = error;
  if (problems.length === 0)
    return `${formatProblem({ code, severity: "error", message, hint, position: null }, textOf, output.paintError)}\n`;
  const told = problems.map((problem) => `${formatProblem(problem, textOf, output.paintError)}\n`).join("\n");
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return errors > 1 ? `${told}\n${errors} errors: ${message}\n` : told;
}
