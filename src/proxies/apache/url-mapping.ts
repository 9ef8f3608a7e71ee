import { Text } from "../../contract/text.ts";
import type { Balancer } from "./balancer.ts";
import type { ApacheConfig, PassRule, SectionConfig, ServerConfig } from "./config/apache-config.ts";
import type { OwnAnswer, OwnPages } from "./error-pages.ts";
import { patternOf, withGroups } from "./pattern.ts";
import { type SessionValue, sessionOfUrl } from "./session-value.ts";
import { encodePath, matchPrefix, parseTarget, type RequestTarget } from "./url-path.ts";

/** Where a request target leads on one server. */
export class Route {
  /** Null: the server answers by itself with `own`. */
  readonly balancer: Balancer | null;
  readonly own: OwnAnswer | null;
  /** Path and query that are appended to the member's URL. */
  readonly path: string;
  /** The session that the URL itself names, or null. */
  readonly urlSession: SessionValue | null;
  /** Indexes of the server's sections that match, joined by commas. */
  sections = "";
  /** A rule or refusal has answered before anybody asks who is let in. */
  isAnswer = false;
  /** URL that ProxyPass or a RewriteRule made, before anything in it is escaped; "" = none. */
  url = "";
  /** A RewriteRule led to the balancer. */
  isRewritten = false;
  /** Request target as each member sees it. */
  private readonly forwarded: (Text | undefined)[] = [];

  constructor(balancer: Balancer | null, path: string, own: OwnAnswer | null) {
    this.balancer = balancer;
    this.own = own;
    this.path = path;
    this.urlSession = balancer === null ? null : sessionOfUrl(balancer, path);
  }

  /** The target on the member's side: the path of its URL in front. A plain worker's path is part of the route already. */
  targetFor(balancer: Balancer, m: number): Text {
    const known = this.forwarded[m];
    if (known !== undefined) return known;
    const base = balancer.config === null ? "" : (balancer.members[m]?.path ?? "");
    const text = new Text(base + this.path);
    this.forwarded[m] = text;
    return text;
  }
}

const HANDLED = /^(?:https?|wss?|h2c?|ftp|ajp|fcgi|scgi|uwsgi)$/;

/** What a request target means on each server of one machine; kept with the text. Instances side by side see the same texts. */
class TargetMemo {
  readonly owner: UrlMapping;
  readonly byServer: (Route | undefined)[] = [];
  /** What it means to another instance. */
  readonly next: TargetMemo | null;

  constructor(owner: UrlMapping, next: TargetMemo | null) {
    this.owner = owner;
    this.next = next;
  }
}

type Match = { readonly kind: "prefix"; readonly path: string } | { readonly kind: "regex"; readonly source: string };

/**
 * ProxyPass, ProxyPassMatch, Location and `!` (spec/apache.md 11; httpd: proxy_trans and ap_proxy_trans_match of
 * mod_proxy.c). A ProxyPass inside the last matching Location comes before all lines of the server; among those the
 * first match wins. What nothing matches is the server's own.
 */
export class UrlMapping {
  private readonly config: ApacheConfig;
  private readonly balancers: ReadonlyMap<string, Balancer>;
  private readonly workers: readonly Balancer[];
  private readonly pages: OwnPages;
  private readonly regexes = new Map<string, RegExp | null>();

  constructor(
    config: ApacheConfig,
    balancers: ReadonlyMap<string, Balancer>,
    workers: readonly Balancer[],
    pages: OwnPages,
  ) {
    this.config = config;
    this.balancers = balancers;
    this.workers = workers;
    this.pages = pages;
  }

  /** The route of a target on a server; found once per text. */
  routeOf(target: Text, server: number): Route {
    const first = target.proxyMemo;
    const memo = first instanceof TargetMemo && first.owner === this ? first : this.memoOf(target);
    const known = memo.byServer[server];
    if (known !== undefined) return known;
    const settings = this.config.servers[server] as ServerConfig;
    const route = this.find(target.text, settings);
    if (settings.sections.length > 0) route.sections = this.sectionsOf(target.text, settings);
    memo.byServer[server] = route;
    return route;
  }

  private memoOf(target: Text): TargetMemo {
    const first = target.proxyMemo instanceof TargetMemo ? target.proxyMemo : null;
    for (let memo = first; memo !== null; memo = memo.next) if (memo.owner === this) return memo;
    const made = new TargetMemo(this, first);
    target.proxyMemo = made;
    return made;
  }

  private find(text: string, server: ServerConfig): Route {
    const target = parseTarget(text);
    return typeof target === "number" ? this.refuse(target) : this.findFor(target, target, server);
  }

  /** @param asked what the client asked for; `target` is what a RewriteRule made of it */
  private findFor(target: RequestTarget, asked: RequestTarget, server: ServerConfig): Route {
    let rules = server.passRules;
    for (const location of server.locations) {
      if (this.urlBy(location.match, location.rule, asked) !== null)
        rules = [{ ...location.rule, match: location.match }, ...server.passRules];
    }
    for (const rule of rules) {
      const url = this.urlBy(rule.match, rule, target);
      if (url === null) continue;
      return rule.target.kind === "none" ? this.serve(target, server) : this.routeBy(rule, url, target, server);
    }
    return this.serve(target, server);
  }

  private sectionsOf(text: string, server: ServerConfig): string {
    const target = parseTarget(text);
    return typeof target === "number" ? "" : this.sectionsFor(target, server);
  }

