import type { Outbox } from "../../contract/outbox.ts";
import type { Server } from "./server.ts";
import { SpareIds } from "./spare-ids.ts";

/** `pool-purge-delay`, default 5 s: an idle connection that nobody needs is closed (spec: HAProxy 2.6 manual). */
const PURGE_US = 5_000_000;

/** A connection to a server. */
export class BackendConnection {
  readonly id: number;
  readonly server: Server;
  /** Requests sent on it. */
  uses = 0;
  idleSinceUs = 0;

  constructor(id: number, server: Server) {
    this.id = id;
    this.server = server;
  }
}

/** Connections to servers and `http-reuse` (src/backend.c, connect_server, 2.6.12). */
export class BackendConnections {
  private readonly outbox: Outbox;
  private readonly ids = new SpareIds();
  private readonly byId: (BackendConnection | null)[] = [];
  private readonly idle = new Map<Server, BackendConnection[]>();

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
   * has been used again before (aggressive), any (always).
   */
  take(nowUs: number, server: Server, isFirstRequest: boolean): BackendConnection | null {
    const { httpReuse } = server.backend.config;
    const idle = this.idle.get(server);
    if (idle === undefined || httpReuse === "never") return null;
    this.purge(nowUs, idle);
    const wanted = (each: BackendConnection): boolean =>
      !isFirstRequest || httpReuse === "always" || (httpReuse === "aggressive" && each.uses > 1);
    const at = idle.findLastIndex(wanted);
    return at < 0 ? null : (idle.splice(at, 1)[0] ?? null);
  }

  give(nowUs: number, connection: BackendConnection): void {
    const { httpReuse } = connection.server.backend.config;
    if (httpReuse === "never") {
      this.close(connection);
      return;
    }
    connection.idleSinceUs = nowUs;
    let idle = this.idle.get(connection.server);
    if (idle === undefined) {
      idle = [];
      this.idle.set(connection.server, idle);
    }
    this.purge(nowUs, idle);
    idle.push(connection);
  }

  /** Whether an idle connection with this id to this server still stands. */
  isOpen(id: number, server: Server): boolean {
    return this.byId[id]?.server === server;
  }

  private purge(nowUs: number, idle: BackendConnection[]): void {
    while (idle[0] !== undefined && nowUs - idle[0].idleSinceUs >= PURGE_US) this.close(idle[0]);
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
    const idle = this.idle.get(connection.server);
    const at = idle?.indexOf(connection) ?? -1;
    if (at >= 0) idle?.splice(at, 1);
  }

  idleClosed(id: number): void {
    const connection = this.byId[id];
    if (connection != null) this.lost(connection);
  }
}
