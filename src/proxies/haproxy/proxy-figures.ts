import type { RandomSource } from "../../contract/proxy-machine.ts";
import type { Backend } from "./backend.ts";
import type { Listeners } from "./listeners.ts";
import type { ProxyFigures } from "./samples/fetch.ts";
import type { Server } from "./server.ts";
import type { Stream } from "./stream.ts";

/** What conditions read about servers and backends (manual 7.3.2, HAProxy 2.6). */
export class LiveFigures implements ProxyFigures {
  private readonly backends: readonly Backend[];
  private readonly listeners: Listeners;
  private readonly source: RandomSource;

  constructor(backends: readonly Backend[], listeners: Listeners, source: RandomSource) {
    this.backends = backends;
    this.listeners = listeners;
    this.source = source;
  }

  usableServers(stream: Stream, name: string): number {
    const backend = this.backendOf(stream, name);
    return backend === null ? 0 : backend.usableActive > 0 ? backend.usableActive : backend.usableBackup;
  }

  serverIsUp(stream: Stream, name: string): boolean {
    const server = this.serverOf(stream, name);
    return server?.isStanding === true;
  }

  serverConnections(stream: Stream, name: string): number {
    return this.serverOf(stream, name)?.served ?? 0;
  }

  backendConnections(stream: Stream, name: string): number {
    return this.backendOf(stream, name)?.connections ?? 0;
  }

  frontendConnections(stream: Stream, name: string): number {
    const wanted = name === "" ? stream.frontend.name : name;
    return this.listeners.frontends.find(({ config }) => config.name === wanted)?.connections ?? 0;
  }

  queued(stream: Stream, name: string): number {
    const backend = this.backendOf(stream, name);
    return backend === null ? 0 : backend.servers.reduce((sum, { queue }) => sum + queue.size, backend.queue.size);
  }

  random(): number {
    return this.source.next();
  }

  private backendOf(stream: Stream, name: string): Backend | null {
    return name === "" ? stream.backend : (this.backends.find(({ config }) => config.name === name) ?? null);
  }

  /** "backend/server", or a server of the stream's backend. */
  private serverOf(stream: Stream, name: string): Server | null {
    const slash = name.indexOf("/");
    const backend = this.backendOf(stream, slash < 0 ? "" : name.slice(0, slash));
    return backend?.servers.find(({ config }) => config.name === name.slice(slash + 1)) ?? null;
  }
}
