import {
  type ClientRequest,
  type ForwardedRequest,
  type Header,
  NO_HEADERS,
  type ResponseHead,
} from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { Backend } from "./backend.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { Frontend } from "./frontend.ts";
import type { Server } from "./server.ts";
import type { BackendConnection } from "./server-connections.ts";

/** What a stream waits for. */
export const Phase = {
  NONE: 0,
  TARPIT: 1,
  /** A slot of its server. */
  SERVER_QUEUE: 2,
  /** A slot of any server. */
  BACKEND_QUEUE: 3,
  CONNECT: 4,
  /** The pause before the same server is tried again. */
  TURN_AROUND: 5,
  HEAD: 6,
  BODY: 7,
  TUNNEL: 8,
} as const;

const NO_TEXT = new Text("");

class ForwardRecord implements ForwardedRequest {
  method = "";
  target: Text = NO_TEXT;
  host: Text = NO_TEXT;
  cookie: Text | null = null;
  headers: readonly Header[] = NO_HEADERS;
  bodyBytes = 0;
  upgrade: string | null = null;
  readonly expectContinue = false;
  headBytes = 0;
}

/** A request on its way through the proxy (HAProxy: struct stream). Its id is that of the request, and of its attempts. */
export class Stream {
  readonly id: number;
  connection!: ClientConnection;
  frontend!: Frontend;
  what!: ClientRequest;
  phase: number = Phase.NONE;
  arrivedUs = 0;
  queuedUs = 0;

  // the request as rules have left it
  method = "";
  target: Text = NO_TEXT;
  host: Text = NO_TEXT;
  cookie: Text | null = null;
  headers: readonly Header[] = NO_HEADERS;
  readonly vars = new Map<string, string | number | boolean>();
  source = "";

  backend: Backend | null = null;
  server: Server | null = null;
  /** It holds a slot of its server. */
  hasSlot = false;
  isDirect = false;
  isAssigned = false;
  isForced = false;
  isIgnored = false;
  isRedispatched = false;
  retries = 0;
  mayRetryL7 = true;
  /** Kind of the first connect error since the last connect that stood: false = refused, true = timed out. */
  connectTimedOut: boolean | null = null;
  isReused = false;
  attempts = 0;
  backendConnection: BackendConnection | null = null;
  readonly forward = new ForwardRecord();
  head: ResponseHead | null = null;
  staysOpen = false;
  /** Keys of stick-store rules of the request, by table. */
  readonly stored = new Map<number, string>();
  /** The client has gone; the request goes on for nobody. */
  isAbandoned = false;
  /** What the log says: termination state, four characters. */
  termination = "----";
  /** State of the persistence cookie in the request and in the answer, as in the log. */
  cookieIn = "-";
  cookieOut = "-";
  /** The cookie's value in the request had dates that need to be renewed. */
  renewsCookie = false;
  /** Whole seconds of the first date of a cookie with maxlife. */
  cookieFirstS = 0;

  constructor(id: number) {
    this.id = id;
  }

  begin(nowUs: number, connection: ClientConnection, frontend: Frontend, what: ClientRequest): void {
    this.connection = connection;
    this.frontend = frontend;
    this.what = what;
    this.phase = Phase.NONE;
    this.arrivedUs = nowUs;
    this.method = what.method;
    this.target = what.target;
    this.host = what.host;
    this.cookie = what.cookie;
    this.headers = what.headers;
    if (this.vars.size > 0) this.vars.clear();
    this.source = connection.remote;
    this.backend = null;
    this.server = null;
    this.hasSlot = false;
    this.isDirect = false;
    this.isAssigned = false;
    this.isForced = false;
    this.isIgnored = false;
    this.isRedispatched = false;
    this.retries = 0;
    this.mayRetryL7 = true;
    this.connectTimedOut = null;
    this.isReused = false;
    this.attempts = 0;
    this.backendConnection = null;
    this.head = null;
    this.staysOpen = false;
    if (this.stored.size > 0) this.stored.clear();
    this.isAbandoned = false;
    this.termination = "----";
    this.cookieIn = "-";
    this.cookieOut = "-";
    this.renewsCookie = false;
    this.cookieFirstS = 0;
  }

  /** All values of a request header by its lower-case name, in order. */
  requestHeaders(name: string): readonly string[] {
    if (name === "host") return [this.host.text];
    if (name === "cookie") return this.cookie === null ? [] : [this.cookie.text];
    if (name === "upgrade") return this.what.upgrade === null ? [] : [this.what.upgrade];
    if (name === "connection")
      return [this.what.upgrade === null ? (this.what.keepAlive ? "keep-alive" : "close") : "Upgrade"];
    if (name === "content-length") return this.what.bodyBytes > 0 ? [String(this.what.bodyBytes)] : [];
    return this.headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  }

  /** All values of a header of the server's answer. */
  responseHeaders(name: string): readonly string[] {
    const { head } = this;
    if (head === null) return [];
    if (name === "set-cookie") return head.setCookies.map(({ text }) => text);
    if (name === "location") return head.location === null ? [] : [head.location.text];
    return head.headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  }
}
