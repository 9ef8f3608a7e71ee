import type { Problem } from "../contract/problem.ts";

/** What was given can't be used: printed without a stack, exit code 2. */
export class KnownError extends Error {
  override readonly name = "KnownError";
  /** Listed in CLI_DIAGNOSTICS. */
  readonly code: string;
  readonly hint: string | null;
  /** Problems with positions, to be shown with their lines instead of the message; may be empty. */
  readonly problems: readonly Problem[];
  /** Text of a file named in a problem, for its code frame. */
  readonly textOf: (file: string) => string | null;

  constructor(
    code: string,
    message: string,
    hint: string | null = null,
    problems: readonly Problem[] = [],
    textOf: (file: string) => string | null = () => null,
  ) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.problems = problems;
    this.textOf = textOf;
  }
}
