import { CommanderError } from "commander";
import { ExitCode } from "./exit-code.ts";
import { type CommandHost, processHost } from "./host/command-host.ts";
import { makeOutput } from "./host/output.ts";
import { buildProgram, colorChoice } from "./program.ts";
import { reportError } from "./report-error.ts";

/** Runs the command line; answers the exit code. The only place that catches errors. */
export async function main(argv: readonly string[], host: CommandHost = processHost()): Promise<number> {
  const status = { code: ExitCode.FINE as number };
  const program = buildProgram(host, (code) => {
    status.code = code;
  });
  try {
    await program.parseAsync([...argv]);
    return status.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.FINE : ExitCode.UNUSABLE;
    return reportError(
      error,
      argv,
      makeOutput(host.terminal, { color: colorChoice(program), quiet: false, json: false }),
    );
  }
}
