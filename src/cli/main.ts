import { CommanderError } from "commander";
import { ExitCode } from "./exit-code.ts";
import { processOutput } from "./host/output.ts";
import { lbsimVersion } from "./host/version.ts";
import { KnownError } from "./known-error.ts";
import { problemsInWords } from "./load-experiment.ts";
import { buildProgram } from "./program.ts";

/** Runs the command line; answers the exit code. The only place that prints errors. */
export async function main(argv: readonly string[]): Promise<number> {
  // A reader that went away (`| head`) is not an error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(ExitCode.FINE);
    throw error;
  });
  const status = { code: ExitCode.FINE as number };
  const program = buildProgram((code) => {
    status.code = code;
  });
  try {
    await program.parseAsync([...argv]);
    return status.code;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.FINE : ExitCode.UNUSABLE;
  const output = processOutput({ color: undefined, quiet: false, json: false });
  if (error instanceof KnownError) {
    if (error.problems.length > 0) output.err(`${problemsInWords(error.problems, output)}\n`);
    output.err(`${output.paintProblem("error", "error")} ${error.code}: ${error.message}\n`);
    if (error.hint !== null) output.err(`${output.paintProblem("hint:", "hint")} ${error.hint}\n`);
    return ExitCode.UNUSABLE;
  }
  output.err(
    `this is a bug in lbsim ${lbsimVersion()} (node ${process.version}): please report it with the command that you ran\n`,
  );
  output.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  return ExitCode.INTERNAL;
}
