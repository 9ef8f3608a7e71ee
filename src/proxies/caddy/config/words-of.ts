import { type DirectiveNode, lastWord } from "./directive-node.ts";
import { parseDurationUs, parseInteger } from "./go-numbers.ts";
import { refuse, refuseArgument, type Token } from "./token.ts";

/** The first argument; Caddy wants one. */
export function oneWord(node: DirectiveNode): Token {
  const [word] = node.args;
  if (word === undefined) throw refuseArgument(node.name);
  return word;
}

/** Caddy takes what is left of the line for the next subdirective. */
export function noMore(node: DirectiveNode, count: number): void {
  const extra = node.args[count];
  if (extra !== undefined) throw refuse(extra, `unrecognized subdirective ${extra.text}`);
}

/** A duration; `what` is how Caddy begins to complain about one ("bad duration value", then the word or its quotation). */
export function durationUs(node: DirectiveNode, what: string, quoted: boolean): number {
  const word = oneWord(node);
  const value = parseDurationUs(word.text);
  if (typeof value === "string") throw refuse(word, `${what} ${quoted ? `'${word.text}'` : word.text}: ${value}`);
  noMore(node, 1);
  return value;
}

export function integer(node: DirectiveNode, what: string): number {
  const word = oneWord(node);
  const value = parseInteger(word.text);
  if (typeof value === "string") throw refuse(word, `${what} '${word.text}': ${value}`);
  noMore(node, 1);
  return value;
}

/** A status or a class of them: "5xx" is 5. `shown` is the word that Caddy names when it can't read it. */
export function statusOf(word: Token, shown: Token): number {
  const value = parseInteger(/^.xx$/.test(word.text) ? word.text.slice(0, 1) : word.text);
  if (typeof value === "string") throw refuse(shown, `bad status value '${shown.text}': ${value}`);
  return value;
}

export function everyWord(node: DirectiveNode): readonly Token[] {
  if (node.args.length === 0) throw refuseArgument(lastWord(node));
  return node.args;
}
