import type { Outbox } from "../../contract/outbox.ts";
import { SpareIds } from "../shared/spare-ids.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { Server } from "./server.ts";

/** `pool-purge-delay`, default 5 s: an idle connection that nobody needs is closed (spec: HAProxy 2.6 manual). */
const PURGE_US = 5_000_000;

/** `max-session-srv-conns`, default 5: idle connections that a session keeps for itself. */
const SESSION_CONNECTIONS = 5;

/** A connection to a server. */
export class BackendConnection {
  readonly id: number;
  readonly server: Server;
  /** Requests sent on it. */
  uses = 0;
  idleSinceUs = 0;
  /** Neighbours in the list in which it is idle; `list` null = it is in use. */
  older: BackendConnection | null = null;
  younger: BackendConnection | null = null;
  list: IdleList | null = null;

  constructor(id: number, server: Server) {
    this.id = id;
    this.server = server;
  }
}

/** Idle connections in the order in which they became idle; whoever goes leaves at once, wherever it stands. */
class IdleList {
  oldest: BackendConnection | null = null;
  youngest: BackendConnection | null = null;

  add(connection: BackendConnection): void {
    connection.list = this;
    connection.older = this.youngest;
    if (this.youngest === null) this.oldest = connection;
    else this.youngest.younger = connection;
    this.youngest = connection;
  }

  remove(connection: BackendConnection): void {
    const { older, younger } = connection;
    if (older === null) this.oldest = younger;
    else older.younger = younger;
    if (younger === null) this.youngest = older;
    else younger.older = older;
    connection.older = null;
    connection.younger = null;
    connection.list = null;
  }
}

/** Idle connections of a server: those that have been used again before, and the others. */
interface IdleConnections {
  readonly proven: IdleList;
  readonly fresh: IdleList;
}

/** Connections to servers and `http-reuse` (src/backend.c, connect_server, 2.6.12). */
export class BackendConnections {
  private readonly outbox: Outbox;
  private readonly ids = new SpareIds();
  private readonly byId: (BackendConnection | null)[] = [];
  private readonly idle = new Map<Server, IdleConnections>();

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  open(server: Server): BackendConnection {
    const connection = new BackendConnection(this.ids.take(), server);
    this.byId[connection.id] = connection;
    return connection;
  }

  /**
   * An idle connection that the request may use, the youngest first: a first request of a client none (safe), one that
   * has been used again before (aggressive), any (always). With `never` it is one of the client's own.
   */
  take(nowUs: number, server: Server, { requests, ownLinks }: ClientConnection): BackendConnection | null {
    const { httpReuse } = server.backend.config;
    if (httpReuse === "never") return ownLinks.find((own) => own.server === server && this.isOpen(own)) ?? null;
    const isFirstRequest = requests === 1;
    const idle = this.idle.get(server);
    if (idle === undefined) return null;
    this.purge(nowUs, idle);
    if (isFirstRequest && httpReuse === "safe") return null;
    const proven = idle.proven.youngest;
    const fresh = isFirstRequest && httpReuse === "aggressive" ? null : idle.fresh.youngest;
    const isProvenYounger = proven !== null && (fresh === null || proven.idleSinceUs >= fresh.idleSinceUs);
    const taken = isProvenYounger ? proven : fresh;
    taken?.list?.remove(taken);
    return taken;
  }

  give(nowUs: number, connection: BackendConnection, client: ClientConnection): void {
    client.lastLink = connection;
    if (connection.server.backend.config.httpReuse === "never") {
      this.keepFor(client, connection);
      return;
    }
    connection.idleSinceUs = nowUs;
    let idle = this.idle.get(connection.server);
    if (idle === undefined) {
      idle = { proven: new IdleList(), fresh: new IdleList() };
      this.idle.set(connection.server, idle);
    }
    this.purge(nowUs, idle);
    (connection.uses > 1 ? idle.proven : idle.fresh).add(connection);
  }

  /** `http-reuse never` makes connections private to a session, not short-lived (src/backend.c, connect_server, 2.6.12). */
  private keepFor(client: ClientConnection, connection: BackendConnection): void {
    const others = client.ownLinks.filter((own) => own !== connection && this.isOpen(own));
    if (others.length >= SESSION_CONNECTIONS) this.close(connection);
    else client.ownLinks = [...others, connection];
  }

  /** The client's connection is closed, and those that were kept for it. */
  clientClosed({ ownLinks }: ClientConnection): void {
    for (const own of ownLinks) if (this.isOpen(own)) this.close(own);
  }

  /** Whether a connection still stands, idle or in use. */
  isOpen(connection: BackendConnection): boolean {
    return this.byId[connection.id] === connection;
  }

  private purge(nowUs: number, { proven, fresh }: IdleConnections): void {
    for (const list of [proven, fresh])
      while (list.oldest !== null && nowUs - list.oldest.idleSinceUs >= PURGE_US) this.close(list.oldest);
  }

  close(connection: BackendConnection): void {
    this.outbox.closeBackend(connection.id);
    this.lost(connection);
  }

  /** The connection is gone by itself. */
  lost(connection: BackendConnection): void {
    if (this.byId[connection.id] !== connection) return;
    this.byId[connection.id] = null;
    this.ids.give(connection.id);
    connection.list?.remove(connection);
  }

  idleClosed(id: number): void {
    const connection = this.byId[id];
    if (connection != null) this.lost(connection);
  }
}
