import type { Backend } from "./backend.ts";
import { mayPersist } from "./persistence-cookie.ts";
import { holds } from "./samples/condition.ts";
import { type ProxyFigures, sampleValue } from "./samples/fetch.ts";
import type { StickTable } from "./stick-tables.ts";
import type { Stream } from "./stream.ts";

/** Keys that one stream can store (include/haproxy/stream-t.h). */
const MOST_STORES = 8;

/** `stick match`, `stick store-request` and `stick store-response` (src/stream.c, 2.6.12; spec/haproxy.md 7). */
export class StickRules {
  private readonly tables: readonly StickTable[];
  private readonly figures: ProxyFigures;

  constructor(tables: readonly StickTable[], figures: ProxyFigures) {
    this.tables = tables;
    this.figures = figures;
  }

  /** On the request: looks keys up while no server is assigned, and notes what is to be stored. */
  request(nowUs: number, stream: Stream, backend: Backend): void {
    const { stickRules } = backend.config;
    for (const [i, rule] of stickRules.entries()) {
      if (rule.kind === "store-response" || !holds(rule.condition, stream, this.figures)) continue;
      // `stick on` is one rule: once its table has a key to store it is not looked at, for a match neither.
      const twin = stickRules[i + 1];
      const isOn = rule.kind === "match" && twin?.kind === "store-request" && twin.sample === rule.sample;
      if (isOn && stream.stores.some(({ table }) => table === rule.table)) continue;
      const value = sampleValue(rule.sample, stream, this.figures);
      const key = value === "" ? null : (this.tables[rule.table]?.keyOf(value) ?? null);
      if (key === null) continue;
      if (rule.kind === "match") this.match(nowUs, stream, backend, rule.table, key);
      else this.note(nowUs, stream, rule.table, key, 0);
    }
  }

  private match(nowUs: number, stream: Stream, backend: Backend, table: number, key: string): void {
    const id = this.tables[table]?.match(nowUs, key) ?? null;
    // An entry that was found is touched even when the server is settled (src/stream.c, process_sticking_rules, 2.6.12).
    if (stream.assigned) return;
    const server = id === null ? undefined : backend.servers.find(({ config }) => config.id === id);
    if (server === undefined || !mayPersist(stream, server)) return;
    stream.server = server;
    stream.assigned = true;
    stream.direct = true;
  }

  /** The first rule for a table counts, of those from the `from`th key on; the key has a place in its table from now on. */
  private note(nowUs: number, stream: Stream, table: number, key: string, from: number): void {
    const { stores } = stream;
    if (stores.slice(from).some((store) => store.table === table) || stores.length >= MOST_STORES) return;
    if (this.tables[table]?.reserve(nowUs) === true) stores.push({ table, key, sinceUs: nowUs });
  }

  /** The stream ended without a server's answer: its keys are not stored. */
  drop(stream: Stream): void {
    for (const { table } of stream.stores) this.tables[table]?.release();
    stream.stores.length = 0;
  }

  /** On the answer: stores with the server that gave it. */
  store(nowUs: number, stream: Stream): void {
    const { backend, server } = stream;
    if (backend === null || server === null) return;
    const requested = stream.stores.length;
    for (const rule of backend.config.stickRules) {
      if (rule.kind !== "store-response" || !holds(rule.condition, stream, this.figures)) continue;
      const value = sampleValue(rule.sample, stream, this.figures);
      const key = value === "" ? null : (this.tables[rule.table]?.keyOf(value) ?? null);
      if (key !== null) this.note(nowUs, stream, rule.table, key, requested);
    }
    if (server.config.nonStick) this.drop(stream);
    for (const { table, key, sinceUs } of stream.stores)
      this.tables[table]?.store(nowUs, key, server.config.id, sinceUs);
    stream.stores.length = 0;
  }
}
