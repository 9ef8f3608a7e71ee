import type { PassedOver, Position } from "../../../contract/problem.ts";
import type { Handler, Matcher, ReverseProxyConfig, Route } from "./caddy-config.ts";
import { type DirectiveNode, lastWord } from "./directive-node.ts";
import { DIRECTIVE_ORDER, PASSED_OVER, SITE_DIRECTIVES } from "./directive-order.ts";
import { parseInteger } from "./go-numbers.ts";
import { goPattern } from "./go-pattern.ts";
import { headerOperation } from "./header-operations.ts";
import { type NamedMatchers, namedMatcher } from "./matchers.ts";
import type { ProxyDraft } from "./proxy-draft.ts";
import { Refused } from "./refused.ts";
import { readReverseProxy } from "./reverse-proxy.ts";
import { positionOf, refuse, refuseArgument, type Token } from "./token.ts";

/** What a whole configuration collects while its sites are read. */
export interface Collected {
  readonly proxies: ReverseProxyConfig[];
  readonly passedOver: PassedOver[];
  /** Order of directives after `order` in the global options. */
  order: string[];
  /** Groups of handle directives so far. */
  groups: number;
}

interface Placed {
  readonly directive: string;
  readonly route: Route;
}

/** Where a handler is written: for names. */
interface Context {
  readonly site: string;
  readonly path: string;
  readonly matchers: NamedMatchers;
}

/** Directives of a site as routes in the order in which they run (httpcaddyfile, buildSubroute, Caddy 2.6.2). */
export function readSiteRoutes(nodes: readonly DirectiveNode[], site: string, collected: Collected): readonly Route[] {
  for (const node of nodes) {
    const { text } = node.name;
    if (text.startsWith("@") || SITE_DIRECTIVES.includes(text) || DIRECTIVE_ORDER.includes(text)) continue;
    const { file, line } = node.name;
    throw new Refused(`${file}:${line}: unrecognized directive: ${text}`, positionOf(node.name));
  }
  const matchers = definedMatchers(nodes, new Map());
  return new RouteBuilder(collected).block(nodes, { site, path: "", matchers }, true);
}

function definedMatchers(nodes: readonly DirectiveNode[], outer: NamedMatchers): NamedMatchers {
  const matchers = new Map(outer);
  for (const node of nodes) {
    if (!node.name.text.startsWith("@")) continue;
    if (matchers.has(node.name.text) && !outer.has(node.name.text))
      throw refuse(node.name, `matcher is defined more than once: ${node.name.text}`);
    matchers.set(node.name.text, namedMatcher(node));
  }
  return matchers;
}

class RouteBuilder {
  private readonly collected: Collected;

  constructor(collected: Collected) {
    this.collected = collected;
  }

  block(nodes: readonly DirectiveNode[], context: Context, sorts: boolean): readonly Route[] {
    const placed: Placed[] = [];
    const group = `group${this.collected.groups++}`;
    for (const node of nodes) {
      if (node.name.text.startsWith("@")) continue;
      for (const route of this.routesOf(node, context)) {
        const directive = node.name.text === "handle_path" ? "handle" : node.name.text;
        const exclusive = directive === "handle" || directive === "rewrite" || directive === "root";
        placed.push({ directive, route: exclusive && sorts ? { ...route, group: `${group}-${directive}` } : route });
      }
    }
    if (sorts) placed.sort((a, b) => this.compare(a, b));
    return placed.map(({ route }) => route);
  }

  /** sortRoutes of directives.go: by directive, then the longer single path first, then those with a matcher. */
  private compare(a: Placed, b: Placed): number {
    const { order } = this.collected;
    if (a.directive !== b.directive) return order.indexOf(a.directive) - order.indexOf(b.directive);
    const [lengthA, lengthB] = [pathLength(a.route), pathLength(b.route)];
    if (lengthA > 0 && lengthB > 0) return lengthB - lengthA;
    return Number(b.route.match.length > 0) - Number(a.route.match.length > 0);
  }

  private routesOf(node: DirectiveNode, context: Context): readonly Route[] {
    const { text } = node.name;
    if (!DIRECTIVE_ORDER.includes(text) && !SITE_DIRECTIVES.includes(text))
      throw new Refused(
        `unrecognized directive: ${text} - are you sure your Caddyfile structure (nesting and braces) is correct?`,
        positionOf(node.name),
      );
    try {
      return this.known(node, context);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused(`parsing caddyfile tokens for '${text}': ${error.message}`, error.position);
    }
  }

