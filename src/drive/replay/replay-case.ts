import { Outbox } from "../../contract/outbox.ts";
import type { ProxyFamily, Reading } from "../../contract/proxy-family.ts";
import type { ProxyMachine } from "../../contract/proxy-machine.ts";
import { invariant } from "../../engine/invariant.ts";
import { RandomStream } from "../../engine/random/random-stream.ts";
import { Drive } from "../drive.ts";
import { AttemptLog, type LoggedAttempt } from "./attempt-log.ts";
import { CasePlaces } from "./case-places.ts";
import type { RecordedCase } from "./recorded-case.ts";
import { ScriptedBackends } from "./scripted-backends.ts";
import { type ClientRecord, ScriptedClients } from "./scripted-clients.ts";
import { type Trace, type TraceRequest, traceMs } from "./trace.ts";

/** How to disturb a replay that must come out the same: hops, start and phase of clocks (design section 3). */
export interface ReplayConditions {
  readonly clientHopUs: number;
  readonly backendHopUs: number;
  /** Added to the moment the proxy was started. */
  readonly startShiftUs: number;
  readonly epochOffsetUs: number;
}

export const RECORDED_CONDITIONS: ReplayConditions = {
  clientHopUs: 0,
  backendHopUs: 0,
  startShiftUs: 0,
  epochOffsetUs: 0,
};

/** The recordings started the proxy this long before t = 0 beside the settling pause. */
const START_UP_US = 50_000;

const LONGEST_SCRIPT_US = 3_600_000_000;

/** A request that no backend saw within this time of its being sent has waited. */
const WAITED_US = 150_000;

export interface CaseTexts {
  readonly conf: string;
  /** Bytes of each attempt's request as recorded, by request index; the only thing taken from a trace. */
  readonly requestBytes: readonly (readonly number[] | undefined)[];
}

/** Runs a recorded case through the one driver and says what happened, in the words of a trace. */
export function replayCase(
  script: RecordedCase,
  texts: CaseTexts,
  family: ProxyFamily,
  conditions: ReplayConditions = RECORDED_CONDITIONS,
): Trace {
  const places = new CasePlaces(script);
  const reading = readRecorded(script, places, texts.conf, family);
  const warnings =
    reading.programWarnings.length === 0
      ? {}
      : { config_warnings: reading.programWarnings.map(({ text }) => places.hide(text)).join("\n") };
  if (reading.config === null) {
    const refusal = reading.refusal;
    const at = refusal?.at === "start" ? { at: "start" } : {};
    return { requests: [], config_error: { text: places.hide(refusal?.text ?? ""), ...at }, ...warnings };
  }
  return { ...new Replay(script, texts, places, family, reading.config, conditions).run(), ...warnings };
}

function readRecorded(script: RecordedCase, places: CasePlaces, conf: string, family: ProxyFamily): Reading<unknown> {
  const host = { load: (path: string) => places.load(path), list: (pattern: string) => places.list(pattern), env: {} };
  const facts = { modules: script.modules, serverLimit: script.serverLimit, listens: places.listens };
  return family.readRecorded(places.fileName, places.show(conf), host, facts);
}

class Replay {
  private readonly script: RecordedCase;
  private readonly texts: CaseTexts;
  private readonly places: CasePlaces;
  private readonly family: ProxyFamily;
  private readonly machine: ProxyMachine;
  private readonly log: AttemptLog;
  private readonly clients: ScriptedClients;
  private readonly drive: Drive;
  private readonly managers = new Map<number, readonly Readonly<Record<string, unknown>>[]>();

  constructor(
    script: RecordedCase,
    texts: CaseTexts,
    places: CasePlaces,
    family: ProxyFamily,
    config: unknown,
    conditions: ReplayConditions,
  ) {
    this.script = script;
    this.texts = texts;
    this.places = places;
    this.family = family;
    const outbox = new Outbox();
    const startedAtUs = -script.settleUs - START_UP_US + conditions.startShiftUs;
    this.machine = family.build(config, {
      outbox,
      random: new RandomStream(1, 0, "proxy"),
      startedAtUs,
      epochOffsetUs: conditions.epochOffsetUs,
    });
    this.log = new AttemptLog(script.requests.length);
    this.clients = new ScriptedClients(
      script,
      (index, nowUs) => this.managers.set(index, this.managerRows(nowUs)),
      (index, request) => this.log.assign(request, index),
      (request) => this.machine.keepAliveHeaders(request),
    );
    const backends = new ScriptedBackends(
      script.backends,
      (text) => places.show(text),
      (_request, exchange, seen) => this.log.seen(this.attemptOf(exchange), seen),
    );
    this.drive = new Drive({
      machine: this.machine,
      outbox,
      clients: this.clients,
      backends,
      backendCount: script.backends.length + 1,
      backendOfAddress: this.machine.addresses.map((address) => places.backendOf(address)),
      clientHopUs: conditions.clientHopUs,
      backendHopUs: conditions.backendHopUs,
      listener: this.log,
      startedAtUs,
      ...(this.hasRecordedBytes() ? { sentBytes: (request: number) => this.bytesOf(request) } : {}),
    });
    this.log.backendOfAddress = this.machine.addresses.map((address) => places.backendOf(address));
    if (this.machine.loggedAddress !== undefined)
      this.log.loggedAddress = (request) => this.machine.loggedAddress?.(request) ?? -1;
  }

