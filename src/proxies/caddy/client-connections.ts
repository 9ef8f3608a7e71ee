import type { Outbox } from "../../contract/outbox.ts";
import { timerId } from "../shared/timer-id.ts";
import type { ServerConfig } from "./config/caddy-config.ts";
import { TimerKind } from "./timer-kind.ts";

/**
 * Client connections (Go net/http Server as caddyhttp/app.go sets it up, Caddy 2.6.2): everybody is accepted at once, an
 * idle connection is closed after the server's idle timeout.
 */
export class ClientConnections {
  private readonly servers: readonly ServerConfig[];
  private readonly outbox: Outbox;
  readonly remote: string[] = [];
  readonly server: number[] = [];
  /** Request in progress, -1 = none. */
  readonly request: number[] = [];
  private readonly idles: boolean[] = [];

  constructor(servers: readonly ServerConfig[], outbox: Outbox) {
    this.servers = servers;
    this.outbox = outbox;
  }

  arrived(connection: number, remote: string, listener: number): void {
    this.remote[connection] = remote;
    this.server[connection] = listener < this.servers.length ? listener : 0;
    this.request[connection] = -1;
    this.idles[connection] = false;
  }

  begin(connection: number, request: number): void {
    this.request[connection] = request;
    this.busy(connection);
  }

  /** Bytes of a head came. */
  busy(connection: number): void {
    if (this.idles[connection] !== true) return;
    this.idles[connection] = false;
    this.outbox.cancelTimer(timerId(TimerKind.IDLE, connection));
  }

  finished(connection: number, staysOpen: boolean): void {
    this.request[connection] = -1;
    if (!staysOpen) return;
    this.idles[connection] = true;
    const server = this.servers[this.server[connection] as number];
    if (server !== undefined && server.idleTimeoutUs > 0)
      this.outbox.setTimer(timerId(TimerKind.IDLE, connection), server.idleTimeoutUs);
  }

  idleTimer(connection: number): void {
    if (this.idles[connection] !== true) return;
    this.idles[connection] = false;
    this.outbox.drop(connection);
  }

  gone(connection: number): void {
    this.busy(connection);
    this.request[connection] = -1;
  }
}