  private known(node: DirectiveNode, context: Context): readonly Route[] {
    const { text } = node.name;
    const passed = Object.hasOwn(PASSED_OVER, text) ? PASSED_OVER[text] : undefined;
    if (passed !== undefined) {
      this.passOver(passed, text, node);
      return [];
    }
    if (text === "bind") return [];
    const { match, rest } = splitMatcher(node, context.matchers);
    const inner: Context = { ...context, path: pathOf(match) || context.path };
    return this.handlersOf(rest, match, inner).map((handler) => ({
      match,
      group: "",
      terminal: false,
      handlers: [handler],
    }));
  }

  private handlersOf(node: DirectiveNode, match: Route["match"], context: Context): readonly Handler[] {
    switch (node.name.text) {
      case "reverse_proxy":
        return [this.proxy(node, context)];
      case "handle":
      case "route":
        return [{ kind: "subroute", routes: this.nested(node, context, node.name.text === "handle") }];
      case "handle_path":
        return [this.handlePath(node, match, context)];
      case "php_fastcgi":
      case "file_server":
        this.passOver("unmodelled", node.name.text, node);
        return [{ kind: "respond", status: 404, body: "", location: null }];
      case "respond":
        return [respond(node)];
      case "redir":
        return [redirect(node)];
      case "error":
        return [{ kind: "respond", status: Number(node.args.find(isNumber)?.text ?? 500), body: "", location: null }];
      case "abort":
        return [{ kind: "abort" }];
      default:
        return changes(node);
    }
  }

  /** A block in braces; what it refuses, Caddy says with the place where the outer directive ends. */
  private nested(node: DirectiveNode, context: Context, sorts: boolean): readonly Route[] {
    const nodes = node.block ?? [];
    const matchers = definedMatchers(nodes, context.matchers);
    try {
      return this.block(nodes, { ...context, matchers }, sorts);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { file, line } = node.last;
      throw new Refused(`${file}:${line} - Error during parsing: ${error.message}`, error.position);
    }
  }

  private handlePath(node: DirectiveNode, match: Route["match"], context: Context): Handler {
    const path = pathOf(match);
    if (path === "") throw refuse(lastWord(node), "path matcher must begin with '/', got ");
    const prefix = path.replace(/\*$/, "").replace(/\/$/, "");
    const strip: Route = { match: [], group: "", terminal: false, handlers: [{ kind: "strip-prefix", prefix }] };
    return { kind: "subroute", routes: [strip, ...this.nested(node, context, true)] };
  }

  private proxy(node: DirectiveNode, context: Context): Handler {
    const { proxies } = this.collected;
    const slot = proxies.length;
    const readRoutes = (block: readonly DirectiveNode[], owner: DirectiveNode): readonly Route[] =>
      this.nested({ ...owner, block }, context, true);
    const draft = readReverseProxy(node, readRoutes);
    this.passUnmodelled(node, draft);
    const wanted = context.path || context.site;
    proxies.splice(slot, 0, draft.finish(freeName(wanted, proxies), positionOf(node.name)));
    return { kind: "proxy", proxy: slot };
  }

  private passUnmodelled(node: DirectiveNode, draft: ProxyDraft): void {
    for (const sub of node.block ?? []) {
      const { text } = sub.name;
      if (text === "dynamic") this.passOver("unmodelled", `dynamic ${sub.args[0]?.text ?? ""}`, sub);
      if (
        text === "buffer_requests" ||
        text === "buffer_responses" ||
        text === "flush_interval" ||
        text === "max_buffer_size"
      )
        this.passOver("ignored", text, sub);
    }
    if (draft.transport !== null && draft.transport.maxConnectionsPerHost > 0)
      this.passOver("unmodelled", "max_conns_per_host", node);
  }

  private passOver(kind: PassedOver["kind"], directive: string, node: DirectiveNode): void {
    const position: Position = positionOf(node.name);
    this.collected.passedOver.push({ kind, directive, position });
  }
}

function freeName(wanted: string, taken: readonly ReverseProxyConfig[]): string {
  let name = wanted;
  for (let n = 2; taken.some((proxy) => proxy.name === name); n++) name = `${wanted}#${n}`;
  return name;
}

