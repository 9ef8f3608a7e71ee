import type { Backend } from "./backend.ts";
import { mayPersist } from "./persistence-cookie.ts";
import { holds } from "./samples/condition.ts";
import { type ProxyFigures, sampleValue } from "./samples/fetch.ts";
import { sampleText } from "./samples/sample-value.ts";
import type { StickTable } from "./stick-tables.ts";
import type { Stream } from "./stream.ts";

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
      if (value === null || value === "") continue;
      if (rule.kind === "match") this.match(nowUs, stream, backend, rule.table, sampleText(value));
      else this.note(stream, rule.table, sampleText(value));
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

  /** The first rule for a table counts. */
  private note(stream: Stream, table: number, key: string): void {
    if (!stream.stores.some((store) => store.table === table)) stream.stores.push({ table, key });
  }

  /** On the answer: stores with the server that gave it. */
  store(nowUs: number, stream: Stream): void {
    const { backend, server } = stream;
    if (backend === null || server === null || server.config.nonStick) return;
    for (const rule of backend.config.stickRules) {
      if (rule.kind !== "store-response" || !holds(rule.condition, stream, this.figures)) continue;
      const value = sampleValue(rule.sample, stream, this.figures);
      if (value !== null && value !== "") this.note(stream, rule.table, sampleText(value));
    }
    for (const { table, key } of stream.stores) this.tables[table]?.store(nowUs, key, server.config.id);
  }
}
