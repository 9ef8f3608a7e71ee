import type { BindConfig, FrontendConfig } from "./config/haproxy-config.ts";
import type { ClientConnection } from "./client-connection.ts";

/** A frontend section and how many connections it has. */
export class Frontend {
  readonly config: FrontendConfig;
  readonly maxconn: number;
  connections = 0;
  total = 0;

  /** @param globalMaxconn of the process */
  constructor(config: FrontendConfig, globalMaxconn: number) {
    this.config = config;
    this.maxconn = config.maxconn ?? globalMaxconn;
  }
}

/** A `bind` line: a listening socket with its kernel queue (spec/haproxy.md appendix C). */
export class Listener {
  readonly frontend: Frontend;
  readonly bind: BindConfig;
  readonly maxconn: number;
  /** Connections that the kernel holds for the proxy: backlog + 1. */
  readonly places: number;
  connections = 0;
  readonly waiting: ClientConnection[] = [];

  constructor(frontend: Frontend, bind: BindConfig) {
    this.frontend = frontend;
    this.bind = bind;
    this.maxconn = bind.maxconn ?? Number.POSITIVE_INFINITY;
    const backlog = bind.backlog ?? frontend.config.backlog ?? bind.maxconn ?? frontend.maxconn;
    this.places = Math.min(backlog, SOMAXCONN) + 1;
  }

  /** Another connection may be accepted as far as listener and frontend are concerned. */
  get isOpen(): boolean {
    return this.connections < this.maxconn && this.frontend.connections < this.frontend.maxconn;
  }
}

/** net.core.somaxconn of Linux since 5.4. */
const SOMAXCONN = 4096;
