import type { ClientRequest, Header, ResponseHead } from "../../contract/http-message.ts";
import { NO_HEADERS } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import { CookieJar } from "../../model/cookie-jar.ts";
import { CookieScopes } from "../../model/cookies/cookie-scope.ts";
import { type RequestPlace, RequestPlaces } from "../../model/cookies/request-place.ts";
import type { ClientNet, ClientSide } from "../../model/sides.ts";
import { parseRawHead } from "./raw-head.ts";
import type { CaseRequest, RecordedCase } from "./recorded-case.ts";

/** What the client of one scripted request saw. Times in µs, −1 = never. */
export interface ClientRecord {
  sentUs: number;
  connectedUs: number;
  finishedUs: number;
  reused: boolean;
  status: number;
  head: ResponseHead | null;
  page: number;
  error: string | null;
  readonly keepalive: boolean;
  /** Connection and Keep-Alive headers of the answer. */
  connectionHeaders: readonly Header[];
  /** Index of the script's request by the driver's request id. */
  request: number;
  connection: number;
}

export interface IdleClosed {
  readonly client: string;
  readonly after: number;
  readonly atUs: number;
}

/** What an alarm of request i is about: id = i × 64 + what. */
const Alarm = { SEND: 0, ABORT: 1, PATIENCE: 2, HOLD_OVER: 3, RAW_LATER: 4 } as const;

interface KeptConnection {
  connection: number;
  /** Script index of the last request on it. */
  last: number;
  open: boolean;
}

/**
 * The scripted clients of a recorded case in front of the driver. `observe` is called for each manager snapshot of the
 * script, `sent` when a request gets its id.
 */
export class ScriptedClients implements ClientSide {
  readonly records: ClientRecord[];
  readonly idleClosed: IdleClosed[] = [];
  /** Instant of the last end, once the script is over. */
  overUs = -1;

  private net!: ClientNet;
  private readonly script: RecordedCase;
  private readonly observe: (index: number, nowUs: number) => void;
  private readonly sent: (index: number, request: number) => void;
  private readonly headersOf: (request: number) => readonly Header[];
  private readonly jars = new Map<string, CookieJar>();
  private readonly kept = new Map<string, KeptConnection>();
  private readonly indexOfRequest = new Map<number, number>();
  private readonly indexOfConnection = new Map<number, number>();
  private readonly rawText: string[];
  private readonly placeOf: readonly RequestPlace[];
  private readonly scopes: CookieScopes;
  private unfinished: number;

  constructor(
    script: RecordedCase,
    observe: (index: number, nowUs: number) => void,
    sent: (index: number, request: number) => void,
    headersOf: (request: number) => readonly Header[],
  ) {
    this.script = script;
    this.observe = observe;
    this.sent = sent;
    this.headersOf = headersOf;
    this.unfinished = script.requests.length;
    const places = new RequestPlaces();
    this.placeOf = script.requests.map(({ path, host }) => places.of(path, host));
    this.scopes = new CookieScopes(places.places);
    this.rawText = script.requests.map(({ raw }) => raw);
    this.records = script.requests.map(({ keepalive }) => ({
      sentUs: -1,
      connectedUs: -1,
      finishedUs: -1,
      reused: false,
      status: 0,
      head: null,
      page: -1,
      error: null,
      keepalive,
      connectionHeaders: NO_HEADERS,
      request: -1,
      connection: -1,
    }));
  }

  start(net: ClientNet, nowUs: number): void {
    this.net = net;
    if (this.script.requests.length === 0) this.overUs = nowUs;
    else if (this.script.wait === "sequential") this.wakeNext(0, nowUs);
    else for (const [index, { atUs }] of this.script.requests.entries()) net.wakeAt(atUs ?? 0, index * 64);
  }

  wake(nowUs: number, id: number): void {
    const index = id >> 6;
    const what = id & 63;
    const record = this.records[index] as ClientRecord;
    if (what === Alarm.SEND) this.send(nowUs, index);
    else if (record.finishedUs >= 0) return;
    else if (what === Alarm.ABORT) this.giveUp(nowUs, index, "client aborted");
    else if (what === Alarm.PATIENCE) this.giveUp(nowUs, index, "client-timeout");
    else if (what === Alarm.HOLD_OVER) this.holdOver(nowUs, index);
    else this.writeMore(index, what - Alarm.RAW_LATER);
  }

