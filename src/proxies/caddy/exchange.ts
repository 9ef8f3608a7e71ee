import type { ClientRequest, Header } from "../../contract/http-message.ts";
import { NO_HEADERS } from "../../contract/http-message.ts";
import type { Text } from "../../contract/text.ts";
import type { HeaderOperation } from "./config/caddy-config.ts";
import { ForwardRecord } from "./forwarded-request.ts";
import type { Selecting } from "./lbmethods/selection-policy.ts";
import type { ReadyProxy } from "./ready-proxy.ts";
import type { BackendConnection } from "./transport-pool.ts";

/** What an exchange waits for. */
export const Phase = { NONE: 0, PAUSE: 1, CONNECT: 2, HEAD: 3, BODY: 4, DISCARD: 5, TUNNEL: 6 } as const;

/** What the last attempt came to (spec/caddy.md 2). */
export const Failure = {
  NONE: 0,
  /** No upstream was available and no attempt had failed before: 503. */
  NO_UPSTREAM: 1,
  /** No connection, also when it took too long: 502. */
  DIAL: 2,
  /** After the connection: 502. */
  BROKEN: 3,
  /** After the connection, a time limit: 504. */
  TIMEOUT: 4,
} as const;

/** One client request on its way through a reverse_proxy handler; the record of a request id, reused. */
export class Exchange implements Selecting {
  readonly id: number;
  what: ClientRequest | null = null;
  remote = "";
  connection = -1;
  proxy: ReadyProxy | null = null;
  phase: number = Phase.NONE;
  /** Upstream of the running attempt; -1 = none. */
  upstream = -1;
  attempt = -1;
  backend: BackendConnection | null = null;
  reused = false;
  startUs = 0;
  attemptUs = 0;
  retries = 0;
  /** Attempts so far, for explanations. */
  ordinal = 0;
  failure: number = Failure.NONE;
  /** An attempt that failed has closed the request's body: the next can't send it (Caddy 2.6.2). */
  bodyGone = false;
  status = 0;
  backendKeepsOpen = false;
  staysOpen = false;
  /** Set-Cookie lines that selections added. */
  readonly cookies: Text[] = [];
  target: Text | null = null;
  method = "";
  headers: readonly Header[] = NO_HEADERS;
  readonly responseHeaders: HeaderOperation[] = [];
  readonly forward = new ForwardRecord();

  constructor(id: number) {
    this.id = id;
  }

  begin(nowUs: number, connection: number, remote: string, what: ClientRequest): void {
    this.what = what;
    this.remote = remote;
    this.connection = connection;
    this.proxy = null;
    this.phase = Phase.NONE;
    this.upstream = -1;
    this.attempt = -1;
    this.backend = null;
    this.startUs = nowUs;
    this.retries = 0;
    this.ordinal = 0;
    this.failure = Failure.NONE;
    this.bodyGone = false;
    this.status = 0;
    this.cookies.length = 0;
    this.responseHeaders.length = 0;
    this.target = what.target;
    this.method = what.method;
    this.headers = what.headers;
    this.staysOpen = what.keepAlive;
  }
}
