import { Listen } from "../../contract/proxy-machine.ts";
import type { ClientConnection } from "./client-connection.ts";
import { DEFAULT_MAXCONN } from "./config/default-maxconn.ts";
import type { BindConfig, FrontendConfig, GlobalConfig } from "./config/haproxy-config.ts";

/** net.core.somaxconn of Linux since 5.4. */
const SOMAXCONN = 4096;

export class Frontend {
  readonly config: FrontendConfig;
  readonly maxconn: number;
  readonly binds: Bind[] = [];
  connections = 0;
  maxConnections = 0;
  sessions = 0;

  constructor(config: FrontendConfig, maxconn: number) {
    this.config = config;
    this.maxconn = maxconn;
  }
}

/** A listening socket: what the kernel has established waits here until HAProxy accepts it. */
export class Bind {
  readonly config: BindConfig;
  readonly frontend: Frontend;
  readonly maxconn: number;
  readonly backlog: number;
  readonly waiting = new Set<ClientConnection>();
  connections = 0;
  /** When it began to wait for the global limit, in order; 0 = it does not. */
  waitsSince = 0;

  constructor(config: BindConfig, frontend: Frontend) {
    this.config = config;
    this.frontend = frontend;
    this.maxconn = config.maxconn ?? frontend.maxconn;
    const backlog = config.backlog ?? frontend.config.backlog ?? config.maxconn ?? frontend.maxconn;
    this.backlog = Math.min(backlog === 0 ? this.maxconn : backlog, SOMAXCONN);
  }
}

/** Limits of client connections (spec/haproxy.md Appendix C; src/listener.c, 2.6.12). */
export class Listeners {
  readonly frontends: readonly Frontend[];
  readonly binds: readonly Bind[];
  private readonly maxconn: number;
  private connections = 0;
  private waitOrder = 0;
  private draining = false;
  /** Called for each connection in the order of accepting. */
  accepted: (nowUs: number, connection: ClientConnection) => void = () => undefined;

  constructor(frontends: readonly FrontendConfig[], global: GlobalConfig) {
    this.maxconn = global.maxconn ?? DEFAULT_MAXCONN;
    this.frontends = frontends.map((config) => new Frontend(config, config.maxconn ?? this.maxconn));
    for (const frontend of this.frontends)
      if (!frontend.config.disabled)
        for (const bind of frontend.config.binds) frontend.binds.push(new Bind(bind, frontend));
    this.binds = this.frontends.flatMap(({ binds }) => binds);
  }

  /** A SYN: answers what the kernel does; what is accepted at once is not waiting. */
  arrived(nowUs: number, connection: ClientConnection): number {
    const { bind } = connection;
    if (bind.waiting.size > bind.backlog) return Listen.DROPPED;
    bind.waiting.add(connection);
    this.drain(nowUs, bind);
    return Listen.ESTABLISHED;
  }

  /** An accepted connection is closed: its place goes to its own frontend first, then to who waits longest. */
  closed(nowUs: number, { bind }: ClientConnection): void {
    bind.connections--;
    bind.frontend.connections--;
    this.connections--;
    if (this.draining) return;
    this.draining = true;
    for (const own of bind.frontend.binds) this.drain(nowUs, own);
    const others = this.binds.filter(({ waitsSince }) => waitsSince > 0).sort((a, b) => a.waitsSince - b.waitsSince);
    for (const other of others) this.drain(nowUs, other);
    this.draining = false;
  }

  private drain(nowUs: number, bind: Bind): void {
    const { frontend } = bind;
    bind.waitsSince = 0;
    for (const connection of bind.waiting) {
      if (bind.connections >= bind.maxconn || frontend.connections >= frontend.maxconn) return;
      if (this.connections >= this.maxconn) {
        bind.waitsSince = ++this.waitOrder;
        return;
      }
      bind.waiting.delete(connection);
      bind.connections++;
      frontend.connections++;
      frontend.sessions++;
      frontend.maxConnections = Math.max(frontend.maxConnections, frontend.connections);
      this.connections++;
      this.accepted(nowUs, connection);
    }
  }
}
