import { styleText } from "node:util";
import type { Paint as ProblemPaint } from "../../config/problem-format.ts";
import { PLAIN, type Paint as TextPaint } from "../../report/formats/text.ts";

/** Where a command prints: results to stdout, everything else to stderr. Injected, so that commands can be tested. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: TextPaint;
  readonly paintProblem: ProblemPaint;
  /** Columns of the terminal, or a width that is comfortable in files. */
  readonly width: number;
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

/** The process's own streams. */
export function processOutput(options: OutputOptions): Output {
  const { env, stdout, stderr } = process;
  const colored = options.color ?? wantsColor(env, stdout.isTTY === true);
  const style = (name: Style, text: string): string =>
    colored ? styleText(name, text, { validateStream: false }) : text;
  const paint: TextPaint = {
    bold: (text) => style("bold", text),
    dim: (text) => style("dim", text),
    good: (text) => style("green", text),
    bad: (text) => style("red", text),
    warning: (text) => style("yellow", text),
  };
  const styles: Record<string, Style> = {
    error: "red",
    warning: "yellow",
    note: "cyan",
    hint: "cyan",
    place: "bold",
    frame: "dim",
    caret: "red",
  };
  return {
    out: (text) => void stdout.write(text),
    err: (text) => {
      if (!options.quiet) stderr.write(text);
    },
    paint: colored ? paint : PLAIN,
    paintProblem: (text, role) => style(styles[role] ?? "bold", text),
    width: stdout.columns ?? FILE_WIDTH,
    showsProgress:
      stderr.isTTY === true && !options.quiet && !options.json && env.CI === undefined && env.TERM !== "dumb",
  };
}

function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "" && env.FORCE_COLOR !== "0") return true;
  return isTerminal && env.TERM !== "dumb";
}