  connected(nowUs: number, connection: number): void {
    const index = this.indexOfConnection.get(connection);
    if (index !== undefined) (this.records[index] as ClientRecord).connectedUs = nowUs;
  }

  answered(
    nowUs: number,
    request: number,
    head: ResponseHead,
    _bodyBytes: number,
    staysOpen: boolean,
    page: number,
  ): void {
    const index = this.indexOfRequest.get(request);
    if (index === undefined) return;
    this.keep(index, head, page);
    this.finish(nowUs, index, staysOpen, null);
  }

  answerHead(nowUs: number, request: number, head: ResponseHead): void {
    const index = this.indexOfRequest.get(request);
    if (index === undefined) return;
    this.keep(index, head, -1);
    const { holdUs } = this.script.requests[index] as CaseRequest;
    if (head.status === 101) this.net.wakeAt(nowUs + holdUs, index * 64 + Alarm.HOLD_OVER);
  }

  answerBody(): void {}

  answerEnd(nowUs: number, request: number, staysOpen: boolean): void {
    const index = this.indexOfRequest.get(request);
    if (index !== undefined) this.finish(nowUs, index, staysOpen, null);
  }

  refused(nowUs: number, connection: number, head: ResponseHead, page: number): void {
    const index = this.indexOfConnection.get(connection);
    if (index === undefined) return;
    this.keep(index, head, page);
    this.finish(nowUs, index, false, null);
  }

  closed(nowUs: number, connection: number): void {
    const index = this.indexOfConnection.get(connection);
    this.indexOfConnection.delete(connection);
    if (index === undefined) return;
    const record = this.records[index] as ClientRecord;
    const kept = this.kept.get(this.keyOf(index));
    if (record.finishedUs < 0) {
      const broken =
        record.head === null
          ? "connection closed without a response"
          : record.head.status === 101
            ? null
            : "response truncated";
      this.finish(nowUs, index, false, broken);
    } else if (kept?.open && kept.connection === connection) {
      kept.open = false;
      this.idleClosed.push({ client: this.keyOf(index), after: kept.last, atUs: nowUs });
    }
  }

  private keyOf(index: number): string {
    return (this.script.requests[index] as CaseRequest).client;
  }

  private wakeNext(index: number, earliestUs: number): void {
    const { atUs } = this.script.requests[index] as CaseRequest;
    this.net.wakeAt(Math.max(atUs ?? 0, earliestUs), index * 64);
  }

  private send(nowUs: number, index: number): void {
    const request = this.script.requests[index] as CaseRequest;
    const record = this.records[index] as ClientRecord;
    record.sentUs = nowUs;
    if (request.kind === "manager") {
      this.observe(index, nowUs);
      this.over(nowUs, index);
      return;
    }
    const kept = this.kept.get(request.client);
    record.reused = request.keepalive && kept?.open === true;
    const connection = record.reused
      ? (kept as KeptConnection).connection
      : this.net.open(request.from, request.listener);
    record.connection = connection;
    if (record.reused) (kept as KeptConnection).last = index;
    else if (request.keepalive) this.kept.set(request.client, { connection, last: index, open: true });
    this.indexOfConnection.set(connection, index);
    if (request.kind === "raw") this.startRaw(nowUs, index);
    else this.sendRequest(index, this.clientRequest(index, nowUs));
    if (request.kind !== "raw") this.net.wakeAt(nowUs + request.patienceUs, index * 64 + Alarm.PATIENCE);
    if (request.abortUs !== null) this.net.wakeAt(nowUs + request.abortUs, index * 64 + Alarm.ABORT);
  }

  private sendRequest(index: number, what: ClientRequest): void {
    const record = this.records[index] as ClientRecord;
    record.request = this.net.request(record.connection, what);
    this.indexOfRequest.set(record.request, index);
    this.sent(index, record.request);
  }

