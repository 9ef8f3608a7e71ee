import type { Position } from "../../../contract/problem.ts";
import type { Refusal } from "../../../contract/proxy-family.ts";

/** The directive that httpd stumbled over, for hints. */
export interface RefusedDirective {
  /** In lower case. */
  readonly name: string;
  readonly args: string;
}

/** Thrown inside the reader at the first error, caught by `readHttpdConf`: httpd stops at the first error too. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly directive: RefusedDirective | null;

  constructor(
    text: string,
    position: Position | null,
    at: "syntax" | "start" = "syntax",
    directive: RefusedDirective | null = null,
  ) {
    super(text);
    this.refusal = { text, at, position, hint: null };
    this.directive = directive;
  }
}