  run(): Trace {
    this.drive.start();
    // The script's end is not known beforehand: go on until every client has its answer or gave up.
    for (let untilUs = 0; this.clients.overUs < 0; untilUs += 1_000_000) {
      invariant(untilUs < LONGEST_SCRIPT_US, "a recorded case ends within an hour");
      this.drive.run(untilUs);
    }
    this.drive.run(this.clients.overUs + this.script.lingerUs);
    const requests = this.clients.records.map((record, i) => this.describe(record, i));
    const idle = this.clients.idleClosed.map(({ client, after, atUs }) => ({ client, after, at_ms: traceMs(atUs) }));
    return this.script.record.timing && idle.length > 0 ? { requests, idle_closed: idle } : { requests };
  }

  private attemptOf(exchange: number): number {
    return this.drive.backendLinks.attemptOf(exchange);
  }

  private hasRecordedBytes(): boolean {
    return this.texts.requestBytes.some((bytes) => bytes !== undefined);
  }

  private bytesOf(request: number): number {
    const index = this.log.indexOf(request);
    const bytes = this.texts.requestBytes[index];
    return bytes?.[this.log.sentCount(request)] ?? bytes?.[bytes.length - 1] ?? 0;
  }

  private managerRows(nowUs: number): readonly Readonly<Record<string, unknown>>[] {
    return this.family.managerRows(this.machine, nowUs).map((row) => this.places.hideIn(row));
  }

  private describe(record: ClientRecord, i: number): TraceRequest {
    const manager = this.managers.get(i);
    if (manager !== undefined) return { i, manager };
    const all = this.log.attemptsOf(i).filter(({ backend }) => backend >= 0 && backend < this.script.backends.length);
    const attempts = this.family.recordsRefusedTries === false ? asLogged(all, this.log.loggedOf(i)) : all;
    const unreached = attempts.flatMap(({ seen }, at) => (seen === null ? [at] : []));
    return {
      i,
      attempts: attempts.map(({ backend }) => this.places.nameOf(backend)),
      ...(attempts.length < all.length ? { attempts_full: all.map(({ backend }) => this.places.nameOf(backend)) } : {}),
      ...(unreached.length > 0 ? { unreached } : {}),
      served_by: servedBy(record),
      status: record.status,
      set_cookie: record.head?.setCookies.map(({ text }) => this.places.hide(text)) ?? [],
      ...(record.error === null ? {} : { error: record.error }),
      ...this.recordings(record, attempts),
      ...(this.script.record.timing ? this.timing(record, attempts) : {}),
    };
  }

  private recordings(record: ClientRecord, attempts: ReturnType<AttemptLog["attemptsOf"]>): Partial<TraceRequest> {
    const { url, body, headers, backendHeaders } = this.script.record;
    const seen = attempts.flatMap((attempt) => (attempt.seen === null ? [] : [attempt.seen]));
    return {
      ...(url ? { backend_url: seen.map(({ what }) => what.url) } : {}),
      ...(body && record.page >= 0 ? { body: this.machine.page(record.page) } : {}),
      ...(headers.length > 0 ? { headers: this.relayedHeaders(record, headers) } : {}),
      ...(backendHeaders.length > 0
        ? {
            backend_headers: seen.map(({ what }) =>
              Object.fromEntries(
                backendHeaders.map((name) => [name, this.shownHeader(what.headers.get(name.toLowerCase()))]),
              ),
            ),
          }
        : {}),
    };
  }

  private shownHeader(value: string | undefined): string | null {
    return value === undefined ? null : this.places.hide(value);
  }

  private relayedHeaders(record: ClientRecord, wanted: readonly string[]): Record<string, string> {
    const all = new Map<string, string>();
    for (const { name, value } of record.head?.headers ?? []) {
      const key = name.toLowerCase();
      all.set(key, all.has(key) ? `${all.get(key)}, ${value}` : value);
    }
    for (const { name, value } of record.connectionHeaders) all.set(name.toLowerCase(), value);
    const location = record.head?.location;
    if (location) all.set("location", location.text);
    const cookies = record.head?.setCookies ?? [];
    if (cookies.length > 0) all.set("set-cookie", cookies.map(({ text }) => text).join(","));
    const result: Record<string, string> = {};
    for (const name of wanted) {
      const value = all.get(name.toLowerCase());
      if (value !== undefined) result[name.toLowerCase()] = this.places.hide(value);
    }
    return result;
  }

  private timing(record: ClientRecord, attempts: ReturnType<AttemptLog["attemptsOf"]>): Partial<TraceRequest> {
    const starts = attempts.flatMap(({ seen }) => (seen === null ? [] : [seen.atUs]));
    const first = starts[0];
    return {
      sent_ms: traceMs(record.sentUs),
      ...(record.reused ? {} : { connect_ms: record.connectedUs < 0 ? null : traceMs(record.connectedUs) }),
      start_ms: first === undefined ? null : starts.map(traceMs),
      finish_ms: traceMs(record.finishedUs),
      wait_class: first === undefined ? "never" : first - record.sentUs < WAITED_US ? "none" : "waited",
      ...(record.keepalive ? { reused: record.reused } : {}),
    };
  }
}

/**
 * What a log that names only the last server can tell: tries that were seen, and the server that is named when it saw none,
 * because it refused or because the request never got beyond its queue.
 */
function asLogged(attempts: readonly LoggedAttempt[], logged: number): readonly LoggedAttempt[] {
  const seen = attempts.filter((attempt) => attempt.seen !== null);
  const isMissing = logged >= 0 && !seen.some(({ backend }) => backend === logged);
  return isMissing ? [...seen, { backend: logged, seen: null }] : seen;
}

/** The backends name themselves in a header; a page of the proxy has none. */
function servedBy(record: ClientRecord): string | null {
  return record.head?.headers.find(({ name }) => name === "X-Lab-Backend")?.value ?? null;
}
