import type { Position } from "../../../contract/problem.ts";
import { Refused } from "./refused.ts";

/** One word of a Caddyfile (caddyconfig/caddyfile/lexer.go, Caddy 2.6.2). */
export interface Token {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly quoted: boolean;
  /** Line breaks inside the word. */
  readonly breaks: number;
  /** Begins a line whatever its number says: it stands at or behind an `import` between directives. */
  readonly isFirst?: boolean;
}

export function positionOf({ file, line, column, text }: Token): Position {
  return { file, line, column, length: text.length };
}

/** What Caddy says about a token (Dispenser.Errf). */
export function refuse(token: Token, message: string): Refused {
  return new Refused(`${token.file}:${token.line} - Error during parsing: ${message}`, positionOf(token));
}

/** An argument is missing or too many (Dispenser.ArgErr). */
export function refuseArgument(token: Token): Refused {
  if (token.text === "{") return refuse(token, "Unexpected token '{', expecting argument");
  return refuse(token, `Wrong argument count or unexpected line ending after '${token.text}'`);
}
