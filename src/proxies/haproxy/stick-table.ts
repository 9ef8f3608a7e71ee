import type { StickTableConfig } from "./config/haproxy-config.ts";

interface Entry {
  /** Index of the server in its backend's section, by name: tables may be shared between backends. */
  server: string;
  expiresUs: number;
}

/** A stick-table: keys to servers (spec/haproxy.md section 7). A full table gives up the entries that expire first. */
export class StickTable {
  private readonly config: StickTableConfig;
  /** In the order of their last touch, which is that of their expiry. */
  private readonly entries = new Map<string, Entry>();

  constructor(config: StickTableConfig) {
    this.config = config;
  }

  /** Name of the server of a key, its expiry renewed; null when there is none. */
  lookUp(nowUs: number, key: string): string | null {
    const cut = this.keyOf(key);
    const entry = this.entries.get(cut);
    if (entry === undefined) return null;
    if (entry.expiresUs <= nowUs) {
      this.entries.delete(cut);
      return null;
    }
    this.touch(nowUs, cut, entry);
    return entry.server;
  }

  store(nowUs: number, key: string, server: string): void {
    const cut = this.keyOf(key);
    const entry = this.entries.get(cut);
    if (entry === undefined && !this.makeRoom(nowUs)) return;
    this.touch(nowUs, cut, { server, expiresUs: 0 });
  }

  private touch(nowUs: number, key: string, entry: Entry): void {
    entry.expiresUs = this.config.expireUs === null ? Number.POSITIVE_INFINITY : nowUs + this.config.expireUs;
    this.entries.delete(key);
    this.entries.set(key, entry);
  }

  private makeRoom(nowUs: number): boolean {
    for (const [key, { expiresUs }] of this.entries) {
      if (expiresUs > nowUs && this.entries.size < this.config.size) return true;
      if (expiresUs > nowUs && this.config.nopurge) return false;
      this.entries.delete(key);
      if (this.entries.size < this.config.size) return true;
    }
    return this.entries.size < this.config.size;
  }

  private keyOf(key: string): string {
    const { type, length } = this.config;
    return type === "string" || type === "binary" ? key.slice(0, length) : key;
  }
}
