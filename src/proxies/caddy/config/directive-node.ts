import type { Token } from "./token.ts";

/** A directive or subdirective as written: a line of words, and a block if one follows. */
export interface DirectiveNode {
  readonly name: Token;
  readonly args: readonly Token[];
  /** Null when there are no braces. */
  readonly block: readonly DirectiveNode[] | null;
  /** The last word of it, for its end in the file. */
  readonly last: Token;
}

/** A site block: its addresses and what is in its braces. */
export interface SiteBlock {
  readonly keys: readonly Token[];
  readonly directives: readonly DirectiveNode[];
}

/** The last word before the block: where Caddy looks when an argument is missing. */
export function lastWord({ name, args }: DirectiveNode): Token {
  return args[args.length - 1] ?? name;
}
