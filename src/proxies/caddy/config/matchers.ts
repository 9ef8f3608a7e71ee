import type { Matcher } from "./caddy-config.ts";
import type { DirectiveNode } from "./directive-node.ts";
import { lastWord } from "./directive-node.ts";
import { goPattern } from "./go-pattern.ts";
import { refuse, refuseArgument, type Token } from "./token.ts";

/** Ranges that `private_ranges` stands for (caddyhttp/ip_matchers, Caddy 2.6.2). */
export const PRIVATE_RANGES: readonly string[] = [
  "192.168.0.0/16",
  "172.16.0.0/12",
  "10.0.0.0/8",
  "127.0.0.1/8",
  "fd00::/8",
  "::1",
];

/** Matchers that exist in Caddy 2.6.2 and that the simulation can't evaluate. */
const NOT_EVALUATED: readonly string[] = ["expression", "file", "vars", "vars_regexp"];

/** Named matchers of a site: `@name …` (caddyhttp/matchers.go, Caddy 2.6.2). */
export type NamedMatchers = ReadonlyMap<string, readonly Matcher[]>;

/** The set that `@name` defines, on its line or in its block. */
export function namedMatcher(node: DirectiveNode): readonly Matcher[] {
  const [first, ...rest] = node.args;
  if (first === undefined) return nestedMatchers(node.block ?? [], node);
  if (first.quoted) return [{ kind: "unknown", name: "expression" }];
  return matcherOf({ name: first, args: rest, block: node.block, last: node.last });
}

/** All matchers of a block; together they are one set. */
export function nestedMatchers(block: readonly DirectiveNode[], owner: DirectiveNode): readonly Matcher[] {
  const all = block.flatMap((node) => {
    try {
      return matcherOf(node);
    } catch (error) {
      // Caddy sees an unknown matcher when the whole block is read.
      if (error instanceof UnknownMatcher)
        throw refuse(
          owner.last,
          `getting matcher module '${error.message}': module not registered: http.matchers.${error.message}`,
        );
      throw error;
    }
  });
  return mergeLists(all);
}

class UnknownMatcher extends Error {}

/** What is written twice in a set is one list: any path, method, host, parameter, any value of a header field. */
function mergeLists(matchers: readonly Matcher[]): readonly Matcher[] {
  const merged: Matcher[] = [];
  for (const matcher of matchers) {
    const at = merged.findIndex(
      (each) => each.kind === matcher.kind && (each.kind !== "header" || isSameField(each, matcher)),
    );
    const before = merged[at];
    if (before?.kind === "path" && matcher.kind === "path")
      merged[at] = { kind: "path", patterns: [...before.patterns, ...matcher.patterns] };
    else if (
      before?.kind === "header" &&
      matcher.kind === "header" &&
      before.values !== null &&
      matcher.values !== null
    )
      merged[at] = { ...before, values: [...before.values, ...matcher.values] };
    else if (before?.kind === "method" && matcher.kind === "method")
      merged[at] = { kind: "method", methods: [...before.methods, ...matcher.methods] };
    else if (before?.kind === "query" && matcher.kind === "query")
      merged[at] = { kind: "query", parameters: [...before.parameters, ...matcher.parameters] };
    else if (before?.kind === "host" && matcher.kind === "host")
      merged[at] = { kind: "host", hosts: [...before.hosts, ...matcher.hosts] };
    else merged.push(matcher);
  }
  return merged;
}

function isSameField(before: Extract<Matcher, { kind: "header" }>, matcher: Matcher): boolean {
  return matcher.kind === "header" && matcher.name.toLowerCase() === before.name.toLowerCase();
}

function matcherOf(node: DirectiveNode): readonly Matcher[] {
  const words = node.args.map(({ text }) => text);
  switch (node.name.text) {
    case "path":
      return [{ kind: "path", patterns: words.map((word) => word.toLowerCase()) }];
    case "host":
      return [{ kind: "host", hosts: words.map((word) => word.toLowerCase()) }];
    case "method":
      return [{ kind: "method", methods: words }];
    case "protocol":
      if (words.length === 0) throw refuse(node.name, "expected exactly one protocol");
      return [{ kind: "protocol", protocol: (words[0] as string).toLowerCase() }];
    case "path_regexp":
      return [{ kind: "path_regexp", pattern: goPattern(regexpWord(node, 1)) }];
    case "header":
      return [headerMatcher(node)];
    case "header_regexp": {
      const field = node.args.length > 2 ? node.args[1] : node.args[0];
      return [{ kind: "header_regexp", name: (field ?? node.name).text, pattern: goPattern(regexpWord(node, 2)) }];
    }
    case "query":
      return queryMatchers(node);
    case "remote_ip":
      return [
        {
          kind: "remote_ip",
          ranges: words.flatMap((w) => (w === "private_ranges" ? PRIVATE_RANGES : w === "forwarded" ? [] : [w])),
          forwarded: words.includes("forwarded"),
        },
      ];
    case "not":
      return [{ kind: "not", sets: [notSet(node)] }];
    default:
      if (NOT_EVALUATED.includes(node.name.text)) return [{ kind: "unknown", name: node.name.text }];
      throw new UnknownMatcher(node.name.text);
  }
}

function notSet(node: DirectiveNode): readonly Matcher[] {
  const [first, ...rest] = node.args;
  if (first === undefined) return nestedMatchers(node.block ?? [], node);
  return matcherOf({ name: first, args: rest, block: node.block, last: node.last });
}

function regexpWord(node: DirectiveNode, least: number): string {
  if (node.args.length < least) throw refuseArgument(lastWord(node));
  return (node.args[node.args.length - 1] as Token).text;
}

function headerMatcher(node: DirectiveNode): Matcher {
  const [field, value] = node.args;
  if (field === undefined) throw refuse(node.name, "malformed header matcher: expected field");
  if (field.text.startsWith("!")) return { kind: "header", name: field.text.slice(1), values: null };
  if (value === undefined) throw refuse(field, "malformed header matcher: expected both field and value");
  return { kind: "header", name: field.text, values: [value.text] };
}

function queryMatchers(node: DirectiveNode): readonly Matcher[] {
  const byName = new Map<string, string[]>();
  for (const word of node.args) {
    if (word.text === "") continue;
    const at = word.text.indexOf("=");
    if (at < 0)
      throw refuse(
        lastWord(node),
        `malformed query matcher token: ${lastWord(node).text}; must be in param=val format`,
      );
    const name = word.text.slice(0, at);
    byName.set(name, [...(byName.get(name) ?? []), word.text.slice(at + 1)]);
  }
  return [{ kind: "query", parameters: [...byName].map(([name, values]) => ({ name, values })) }];
}
