import type { Position } from "../../../contract/problem.ts";
import { positionIn, type SourceLine } from "./source-line.ts";
import type { Word } from "./words.ts";

/** One directive or section, with variables put in and includes, conditions and macros carried out. */
export interface DirectiveNode {
  /** As written; sections begin with "<" and have lost a closing ">". */
  readonly name: string;
  /** Everything behind the name. */
  readonly args: string;
  readonly source: SourceLine;
  /** Where `args` begins in the source line. */
  readonly argsAt: number;
  readonly children: DirectiveNode[] | null;
  /** The section around it. */
  readonly parent: DirectiveNode | null;
}

export function nodePosition(node: DirectiveNode): Position {
  return positionIn(node.source, 0, node.argsAt === 0 ? node.source.text.length : node.name.length);
}

/** Where a word of the node's arguments stands. */
export function wordPosition(node: DirectiveNode, word: Word): Position {
  return positionIn(node.source, node.argsAt + word.from, node.argsAt + word.to);
}
