import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { ClientConnection } from "../client-connection.ts";
import type { ApacheConfig, ServerConfig } from "../config/apache-config.ts";
import type { RewriteConfig, RewritePlace } from "../config/rewrite-config.ts";
import { keyOf } from "../config/rewrite-places.ts";
import { findWorker, parseWorkerUrl } from "../config/worker-url.ts";
import { type OwnPages, PROXY_ERROR } from "../error-pages.ts";
import type { Exchange } from "../exchange.ts";
import { patternOf } from "../pattern.ts";
import type { Route, UrlMapping } from "../url-mapping.ts";
import { matchPrefix, parseTarget, type RequestTarget } from "../url-path.ts";
import { RequestView } from "./request-view.ts";
import { PROXIED, RewriteEngine, type RewriteOutcome } from "./rewrite-engine.ts";
import { hasRawBlank } from "./target-url.ts";

/** Beyond this many distinct outcomes something unbounded is in the rewritten URL. */
const MOST_ROUTES = 10_000;

/**
 * Where requests of a server with RewriteRules lead: the rules first, then what ProxyPass makes of what they leave
 * (httpd: hook_uri2file of mod_rewrite.c runs before proxy_trans of mod_proxy.c).
 */
export class Rewriting {
  private readonly settings: ServerConfig;
  private readonly rewrite: RewriteConfig;
  private readonly index: number;
  private readonly mapping: UrlMapping;
  private readonly pages: OwnPages;
  private readonly engine: RewriteEngine;
  private readonly view: RequestView;
  private readonly places: readonly ReadyPlace[];
  private readonly workers: readonly { readonly url: string; readonly index: number }[];
  private readonly targets = new Map<string, Asked>();
  private readonly routes = new Map<string, Route>();

  constructor(config: ApacheConfig, index: number, mapping: UrlMapping, pages: OwnPages, random: RandomSource) {
    this.settings = config.servers[index] as ServerConfig;
    this.rewrite = this.settings.rewrite as RewriteConfig;
    this.index = index;
    this.mapping = mapping;
    this.pages = pages;
    this.engine = new RewriteEngine(this.rewrite.rules);
    this.places = this.rewrite.places.map((place) => ({
      config: place,
      directory: place.directory,
      engine: new RewriteEngine(place.rules),
      pattern: place.match.kind === "regex" ? patternOf(place.match.source, "") : null,
    }));
    this.view = new RequestView(
      {
        config: this.settings,
        rewrite: this.rewrite,
        listens: config.listens,
        localFiles: config.localFiles,
      },
      random,
    );
    this.workers = this.rewrite.workers.map((worker) => ({ url: config.workers[worker]?.url ?? "", index: worker }));
  }

  routeOf(exchange: Exchange, connection: ClientConnection): Route {
    const { target } = exchange.what as NonNullable<Exchange["what"]>;
    const asked = this.askedFor(target.text);
    if (asked.target === null || !asked.isOn) return this.mapping.routeOf(target, this.index);
    this.view.begin(exchange, connection, asked.target.path, asked.target.query);
    const outcome = this.engine.apply(this.view);
    if (outcome.kind === "untouched") return this.mapping.routeOf(target, this.index);
    const path = outcome.kind === "path" ? outcome.path : asked.target.path;
    exchange.rewritten = { path, query: this.view.args };
    const key = keyOfOutcome(outcome, this.view.args, target.text);
    const known = this.routes.get(key);
    if (known !== undefined) return known;
    const route = this.routeBy(outcome, asked.target);
    route.sections = this.mapping.sectionsFor({ path }, this.settings);
    if (this.routes.size >= MOST_ROUTES) this.routes.clear();
    this.routes.set(key, route);
    return route;
  }

  /** Whether sections have rules of their own. */
  get hasPlaces(): boolean {
    return this.places.length > 0;
  }

  /**
   * What the rules of the request's section make of it, after ProxyPass and after it was let in (hook_fixup). The route
   * itself when they leave it alone.
   */
  routeInPlace(exchange: Exchange, connection: ClientConnection, before: Route): Route {
    const { target } = exchange.what as NonNullable<Exchange["what"]>;
    const asked = this.askedFor(target.text).target;
    if (asked === null || before.isAnswer) return before;
    const [path, query] = exchange.rewritten === null ? [asked.path, asked.query] : pathOf(exchange.rewritten);
    const filename = before.balancer === null ? this.fileName(path) : PROXIED + before.url;
    const place = this.placeFor(path, filename);
    if (place === null) return before;
    this.view.begin(exchange, connection, path, query, filename, place.directory);
    const outcome = place.engine.apply(this.view);
    const isLocal = outcome.kind === "path" || outcome.kind === "file" || outcome.kind === "untouched";
    if (isLocal) return before;
    const key = `${place.directory} ${keyOfOutcome(outcome, this.view.args, target.text)}`;
    const known = this.routes.get(key);
    if (known !== undefined) return known;
    const route = this.routeBy(outcome, asked);
    route.sections = before.sections;
    if (this.routes.size >= MOST_ROUTES) this.routes.clear();
    this.routes.set(key, route);
    return route;
  }

