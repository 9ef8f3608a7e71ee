import { styleText } from "node:util";
import type { Paint as ProblemPaint } from "../../config/problem-format.ts";
import { PLAIN, type Paint as TextPaint } from "../../report/formats/paint.ts";
import type { Terminal } from "./terminal.ts";

/** Where a command prints: results to stdout, everything else to stderr. */
export interface Output {
  readonly out: (text: string) => void;
  /** Remarks; silent with --quiet. */
  readonly err: (text: string) => void;
  /** Errors that are told whatever was asked for. */
  readonly fail: (text: string) => void;
  /** For stdout. */
  readonly paint: TextPaint;
  /** Problems that are results (`check`), on stdout. */
  readonly paintProblem: ProblemPaint;
  /** Problems on stderr. */
  readonly paintError: ProblemPaint;
  /** Columns of the terminal, or a width that is comfortable in files. */
  readonly width: number;
  /** Stdout is a terminal whose locale is written to be no UTF-8. */
  readonly isAscii: boolean;
  /** Stderr is a terminal on which a progress line may be drawn. */
  readonly showsProgress: boolean;
}

export interface OutputOptions {
  /** `--color` / `--no-color`; undefined = by NO_COLOR, FORCE_COLOR and the terminal. */
  readonly color: boolean | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

const FILE_WIDTH = 120;

type Style = Parameters<typeof styleText>[0];

const PROBLEM_STYLES: Readonly<Record<string, Style>> = {
  error: "red",
  warning: "yellow",
  note: "cyan",
  hint: "cyan",
  place: "bold",
  frame: "dim",
  caret: "red",
};

/** An output on a terminal, painted as flags and environment ask for. */
export function makeOutput(terminal: Terminal, options: OutputOptions): Output {
  const { env } = terminal;
  const onOut = options.color ?? wantsColor(env, terminal.outIsTerminal);
  const onErr = options.color ?? wantsColor(env, terminal.errIsTerminal);
  return {
    out: terminal.out,
    err: options.quiet ? () => {} : terminal.err,
    fail: terminal.err,
    paint: onOut ? PAINT : PLAIN,
    paintProblem: problemPaint(onOut),
    paintError: problemPaint(onErr),
    width: terminal.columns ?? FILE_WIDTH,
    isAscii: terminal.outIsTerminal && isOtherThanUtf8(env),
    showsProgress: terminal.errIsTerminal && !options.quiet && !options.json && !isSet(env.CI) && env.TERM !== "dumb",
  };
}

/** POSIX: LC_ALL goes before LC_CTYPE before LANG. With none of them, today's terminals are UTF-8. */
function isOtherThanUtf8(env: Terminal["env"]): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return locale !== "" && !/utf-?8/i.test(locale);
}

const PAINT: TextPaint = {
  bold: (text) => styled("bold", text),
  dim: (text) => styled("dim", text),
  good: (text) => styled("green", text),
  bad: (text) => styled("red", text),
  warning: (text) => styled("yellow", text),
};

function problemPaint(colored: boolean): ProblemPaint {
  return (text, role) => (colored ? styled(PROBLEM_STYLES[role] ?? "bold", text) : text);
}

function styled(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}

/** NO_COLOR (no-color.org) before FORCE_COLOR before what the stream is. */
function wantsColor(env: Terminal["env"], isTerminal: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  if (isSet(env.FORCE_COLOR)) return true;
  return isTerminal && env.TERM !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
