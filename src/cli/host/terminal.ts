import { ExitCode } from "../exit-code.ts";
import { reasonOf } from "./reason-of.ts";

/** The two streams of a command and what is known about them. Injected, so that commands can be tested. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Columns of stdout's terminal. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The process's own streams. A reader that went away (`| head`) is no error: what it would get is dropped. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const err = writer(stderr, () => {});
  const out = writer(stdout, (error) => {
    err(`output-unwritable  stdout: ${reasonOf(error)}\n`);
    process.exit(ExitCode.UNUSABLE);
  });
  return {
    out,
    err,
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    columns: stdout.columns,
    env,
  };
}

function writer(stream: NodeJS.WriteStream, failed: (error: NodeJS.ErrnoException) => void): (text: string) => void {
  let isGone = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (isGone) return;
    isGone = true;
    if (error.code !== "EPIPE") failed(error);
  });
  return (text) => {
    if (!isGone) stream.write(text);
  };
}
