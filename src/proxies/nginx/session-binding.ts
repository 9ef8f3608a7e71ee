import type { Template } from "./config/template.ts";
import type { Exchange } from "./exchange.ts";
import type { NginxServer } from "./nginx-server.ts";
import type { PeerLine } from "./peer-list.ts";
import { type LearnedSessions, peerId, stickyCookie } from "./sticky.ts";
import type { Upstream } from "./upstream.ts";

/** What binds requests to servers (spec/nginx-plus.md (b)): a cookie, a route, or sessions that were learned. */
export class SessionBinding {
  private readonly server: NginxServer;

  constructor(server: NginxServer) {
    this.server = server;
  }

  /** Id of the peer that a request asks for, "" = none. */
  wanted(nowUs: number, exchange: Exchange, upstream: Upstream): string {
    const { sticky } = upstream.config;
    if (sticky === null) return "";
    if (sticky.kind === "cookie") return this.server.variables.value(`cookie_${sticky.name.toLowerCase()}`, exchange);
    if (sticky.kind === "route") return this.first(sticky.variables, exchange);
    const session = this.first(sticky.lookup, exchange);
    return session === "" ? "" : (this.learnedOf(upstream)?.peerOf(nowUs, session) ?? "");
  }

  /** The Set-Cookie that an answer gets, "" = none. */
  cookie(exchange: Exchange): string {
    const { choice, peer } = exchange;
    const { sticky } = choice.upstream.config;
    if (sticky?.kind !== "cookie") return "";
    const expand = (template: Template | null): string =>
      template === null ? "" : this.server.variables.expand(template, exchange);
    const texts = { domain: expand(sticky.domain), path: expand(sticky.path), samesite: expand(sticky.samesite) };
    return stickyCookie(sticky, peerId(choice.list.lines[peer] as PeerLine), texts);
  }

  /** The head of an answer that is passed on has come. */
  headCame(nowUs: number, exchange: Exchange): void {
    const { sticky } = exchange.choice.upstream.config;
    if (sticky?.kind === "learn" && sticky.header) this.learn(nowUs, exchange);
  }

  /** An answer has come whole. */
  completed(nowUs: number, exchange: Exchange): void {
    const { sticky } = exchange.choice.upstream.config;
    if (sticky?.kind === "learn" && !sticky.header) this.learn(nowUs, exchange);
  }

  private learn(nowUs: number, exchange: Exchange): void {
    const { choice, peer } = exchange;
    const { sticky } = choice.upstream.config;
    const learned = this.learnedOf(choice.upstream);
    if (sticky?.kind !== "learn" || learned === null) return;
    const created = this.first(sticky.create, exchange);
    const looked = this.first(sticky.lookup, exchange);
    const session = created !== "" ? created : learned.peerOf(nowUs, looked) === "" ? "" : looked;
    if (session !== "") learned.learn(nowUs, session, peerId(choice.list.lines[peer] as PeerLine));
  }

  private learnedOf(upstream: Upstream): LearnedSessions | null {
    return this.server.learned[this.server.config.upstreams.indexOf(upstream.config)] ?? null;
  }

  /** The first template that gives a text. */
  private first(templates: readonly Template[], exchange: Exchange): string {
    for (const template of templates) {
      const text = this.server.variables.expand(template, exchange);
      if (text !== "") return text;
    }
    return "";
  }
}
