import type { Problem } from "../contract/problem.ts";

/** What was given can't be used: printed without a stack, exit code 2. */
export class KnownError extends Error {
  override readonly name = "KnownError";
  readonly code: string;
  readonly hint: string | null;
  /** Problems with positions, to be shown with their lines; may be empty. */
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, hint: string | null = null, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.problems = problems;
  }
}
