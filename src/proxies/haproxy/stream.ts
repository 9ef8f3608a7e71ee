import { type ClientRequest, type Header, NO_HEADERS, type ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import type { Backend } from "./backend.ts";
import type { BackendConnection } from "./backend-connections.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { FrontendConfig } from "./config/haproxy-config.ts";
import { ForwardRecord } from "./forwarded-request.ts";
import type { SampleValue } from "./samples/sample-value.ts";
import type { Server } from "./server.ts";
import type { StoredKey } from "./stick-tables.ts";

/** What a stream waits for. */
export const Phase = {
  NONE: 0,
  QUEUE: 1,
  TURN_AROUND: 2,
  CONNECT: 3,
  HEAD: 4,
  BODY: 5,
  TUNNEL: 6,
  TARPIT: 7,
} as const;

const NO_TEXT = new Text("");

/** One request of a client on its way; the record of a request id, reused. */
export class Stream {
  readonly id: number;
  phase: number = Phase.NONE;
  what!: ClientRequest;
  connection!: ClientConnection;
  frontend!: FrontendConfig;
  backend: Backend | null = null;
  server: Server | null = null;
  /** The server it was bound to when it ended: `%s` of the log. */
  lastServer: Server | null = null;
  /** The server holds a slot for it. */
  holdsSlot = false;
  /** A server was chosen; DIRECT = by persistence or use-server. */
  assigned = false;
  direct = false;
  forcePersist = false;
  ignorePersist = false;
  /** Order in the queues. */
  queueOrder = 0;
  /** The server in whose own queue it waits; null while it waits in the backend's. */
  queuedAt: Server | null = null;
  retriesLeft = 0;
  /** Server of the attempt that failed, for the redispatch. */
  previous: Server | null = null;
  redispatched = false;
  /** Termination code of the first connection error since the last success, "" = none. */
  connectError = "";
  noL7Retry = false;
  /** "V" valid, "D" down, "I" invalid, "U" unused, "N" none, "E" expired, "O" old. */
  cookieFlag = "N";
  /** Dates read from the persistence cookie, seconds; -1 = none. */
  cookieLast = -1;
  cookieFirst = -1;
  attempt = -1;
  ordinal = 0;
  link: BackendConnection | null = null;
  startedUs = 0;
  /** The client has gone and `option abortonclose` ends the stream as soon as it is sent. */
  abortWhenSent = false;
  /** The answer has begun. */
  headSent = false;
  staysOpen = false;
  backendKeepsOpen = false;
  /** Answer that a tarpit holds back. */
  tarpitStatus = 0;
  response: ResponseHead | null = null;
  method = "";
  /** As `http-request set-method` made it. */
  sentMethod = "";
  target: Text = NO_TEXT;
  host: Text = NO_TEXT;
  headers: readonly Header[] = NO_HEADERS;
  source = "";
  readonly variables = new Map<string, SampleValue>();
  /** Keys to store when the answer comes: table, key. */
  readonly stores: StoredKey[] = [];
  readonly forward = new ForwardRecord();

  constructor(id: number) {
    this.id = id;
  }

  begin(nowUs: number, connection: ClientConnection, what: ClientRequest): void {
    this.what = what;
    this.connection = connection;
    this.frontend = connection.bind.frontend.config;
    this.backend = null;
    this.server = null;
    this.lastServer = null;
    this.holdsSlot = false;
    this.assigned = false;
    this.direct = false;
    this.forcePersist = false;
    this.ignorePersist = false;
    this.queuedAt = null;
    this.previous = null;
    this.redispatched = false;
    this.connectError = "";
    this.noL7Retry = false;
    this.cookieFlag = "N";
    this.cookieLast = -1;
    this.cookieFirst = -1;
    this.attempt = -1;
    this.ordinal = 0;
    this.link = null;
    this.startedUs = nowUs;
    this.abortWhenSent = false;
    this.headSent = false;
    this.response = null;
    this.method = what.method;
    this.sentMethod = what.method;
    this.target = what.target;
    this.host = what.host;
    this.headers = what.headers;
    this.source = connection.remote;
    this.variables.clear();
    this.stores.length = 0;
    this.staysOpen = what.keepAlive && this.frontend.connectionMode !== "close";
  }
}