  private fileName(path: string): string {
    return this.settings.documentRoot.replace(/\/+$/, "") + path;
  }

  /** The last matching section with a word about rules: its rules take the place of those of the others. */
  private placeFor(path: string, filename: string): ReadyPlace | null {
    let found: ReadyPlace | null = null;
    let isOn = this.rewrite.isOn;
    for (const place of this.places) {
      const { match, kind } = place.config;
      if (kind === "directory" && filename.startsWith(PROXIED)) continue;
      const text = kind === "directory" ? filename : path;
      const matches =
        match.kind === "prefix" ? matchPrefix(text, match.path) > 0 : (place.pattern?.test(text) ?? false);
      if (!matches) continue;
      found = place;
      isOn = place.config.isOn ?? isOn;
    }
    return isOn ? found : null;
  }

  private askedFor(text: string): Asked {
    const known = this.targets.get(text);
    if (known !== undefined) return known;
    const target = parseTarget(text);
    const asked = typeof target === "number" ? { target: null, isOn: false } : { target, isOn: this.isOnFor(target) };
    if (this.targets.size >= MOST_ROUTES) this.targets.clear();
    this.targets.set(text, asked);
    return asked;
  }

  /** RewriteEngine of the last matching <Location> that says something, else that of the server. */
  private isOnFor(target: RequestTarget): boolean {
    const { sections } = this.settings;
    if (sections.every(({ rewrites }) => rewrites === undefined)) return this.rewrite.isOn;
    const matching = this.mapping.sectionsFor(target, this.settings);
    const said = matching
      .split(",")
      .map((section) => sections[Number(section)]?.rewrites)
      .findLast((each) => each !== undefined);
    return matching === "" ? this.rewrite.isOn : (said ?? this.rewrite.isOn);
  }

  private routeBy(outcome: RewriteOutcome, asked: RequestTarget): Route {
    const { mapping, pages, settings } = this;
    switch (outcome.kind) {
      case "path":
        return mapping.routeOfPath(outcome.path, this.view.args, asked, settings);
      case "file":
        return mapping.routeOfFile(outcome.path, asked, settings);
      case "redirect":
        return mapping.answer(pages.redirect(outcome.status, outcome.location));
      case "status":
        return mapping.answer(pages.error(outcome.status));
      default:
        return outcome.kind === "proxy"
          ? this.proxied(outcome.url, outcome.raw, asked)
          : mapping.answer(pages.error(500));
    }
  }

  /** A URL that a rule made: the balancer or worker that it means (ap_proxy_pre_request of proxy_util.c). */
  private proxied(url: string, raw: boolean, asked: RequestTarget): Route {
    const { mapping, pages, settings } = this;
    if (raw && hasRawBlank(url)) return mapping.answer(pages.error(403));
    const query = raw ? null : this.view.args;
    if (/^balancer:/i.test(url)) return mapping.routeOfUrl(url, null, raw, query, asked, settings);
    const parsed = parseWorkerUrl(url);
    if (typeof parsed === "string") return mapping.answer(pages.error(400));
    const worker = findWorker(this.workers, parsed)?.index ?? this.rewrite.defaults[keyOf(parsed)];
    if (worker === undefined) {
      const note = `DNS lookup failure for: ${parsed.host}`;
      return mapping.answer(pages.error(500, PROXY_ERROR, note));
    }
    return mapping.routeOfUrl(url, worker, raw, query, asked, settings);
  }
}

interface ReadyPlace {
  readonly config: RewritePlace;
  readonly directory: string;
  readonly engine: RewriteEngine;
  readonly pattern: RegExp | null;
}

function pathOf({ path, query }: NonNullable<Exchange["rewritten"]>): readonly [string, string | null] {
  return [path, query];
}

interface Asked {
  /** Null: httpd refuses the target before any rule sees it. */
  readonly target: RequestTarget | null;
  readonly isOn: boolean;
}

function keyOfOutcome(outcome: RewriteOutcome, args: string | null, asked: string): string {
  switch (outcome.kind) {
    case "proxy":
      return `proxy ${outcome.raw} ${outcome.url} ${args} ${asked}`;
    case "redirect":
      return `redirect ${outcome.status} ${outcome.location} ${asked}`;
    case "status":
      return `status ${outcome.status} ${asked}`;
    default:
      return `${outcome.kind} ${"path" in outcome ? outcome.path : ""} ${args} ${asked}`;
  }
}
