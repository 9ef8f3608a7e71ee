import { type ClientRequest, type Header, NO_HEADERS } from "../../contract/http-message.ts";
import type { Text } from "../../contract/text.ts";
import type { Balancer } from "./balancer.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { BackendConnection } from "./connection-pool.ts";
import type { ExpressionContext } from "./expression.ts";
import { ForwardRecord } from "./forwarded-request.ts";
import type { HeaderContext } from "./header-rules.ts";
import type { ReadyServer } from "./proxy-server.ts";
import type { RequestExtras } from "./request-extras.ts";
import { expressionsOf, serverVariable } from "./server-variables.ts";
import type { SessionValue } from "./session-value.ts";
import type { Route } from "./url-mapping.ts";

/** What an exchange waits for. */
export const Phase = {
  NONE: 0,
  /** A usable member (balancer timeout). */
  MEMBER: 1,
  /** A place in the member's pool. */
  POOL: 2,
  CONNECT: 3,
  /** The interim "100 Continue". */
  CONTINUE: 4,
  HEAD: 5,
  BODY: 6,
  /** An answer that the proxy replaces by its own page (ProxyErrorOverride): read to its end. */
  DISCARD: 7,
  TUNNEL: 8,
} as const;

/**
 * One client request on its way through the proxy. The record of a request id, reused. Apache has one attempt of a request
 * at a time, so the attempt's id is the request's.
 */
export class Exchange implements HeaderContext {
  readonly id: number;
  connection: ClientConnection | null = null;
  what: ClientRequest | null = null;
  /** Virtual host that answers. */
  site!: ReadyServer;
  route: Route | null = null;
  /** Path and query after a RewriteRule changed them; null = as they were asked for. */
  rewritten: { readonly path: string; readonly query: string | null } | null = null;
  /** Address of the client, as mod_remoteip understands it. */
  remote = "";
  /** Headers of the client after mod_remoteip; null = as it sent them. */
  clientHeaders: readonly Header[] | null = null;
  /** Null while the request leads to no balancer. */
  balancer: Balancer | null = null;
  phase: number = Phase.NONE;
  arrivedAtUs = 0;
  nowUs = 0;

  /** Cookie and headers after RequestHeader. */
  cookie: Text | null = null;
  headers: readonly Header[] = NO_HEADERS;
  readonly forward = new ForwardRecord();

  /** Member of the current attempt, or of the last; -1 = none yet. */
  member = -1;
  /** Members that were counted busy; given back when the whole request is over. */
  readonly tried: number[] = [];
  triedCount = 0;
  /** Tries beyond the first. */
  attempts = 0;
  /** Attempts started so far, for explanations. */
  ordinal = 0;
  /** Steps of the balancer timeout that are left. */
  stepsLeft = 0;
  stepUs = 0;
  backend: BackendConnection | null = null;
  /** The connection had carried a request before this one. */
  reused = false;

  /** The wait for a status line timed out (note proxy_timedout); stays for the rest of the request. */
  timedOut = false;
  /** "Expect: 100-Continue" was added; it stays for further attempts. */
  expects = false;
  /** mod_proxy set its own status line for a 503. */
  proxyError = false;

  /** What rules set before a member was chosen; null = nothing. */
  extras: RequestExtras | null = null;

  // Environment.
  session: SessionValue | null = null;
  routeChanged = false;
  status = 0;

  /** The last attempt had a member: failonstatus and failontimeout are its affair. */
  blames = true;
  /** The client connection stays open after the answer. */
  staysOpen = false;
  /** Answers on the client connection before this one. */
  keepalivesBefore = 0;
  /** The member keeps its connection open after the answer. */
  backendKeepsOpen = false;

  constructor(id: number) {
    this.id = id;
  }

  begin(nowUs: number, connection: ClientConnection): void {
    this.connection = connection;
    this.what = connection.what;
    this.remote = connection.remote;
    this.clientHeaders = null;
    this.rewritten = null;
    this.route = null;
    this.balancer = null;
    this.phase = Phase.NONE;
    this.arrivedAtUs = nowUs;
    this.nowUs = nowUs;
    this.member = -1;
    this.triedCount = 0;
    this.attempts = 0;
    this.ordinal = 0;
    this.backend = null;
    this.timedOut = false;
    this.expects = false;
    this.proxyError = false;
    this.extras = null;
    this.session = null;
    this.routeChanged = false;
    this.status = 0;
    this.blames = true;
  }

  /** Environment of the request (spec/apache.md 5), null = not set. */
  env(name: string): string | null {
    const { balancer, member, session } = this;
    switch (name) {
      case "BALANCER_NAME":
        return balancer?.config == null || member < 0 ? null : `balancer://${balancer.name}`;
      case "BALANCER_WORKER_NAME":
        return balancer?.config == null || member < 0 ? null : (balancer.members[member]?.url ?? null);
      case "BALANCER_WORKER_ROUTE":
        return balancer?.config == null || member < 0 ? null : (balancer.routes[member] ?? null);
      case "BALANCER_SESSION_STICKY":
        return session === null || session.route === null ? null : session.name;
      case "BALANCER_SESSION_ROUTE":
        return session === null ? null : session.route;
      case "BALANCER_ROUTE_CHANGED":
        return this.routeChanged ? "1" : null;
      default:
        return this.extras?.environment.get(name) ?? null;
    }
  }

  serverVariable(name: string): string | null {
    return serverVariable(this, name);
  }

  expressions(): ExpressionContext {
    return expressionsOf(this);
  }

  requestHeader(name: string): string | null {
    const lower = name.toLowerCase();
    if (lower === "cookie") return this.cookie?.text ?? null;
    if (lower === "host") return this.what?.host.text ?? null;
    return this.headers.find((header) => header.name.toLowerCase() === lower)?.value ?? null;
  }
}
