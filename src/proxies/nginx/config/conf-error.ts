import type { Position } from "../../../contract/problem.ts";
import { type ConfNode, nameOf, positionOf } from "./conf-node.ts";

/** nginx would refuse the configuration: its message, and where it says so. */
export class ConfError extends Error {
  /** `[emerg] MESSAGE in FILE:LINE`, without the place when nginx names none. */
  readonly text: string;
  readonly position: Position | null;
  /** Name of the directive in question, "" when none is. */
  readonly directive: string;

  constructor(message: string, text: string, position: Position | null, directive = "") {
    super(message);
    this.text = text;
    this.position = position;
    this.directive = directive;
  }
}

/** "in FILE:LINE" of the directive, as ngx_conf_log_error writes it. */
export function refuse(node: ConfNode, message: string, word = 0): ConfError {
  return new ConfError(
    message,
    `[emerg] ${message} in ${node.file}:${node.line}`,
    positionOf(node, word),
    nameOf(node),
  );
}

/** Noticed at the closing brace of a block. */
export function refuseAtEnd(node: ConfNode, message: string): ConfError {
  return new ConfError(message, `[emerg] ${message} in ${node.file}:${node.closingLine}`, positionOf(node));
}

/** nginx names no place; `position` is where the author should look. */
export function refuseNowhere(message: string, position: Position | null): ConfError {
  return new ConfError(message, `[emerg] ${message}`, position);
}
