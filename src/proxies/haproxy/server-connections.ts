import type { Outbox } from "../../contract/outbox.ts";
import type { Server } from "./server.ts";

/** A connection to a server. */
export interface BackendConnection {
  readonly id: number;
  readonly server: Server;
  /** Requests that it has carried to their answer. */
  requests: number;
  isIdle: boolean;
}

/** Ids are used again only when this many are free, the longest free first: a late word about an old one finds no new owner. */
const SPARE_IDS = 64;

/** All connections to servers, and the idle ones of each server, used last first. */
export class ServerConnections {
  private readonly owners: (BackendConnection | null)[] = [];
  private readonly free: number[] = [];
  private readonly idle = new Map<Server, BackendConnection[]>();
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  open(server: Server): BackendConnection {
    const id = this.free.length > SPARE_IDS ? (this.free.shift() as number) : this.owners.length;
    const connection = { id, server, requests: 0, isIdle: false };
    this.owners[id] = connection;
    return connection;
  }

  byId(id: number): BackendConnection | null {
    return this.owners[id] ?? null;
  }

  /** An idle connection of the server: the client's own, or one that `accept` takes; null when there is none. */
  take(
    server: Server,
    own: BackendConnection | null,
    accept: (connection: BackendConnection) => boolean,
  ): BackendConnection | null {
    const idle = this.idle.get(server);
    if (idle === undefined) return null;
    if (own !== null && own.isIdle && own.server === server) return this.wake(idle, own);
    for (let i = idle.length - 1; i >= 0; i--) {
      const connection = idle[i] as BackendConnection;
      if (accept(connection)) return this.wake(idle, connection);
    }
    return null;
  }

  keep(connection: BackendConnection): void {
    connection.isIdle = true;
    const idle = this.idle.get(connection.server);
    if (idle === undefined) this.idle.set(connection.server, [connection]);
    else idle.push(connection);
  }

  /** It is gone by itself. */
  lost(connection: BackendConnection): void {
    if (this.owners[connection.id] !== connection) return;
    if (connection.isIdle) this.wake(this.idle.get(connection.server) ?? [], connection);
    this.owners[connection.id] = null;
    this.free.push(connection.id);
  }

  close(connection: BackendConnection): void {
    this.outbox.closeBackend(connection.id);
    this.lost(connection);
  }

  /** Closes all idle connections of a server that went down. */
  closeIdle(server: Server): void {
    for (const connection of [...(this.idle.get(server) ?? [])]) this.close(connection);
  }

  private wake(idle: BackendConnection[], connection: BackendConnection): BackendConnection {
    const at = idle.indexOf(connection);
    if (at >= 0) idle.splice(at, 1);
    connection.isIdle = false;
    return connection;
  }
}
