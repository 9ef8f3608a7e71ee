import type { Route } from "./caddy-config.ts";
import { type DirectiveNode, lastWord } from "./directive-node.ts";
import type { ProxyDraft } from "./proxy-draft.ts";
import { refuse, type Token } from "./token.ts";
import { statusOf } from "./words-of.ts";

/** Reads the directives of a block as routes. */
export type RouteReader = (block: readonly DirectiveNode[], owner: DirectiveNode) => readonly Route[];

/** `@name { status … header … }` in a reverse_proxy (caddyhttp/responsematchers.go, Caddy 2.6.2). */
export function readResponseMatcher(draft: ProxyDraft, node: DirectiveNode): void {
  const statuses: number[] = [];
  const headers: { name: string; values: readonly string[] }[] = [];
  const [first, ...rest] = node.args;
  const inline = first === undefined ? [] : [{ name: first, args: rest }];
  for (const { name, args } of [...inline, ...(node.block ?? [])]) {
    if (name.text === "status") statuses.push(...args.map((word) => statusOf(word, word)));
    else if (name.text === "header")
      headers.push({ name: args[0]?.text ?? "", values: args.slice(1).map(({ text }) => text) });
    else throw refuse(name, `unrecognized response matcher ${name.text}`);
  }
  draft.matchers.set(node.name.text, { statuses, headers });
}

/** `replace_status [<matcher>] <status>`. */
export function replaceStatus(draft: ProxyDraft, node: DirectiveNode): void {
  const { args } = node;
  if (args.length !== 1 && args.length !== 2)
    throw refuse(lastWord(node), "must have one or two arguments: an optional response matcher, and a status code");
  const match =
    args.length === 2 ? matcherNamed(draft, args[0] as Token, lastWord(node)) : { statuses: [], headers: [] };
  if (node.block !== null)
    throw refuse(node.name, "cannot define routes for 'replace_status', use 'handle_response' instead.");
  draft.responses.push({ ...match, status: Number((args[args.length - 1] as Token).text) || 0, routes: null });
}

/** `handle_response [<matcher>] { … }`, read when the rest of the handler is known. */
export function readHandleResponse(draft: ProxyDraft, node: DirectiveNode, readRoutes: RouteReader): void {
  const { args } = node;
  if (args.length === 2)
    throw refuse(
      lastWord(node),
      "configuring 'handle_response' for status code replacement is no longer supported. Use 'replace_status' instead.",
    );
  if (args.length > 2)
    throw refuse(
      lastWord(node),
      `too many arguments for 'handle_response': [${args.map(({ text }) => text).join(" ")}]`,
    );
  const [name] = args;
  const match = name === undefined ? { statuses: [], headers: [] } : matcherNamed(draft, name, name);
  draft.responses.push({ ...match, status: 0, routes: readRoutes(node.block ?? [], node) });
}

function matcherNamed(draft: ProxyDraft, name: Token, at: Token) {
  if (!name.text.startsWith("@")) throw refuse(at, "must use a named response matcher, starting with '@'");
  const match = draft.matchers.get(name.text);
  if (match === undefined) throw refuse(at, `no named response matcher defined with name '${name.text.slice(1)}'`);
  return match;
}