  private clientRequest(index: number, nowUs: number): ClientRequest {
    const request = this.script.requests[index] as CaseRequest;
    const { cookies } = request;
    const jar =
      cookies === "jar" ? this.jarOf(request.client).header(this.placeOf[index] as RequestPlace, nowUs) : null;
    return {
      method: request.method,
      target: new Text(request.path),
      host: new Text(request.host),
      cookie: cookies === "jar" ? jar : cookies === null ? null : new Text(cookies.header),
      headers: request.headers.length === 0 ? NO_HEADERS : request.headers,
      bodyBytes: request.bodyBytes,
      chunked: request.chunked,
      upgrade: request.upgrade,
      keepAlive: request.keepalive,
    };
  }

  private startRaw(nowUs: number, index: number): void {
    const { holdUs, rawLater } = this.script.requests[index] as CaseRequest;
    this.writeRaw(index, "");
    for (const [i, { afterUs }] of rawLater.entries())
      this.net.wakeAt(nowUs + afterUs, index * 64 + Alarm.RAW_LATER + i);
    this.net.wakeAt(nowUs + holdUs, index * 64 + Alarm.HOLD_OVER);
  }

  private writeMore(index: number, part: number): void {
    const { rawLater } = this.script.requests[index] as CaseRequest;
    this.writeRaw(index, (rawLater[part] as { text: string }).text);
  }

  /** Bytes of a bare connection: the proxy hears of a head that has begun, and of a request once its head is whole. */
  private writeRaw(index: number, more: string): void {
    const record = this.records[index] as ClientRecord;
    this.rawText[index] += more;
    if (record.request >= 0) return;
    const what = parseRawHead(this.rawText[index] as string);
    if (what !== null) this.sendRequest(index, what);
    else if (this.rawText[index] !== "") this.net.startHead(record.connection);
  }

  private holdOver(nowUs: number, index: number): void {
    const record = this.records[index] as ClientRecord;
    this.closeConnection(index);
    this.finish(nowUs, index, false, record.head === null ? "client closed" : null);
  }

  private giveUp(nowUs: number, index: number, error: string): void {
    this.closeConnection(index);
    this.finish(nowUs, index, false, error);
  }

  private closeConnection(index: number): void {
    const { connection } = this.records[index] as ClientRecord;
    this.indexOfConnection.delete(connection);
    this.net.close(connection);
  }

  private keep(index: number, head: ResponseHead, page: number): void {
    const record = this.records[index] as ClientRecord;
    record.head = head;
    record.status = head.status;
    record.page = page;
    if (record.request >= 0) record.connectionHeaders = this.headersOf(record.request);
  }

  private jarOf(client: string): CookieJar {
    let jar = this.jars.get(client);
    if (jar === undefined) {
      jar = new CookieJar();
      this.jars.set(client, jar);
    }
    return jar;
  }

  private finish(nowUs: number, index: number, staysOpen: boolean, error: string | null): void {
    const request = this.script.requests[index] as CaseRequest;
    const record = this.records[index] as ClientRecord;
    record.error = error;
    const kept = this.kept.get(request.client);
    if (kept !== undefined && kept.connection === record.connection && kept.last === index) kept.open = staysOpen;
    if (!staysOpen) this.indexOfConnection.delete(record.connection);
    if (record.head !== null) {
      for (const line of record.head.setCookies)
        this.jarOf(request.client).store(withoutDomain(line), this.placeOf[index] as RequestPlace, this.scopes, nowUs);
    }
    this.over(nowUs, index);
  }

  private over(nowUs: number, index: number): void {
    (this.records[index] as ClientRecord).finishedUs = nowUs;
    this.unfinished--;
    if (this.unfinished === 0) this.overUs = nowUs;
    else if (this.script.wait === "sequential" && index + 1 < this.script.requests.length)
      this.wakeNext(index + 1, nowUs + this.script.gapUs);
  }
}

/** The jar of the recordings knows name, value, path and end of a cookie, no domains (spec/haproxy.md, Appendix A). */
function withoutDomain(line: Text): Text {
  return /;\s*domain=/i.test(line.text) ? new Text(line.text.replace(/;\s*domain=[^;]*/gi, "")) : line;
}
