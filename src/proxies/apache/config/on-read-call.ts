import type { Cursor } from "./cursor.ts";
import type { DirectiveNode } from "./directive-node.ts";
import type { Reader } from "./reader.ts";
import type { Word } from "./words.ts";

/** A directive that is carried out while the tree is put together. */
export interface OnReadCall {
  readonly reader: Reader;
  readonly node: DirectiveNode;
  readonly cursor: Cursor;
  readonly words: readonly Word[];
  /** Reads on to a closing line ("</IfModule>") and gives what stands before it. */
  upTo(closing: string): DirectiveNode[];
  /** Reads another source in this place. */
  source(cursor: Cursor): DirectiveNode[];
}

/** Gives the directives that take its place. */
export type OnReadHandler = (call: OnReadCall) => DirectiveNode[];
