import type { Position } from "../../../contract/problem.ts";
import type { DirectiveNode } from "./directive-node.ts";
import { nodePosition } from "./directive-node.ts";
import { logText } from "./log-text.ts";
import { Refused } from "./refused.ts";
import { positionIn, type SourceLine } from "./source-line.ts";

/** An error found while files are put together, before any directive is carried out; includes wrap it. */
export class ReadProblem extends Error {
  readonly line: number;
  readonly label: string;
  readonly position: Position;

  constructor(message: string, line: number, label: string, position: Position) {
    super(logText(message));
    this.line = line;
    this.label = label;
    this.position = position;
  }

  /** The same error as the including line reports it. */
  wrappedBy(node: DirectiveNode): ReadProblem {
    const message = `Syntax error on line ${this.line} of ${this.label}: ${this.message}`;
    return new ReadProblem(message, node.source.number, node.source.label, this.position);
  }

  /** What httpd prints: this kind is reported on one line, without a number of its own. */
  refused(): Refused {
    return new Refused(`apache2: Syntax error on line ${this.line} of ${this.label}: ${this.message}`, this.position);
  }
}

export function problemAt(node: DirectiveNode, message: string): ReadProblem {
  return new ReadProblem(message, node.source.number, node.source.label, nodePosition(node));
}

export function problemOnLine(line: SourceLine, message: string): ReadProblem {
  return new ReadProblem(message, line.number, line.label, positionIn(line, 0, line.text.length));
}
