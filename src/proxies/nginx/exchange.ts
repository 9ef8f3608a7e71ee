import type { ClientRequest, ForwardedRequest, Header, ResponseHead } from "../../contract/http-message.ts";
import { NO_HEADERS } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { LocationConfig } from "./config/location-config.ts";
import type { ServerConfig } from "./config/nginx-config.ts";
import type { LimitConnCounts } from "./limit-conn.ts";
import { PeerChoice } from "./peer-choice.ts";
import type { BackendConnection } from "./upstream-connections.ts";

/** What a request waits for. */
export const Phase = {
  NONE: 0,
  /** Its turn in limit_req. */
  LIMIT_REQ: 1,
  /** A server that can be chosen (`queue`). */
  QUEUE: 2,
  CONNECT: 3,
  HEAD: 4,
  BODY: 5,
  TUNNEL: 6,
  /** The body of an answer that is not passed on. */
  DISCARD: 7,
} as const;

const NO_TEXT = new Text("");

/** A request as the server sees it; the record of an exchange, filled anew for each attempt. */
class ForwardRecord implements ForwardedRequest {
  method = "";
  target: Text = NO_TEXT;
  host: Text = NO_TEXT;
  cookie: Text | null = null;
  headers: readonly Header[] = NO_HEADERS;
  bodyBytes = 0;
  upgrade: string | null = null;
  connection: string | null = null;
  readonly expectContinue = false;
  headBytes = 0;
}

/** A request from its head to the end of its answer. Its id is that of the request, and of its attempts. */
export class Exchange {
  readonly id: number;
  connection!: ClientConnection;
  what!: ClientRequest;
  server!: ServerConfig;
  location!: LocationConfig;
  phase: number = Phase.NONE;

  /** $uri and $args now; rewrites change them. */
  uri = "";
  args: string | null = null;
  /** The URI has been changed by a rewrite: it is made anew for the server. */
  isRewritten = false;
  /** The URI still begins with what the location matched; not after `rewrite … break` (nginx: valid_location). */
  hasPrefix = true;
  method = "";
  /** $remote_addr, after realip. */
  remote = "";
  /** Variables that `set` and named groups have given a value. */
  readonly set = new Map<string, string>();
  /** $1 … of the expression that matched last. */
  captures: readonly (string | undefined)[] = [];
  /** Internal redirects so far. */
  redirects = 0;
  /** Status that error_page gives the answer; 0 = none. */
  statusOverride = 0;
  /** An error page is being made: no further one. */
  isErrorPage = false;
  /** An error has been answered after which nginx closes the client's connection. */
  mustClose = false;

  readonly choice = new PeerChoice();
  /** Peer of the attempt, or -1. */
  peer = -1;
  attempts = 0;
  triesLeft = 0;
  startedMs = 0;
  /** The request has been sent to a server, at least in part. */
  isSent = false;
  isReused = false;
  backend: BackendConnection | null = null;
  readonly forward = new ForwardRecord();
  /** Head of the server's answer that is passed on. */
  head: ResponseHead | null = null;
  staysOpen = false;
  /** limit_req and limit_conn have looked at it: they do so once a request. */
  isRateCounted = false;
  isConnectionCounted = false;
  /** Keys that it holds in limit_conn zones. */
  readonly limits: { readonly counts: LimitConnCounts; readonly key: string }[] = [];
  /** $upstream_addr and $upstream_status. */
  readonly upstreamAddresses: string[] = [];
  readonly upstreamStatuses: string[] = [];

  constructor(id: number) {
    this.id = id;
  }

  begin(connection: ClientConnection, what: ClientRequest, server: ServerConfig): void {
    this.connection = connection;
    this.what = what;
    this.server = server;
    this.location = server.root;
    this.phase = Phase.NONE;
    this.isRewritten = false;
    this.hasPrefix = true;
    this.method = what.method;
    this.remote = connection.remote;
    if (this.set.size > 0) this.set.clear();
    this.captures = [];
    this.redirects = 0;
    this.statusOverride = 0;
    this.isErrorPage = false;
    this.mustClose = false;
    this.isRateCounted = false;
    this.isConnectionCounted = false;
    this.peer = -1;
    this.attempts = 0;
    this.isSent = false;
    this.isReused = false;
    this.backend = null;
    this.head = null;
    this.staysOpen = false;
    this.upstreamAddresses.length = 0;
    this.upstreamStatuses.length = 0;
  }

  /** Value of a request header by its lower-case name; null when it was not sent. */
  requestHeader(name: string): string | null {
    const { what } = this;
    if (name === "host") return what.host.text;
    if (name === "cookie") return what.cookie?.text ?? null;
    if (name === "upgrade") return what.upgrade;
    if (name === "connection") return what.upgrade === null ? (what.keepAlive ? "keep-alive" : "close") : "upgrade";
    return what.headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
  }
}