/** The matcher of a directive, and the directive without it (helper ExtractMatcherSet, Caddy 2.6.2). */
function splitMatcher(
  node: DirectiveNode,
  matchers: NamedMatchers,
): { readonly match: Route["match"]; readonly rest: DirectiveNode } {
  const [first, ...args] = node.args;
  if (first === undefined) return { match: [], rest: node };
  const rest = { ...node, args };
  if (first.text === "*") return { match: [], rest };
  if (first.text.startsWith("/")) return { match: [[{ kind: "path", patterns: [first.text.toLowerCase()] }]], rest };
  if (!first.text.startsWith("@")) return { match: [], rest: node };
  const named = matchers.get(first.text);
  if (named === undefined) throw new Refused(`unrecognized matcher name: ${first.text}`, positionOf(first));
  return { match: [named], rest };
}

function pathOf(match: Route["match"]): string {
  const [only, second] = match;
  const paths = only?.find((matcher): matcher is Extract<Matcher, { kind: "path" }> => matcher.kind === "path");
  return second === undefined ? (paths?.patterns[0] ?? "") : "";
}

function pathLength({ match }: Route): number {
  const [only, second] = match;
  const paths = only?.find((matcher): matcher is Extract<Matcher, { kind: "path" }> => matcher.kind === "path");
  return second === undefined && paths?.patterns.length === 1 ? (paths.patterns[0] as string).length : 0;
}

function isNumber({ text }: Token): boolean {
  return typeof parseInteger(text) === "number";
}

function respond(node: DirectiveNode): Handler {
  const [first, second] = node.args;
  const sub = (name: string) => node.block?.find((each) => each.name.text === name)?.args[0];
  if (node.args.length > 2) throw refuseArgument(lastWord(node));
  const status = sub("status") ?? second ?? (first !== undefined && /^\d{3}$/.test(first.text) ? first : undefined);
  const body = first === undefined || first === status ? "" : first.text;
  return { kind: "respond", status: Number(status?.text ?? 200), body: sub("body")?.text ?? body, location: null };
}

function redirect(node: DirectiveNode): Handler {
  const [to, code] = node.args;
  if (to === undefined) throw refuseArgument(lastWord(node));
  const words: Readonly<Record<string, number>> = { permanent: 301, temporary: 302, html: 200 };
  const status = code === undefined ? 302 : (words[code.text] ?? Number(code.text));
  if (!Number.isInteger(status))
    throw refuse(code as Token, `Not a supported redir code type or not valid integer: '${code?.text}'`);
  return { kind: "respond", status, body: "", location: to.text };
}

function changes(node: DirectiveNode): readonly Handler[] {
  const [first, second, third] = node.args;
  switch (node.name.text) {
    case "rewrite":
      if (first === undefined) throw refuseArgument(node.name);
      return [{ kind: "rewrite", uri: first.text }];
    case "method":
      if (first === undefined) throw refuseArgument(node.name);
      return [{ kind: "method", method: first.text }];
    case "uri":
      if (second === undefined) throw refuseArgument(lastWord(node));
      if (first?.text === "strip_prefix") return [{ kind: "strip-prefix", prefix: second.text }];
      if (first?.text === "strip_suffix") return [{ kind: "strip-suffix", suffix: second.text }];
      if (third === undefined) throw refuseArgument(lastWord(node));
      if (first?.text === "path_regexp")
        return [{ kind: "replace-path", pattern: new RegExp(goPattern(second.text), "g"), by: third.text }];
      return first?.text === "replace"
        ? [{ kind: "replace", find: second.text, by: third.text, limit: Number(node.args[3]?.text ?? 0) }]
        : [];
    case "header":
    case "request_header": {
      const lines =
        first === undefined ? (node.block ?? []).map(({ name, args }) => [name, ...args]) : [[first, second, third]];
      const operations = lines
        .filter(([field]) => field?.text !== "defer")
        .map(([field, value, replacement]) =>
          headerOperation((field?.text ?? "").replace(/:$/, ""), value?.text ?? "", replacement?.text ?? ""),
        );
      return [{ kind: node.name.text === "header" ? "response-headers" : "request-headers", operations }];
    }
    default:
      return [];
  }
}