  /** Indexes of the sections that match, joined by commas. */
  sectionsFor(target: Pick<RequestTarget, "path">, { sections }: ServerConfig): string {
    const matches = ({ match }: SectionConfig): boolean =>
      match.kind === "prefix"
        ? matchPrefix(target.path, match.path) > 0
        : (this.regex(match.source)?.test(target.path) ?? false);
    return sections.flatMap((section, i) => (matches(section) ? [i] : [])).join(",");
  }

  /** URL that a rule makes of the request, null when it does not match. */
  private urlBy(match: Match, rule: PassRule, target: RequestTarget): string | null {
    const path = rule.nocanon ? target.rawPath + (target.query === null ? "" : `?${target.query}`) : target.path;
    if (match.kind === "prefix") {
      const length = matchPrefix(target.path, match.path);
      if (length === 0) return null;
      return rule.url + path.slice(rule.nocanon ? matchPrefix(target.rawPath, match.path) : length);
    }
    const found = this.regex(match.source)?.exec(target.path) ?? null;
    if (found === null) return null;
    const url = withGroups(rule.url, found);
    return url === rule.url ? rule.url + path : url;
  }

  private regex(source: string): RegExp | null {
    const known = this.regexes.get(source);
    if (known !== undefined) return known;
    const regex = patternOf(source, "");
    this.regexes.set(source, regex);
    return regex;
  }

  private routeBy(
    rule: Pick<PassRule, "target" | "nocanon" | "noquery">,
    url: string,
    target: RequestTarget,
    server: ServerConfig,
  ): Route {
    const query = rule.nocanon || rule.noquery || target.query === null ? "" : `?${target.query}`;
    const parts = /^[a-z][a-z0-9+.-]*:\/\/([^/]*)\/?(.*)$/is.exec(url);
    if (parts === null) return this.refuse(500);
    const tail = parts[2] as string;
    const path = `/${rule.nocanon ? tail : encodePath(tail)}${query}`;
    const balancer =
      rule.target.kind === "worker"
        ? this.workers[rule.target.worker]
        : this.has("proxy_balancer")
          ? this.balancers.get(server.balancers[(parts[1] as string).toLowerCase()] ?? "")
          : undefined;
    // "No protocol handler was valid for the URL" (mod_proxy.c: proxy_handler).
    if (balancer === undefined || !isHandled(rule, balancer)) return this.refuse(500);
    if (balancer.members.length > 0 && !this.has("proxy_http")) return this.refuse(503);
    const route = new Route(balancer, path, null);
    route.url = url;
    return route;
  }

  // ------------------------------------------------------------ after a RewriteRule

  /** Flag PT: the other modules see another path. `query` as the rules left it. */
  routeOfPath(path: string, query: string | null, asked: RequestTarget, server: ServerConfig): Route {
    if (!path.startsWith("/")) return this.refuse(400);
    return this.findFor({ path, rawPath: encodePath(path), query }, asked, server);
  }

  /** No flag: a file of the server, found under another path. What handles it is said by the path that was asked for. */
  routeOfFile(path: string, asked: RequestTarget, server: ServerConfig): Route {
    return this.serve(asked, server, path);
  }

  /**
   * Flag P: a URL takes the place of what ProxyPass would have made.
   * @param worker index of the worker that the URL means; null = it names a balancer
   */
  routeOfUrl(
    url: string,
    worker: number | null,
    raw: boolean,
    query: string | null,
    asked: RequestTarget,
    server: ServerConfig,
  ): Route {
    const kind = worker === null ? { balancer: "", path: "" } : { worker, path: "" };
    const target = { kind: worker === null ? "balancer" : "worker", ...kind } as PassRule["target"];
    const route = this.routeBy({ target, nocanon: raw, noquery: false }, url, { ...asked, query }, server);
    route.isRewritten = true;
    return route;
  }

  /** An answer of the server's own. */
  answer(own: OwnAnswer): Route {
    const route = new Route(null, "", own);
    route.isAnswer = true;
    return route;
  }

  /** What becomes of a request that ProxyPass does not act on. */
  withoutProxy(route: Route, text: Text, index: number): Route {
    const target = parseTarget(text.text);
    if (route.balancer === null || route.isRewritten || typeof target === "number") return route;
    const own = this.serve(target, this.config.servers[index] as ServerConfig);
    own.sections = route.sections;
    return own;
  }

  private has(module: string): boolean {
    return this.config.modules.includes(module);
  }

  /** Answered by the server itself: a handler, a file, or 404. */
  private serve(target: RequestTarget, server: ServerConfig, filePath = target.path): Route {
    const handler = server.handlers.findLast((rule) => matchPrefix(target.path, rule.path) > 0);
    if (handler !== undefined) {
      return new Route(null, target.path, this.pages.content(`${handler.handler}\n`, "text/html; charset=ISO-8859-1"));
    }
    const file = this.config.localFiles[filePath];
    if (file === undefined) return this.refuse(404);
    return new Route(null, filePath, this.pages.content(file, filePath.endsWith(".html") ? "text/html" : "text/plain"));
  }

  private refuse(status: number): Route {
    return new Route(null, "", this.pages.error(status));
  }
}

/** A single URL's scheme must be one that some module of httpd speaks. */
function isHandled(rule: Pick<PassRule, "target">, { members }: Balancer): boolean {
  return rule.target.kind !== "worker" || members.every(({ scheme }) => HANDLED.test(scheme));
}
