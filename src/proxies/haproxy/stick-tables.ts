import type { StickTableConfig } from "./config/haproxy-config.ts";
import { sampleNumber } from "./samples/sample-value.ts";

/** A stick-table: keys to servers (src/stick_table.c, 2.6.12; spec/haproxy.md 7). */
export class StickTable {
  private readonly config: StickTableConfig;
  /** By key, the entry touched longest ago first: that order is the order of expiry too. */
  private readonly entries = new Map<string, { server: number; touchedUs: number }>();

  constructor(config: StickTableConfig) {
    this.config = config;
  }

  /** The id of the server stored for a key, null = none; touches the entry. */
  match(nowUs: number, text: string): number | null {
    const key = this.keyOf(text);
    this.expire(nowUs);
    const entry = this.entries.get(key);
    if (entry === undefined) return null;
    this.touch(nowUs, key, entry.server);
    return entry.server;
  }

  store(nowUs: number, text: string, server: number): void {
    const key = this.keyOf(text);
    this.expire(nowUs);
    if (!this.entries.has(key) && this.entries.size >= this.config.size) {
      if (this.config.nopurge) return;
      this.purge();
    }
    this.touch(nowUs, key, server);
  }

  /** A full table loses its oldest 256th at once (src/stick_table.c, __stksess_new, 2.6.12). */
  private purge(): void {
    let many = Math.floor(this.config.size / 256) + 1;
    for (const key of this.entries.keys()) {
      if (many-- === 0) return;
      this.entries.delete(key);
    }
  }

  private touch(nowUs: number, key: string, server: number): void {
    this.entries.delete(key);
    this.entries.set(key, { server, touchedUs: nowUs });
  }

  private expire(nowUs: number): void {
    const { expireUs } = this.config;
    if (expireUs === null) return;
    for (const [key, { touchedUs }] of this.entries) {
      if (nowUs - touchedUs < expireUs) return;
      this.entries.delete(key);
    }
  }

  private keyOf(text: string): string {
    const { type, length } = this.config;
    if (type === "string" || type === "binary") return text.slice(0, length);
    // As a text is cast to an integer: its leading digits, else 0 (src/sample.c, c_str2int).
    return type === "integer" ? String((sampleNumber(text) ?? 0) >>> 0) : text;
  }
}
