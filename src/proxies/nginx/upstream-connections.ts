import type { Outbox } from "../../contract/outbox.ts";
import { SpareIds } from "../shared/spare-ids.ts";
import { timerId } from "../shared/timer-id.ts";
import type { KeepaliveConfig } from "./config/upstream-config.ts";
import { TimerKind } from "./timer-kind.ts";
import type { Worker } from "./worker.ts";

/** A connection to a server. */
export interface BackendConnection {
  readonly id: number;
  readonly address: number;
  readonly worker: Worker;
  readonly openedUs: number;
  requests: number;
  /** Where it is kept while it is idle. */
  keptBy: KeptConnections | null;
}

/** All connections to servers by id; each takes a place of its worker. */
export class BackendConnections {
  private readonly owners: (BackendConnection | null)[] = [];
  private readonly ids = new SpareIds();
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  /** The place must have been taken. */
  open(nowUs: number, worker: Worker, address: number): BackendConnection {
    const id = this.ids.take();
    const connection = { id, address, worker, openedUs: nowUs, requests: 0, keptBy: null };
    this.owners[id] = connection;
    return connection;
  }

  byId(id: number): BackendConnection | null {
    return this.owners[id] ?? null;
  }

  /** It is gone by itself: closed by its peer, or never came to stand. */
  lost(connection: BackendConnection): void {
    if (this.owners[connection.id] !== connection) return;
    this.owners[connection.id] = null;
    this.ids.give(connection.id);
    connection.worker.places.give();
  }

  close(connection: BackendConnection): void {
    this.outbox.closeBackend(connection.id);
    this.lost(connection);
  }
}

/** The idle connections that a worker keeps to the servers of an upstream (`keepalive`; ngx_http_upstream_keepalive_module.c). */
export class KeptConnections {
  private readonly config: KeepaliveConfig;
  private readonly connections: BackendConnections;
  private readonly outbox: Outbox;
  /** Kept last at the end. */
  private readonly idle: BackendConnection[] = [];

  constructor(config: KeepaliveConfig, connections: BackendConnections, outbox: Outbox) {
    this.config = config;
    this.connections = connections;
    this.outbox = outbox;
  }

  /** The connection to an address that was kept last, or null. */
  take(address: number): BackendConnection | null {
    const { idle } = this;
    for (let i = idle.length - 1; i >= 0; i--) {
      const connection = idle[i] as BackendConnection;
      if (connection.address !== address) continue;
      idle.splice(i, 1);
      this.forget(connection);
      return connection;
    }
    return null;
  }

  /** Keeps a connection after an answer, unless it has lived or carried enough; beyond the number the oldest is closed. */
  keep(nowUs: number, connection: BackendConnection): void {
    const { idle, config } = this;
    if (connection.requests >= config.requests || nowUs - connection.openedUs > config.timeUs) {
      this.connections.close(connection);
      return;
    }
    if (idle.length >= config.connections) {
      const oldest = idle.shift() as BackendConnection;
      this.forget(oldest);
      this.connections.close(oldest);
    }
    idle.push(connection);
    connection.keptBy = this;
    this.outbox.setTimer(timerId(TimerKind.KEPT, connection.id), config.timeoutUs);
  }

  /** keepalive_timeout. */
  timedOut(connection: BackendConnection): void {
    this.drop(connection);
    this.connections.close(connection);
  }

  /** The server closed it. */
  drop(connection: BackendConnection): void {
    const at = this.idle.indexOf(connection);
    if (at < 0) return;
    this.idle.splice(at, 1);
    this.forget(connection);
  }

  private forget(connection: BackendConnection): void {
    connection.keptBy = null;
    this.outbox.cancelTimer(timerId(TimerKind.KEPT, connection.id));
  }
}
