import { type ClientRequest, type Header, NO_HEADERS, type ResponseHead } from "../../contract/http-message.ts";
import {
  Listen,
  type MachineContext,
  type MachineListener,
  type MemberInfo,
  type ProxyMachine,
  type StatusTable,
} from "../../contract/proxy-machine.ts";
import { timerKind, timerSlot } from "../shared/timer-id.ts";
import { Backend } from "./backend.ts";
import { BackendConnections } from "./backend-connections.ts";
import { ClientFlow } from "./client-flow.ts";
import type { HaproxyConfig } from "./config/haproxy-config.ts";
import { Dispatcher } from "./dispatcher.ts";
import { dynamicCookie } from "./dynamic-cookie.ts";
import { HealthChecks } from "./health-checks.ts";
import { Listeners } from "./listeners.ts";
import { OwnAnswers } from "./own-answers.ts";
import { LiveFigures } from "./proxy-figures.ts";
import { RequestFlow } from "./request-flow.ts";
import { ResponseFlow } from "./response-flow.ts";
import { Server } from "./server.ts";
import { ServerStatus } from "./server-status.ts";
import { statsTables } from "./stats-page.ts";
import { StickRules } from "./stick-rules.ts";
import { StickTable } from "./stick-tables.ts";
import type { Stream } from "./stream.ts";
import { StreamFlow } from "./stream-flow.ts";
import { TimerKind } from "./timer-kind.ts";

/** HAProxy 2.6.12 in mode http as a machine. It only joins the parts. */
export class HaproxyMachine implements ProxyMachine {
  readonly family = "haproxy";
  readonly members: readonly MemberInfo[];
  readonly addresses: readonly string[];
  private readonly servers: readonly Server[];
  private readonly backends: readonly Backend[];
  private readonly listeners: Listeners;
  private readonly answers = new OwnAnswers();
  private readonly clients: ClientFlow;
  private readonly requests: RequestFlow;
  private readonly flow: StreamFlow;
  private readonly responses: ResponseFlow;
  private readonly dispatcher: Dispatcher;
  private readonly status: ServerStatus;
  private readonly checks: HealthChecks;
  private readonly links: BackendConnections;
  private readonly epochOffsetUs: number;

  constructor(config: HaproxyConfig, { outbox, random, epochOffsetUs }: MachineContext) {
    this.epochOffsetUs = epochOffsetUs;
    this.addresses = addressesOf(config);
    this.backends = config.backends.map((backend, index) => new Backend(backend, index));
    this.servers = this.buildServers();
    for (const backend of this.backends) backend.build(random);
    this.members = this.servers.map(memberOf);
    this.listeners = new Listeners(config.frontends, config.global);
    const figures = new LiveFigures(this.backends, this.listeners, random);
    this.status = new ServerStatus(this.servers, (b, s) => this.backends[b]?.servers[s] ?? null, outbox);
    const checkedAt = this.servers.map(({ config: server, address }) =>
      server.check.address === null ? address : this.addresses.indexOf(server.check.address),
    );
    this.checks = new HealthChecks(this.servers, checkedAt, this.status, outbox, config.global, random);
    this.links = new BackendConnections(outbox);
    this.dispatcher = new Dispatcher(outbox, figures, ({ servers }) => servers[0]?.member ?? 0);
    this.dispatcher.linkStands = (link) => this.links.isOpen(link);
    this.flow = new StreamFlow(outbox, this.dispatcher, this.links, this.checks);
    this.dispatcher.next = this.flow;
    const sticks = new StickRules(
      config.tables.map((table) => new StickTable(table)),
      figures,
    );
    const { answers, links, checks, flow, dispatcher } = this;
    this.responses = new ResponseFlow(outbox, flow, dispatcher, links, checks, answers, sticks, figures);
    this.responses.bufferBytes = config.global.bufferBytes;
    this.flow.end = this.responses;
    this.clients = new ClientFlow(this.listeners, outbox, answers);
    const { clients, responses, backends } = this;
    this.requests = new RequestFlow(outbox, backends, clients, dispatcher, responses, answers, sticks, figures, links);
    this.responses.owner = this.requests;
    this.clients.sink = this.requests;
    this.status.effects = {
      redistribute: (nowUs, server) => dispatcher.redistribute(nowUs, server),
      serveQueue: (nowUs, server) => dispatcher.serveQueue(nowUs, server),
      shutdownSessions: (nowUs, server) => {
        for (const stream of [...server.streams]) responses.kill(nowUs, stream);
      },
    };
  }

  private buildServers(): readonly Server[] {
    const servers: Server[] = [];
    for (const backend of this.backends) {
      const { cookie, dynamicCookieKey, servers: configs } = backend.config;
      for (const config of configs) {
        const isDynamic = cookie?.dynamic === true && dynamicCookieKey !== null && config.cookie === null;
        const value = isDynamic ? dynamicCookie(dynamicCookieKey, config.host, config.port ?? 0) : config.cookie;
        const server = new Server(config, backend, servers.length, this.addresses.indexOf(config.address), value);
        backend.servers.push(server);
        servers.push(server);
      }
    }
    return servers;
  }

  get listener(): MachineListener | null {
    return this.dispatcher.listener;
  }
  set listener(listener: MachineListener | null) {
    this.dispatcher.listener = listener;
    this.status.listener = listener;
    this.responses.terminated =
      listener?.logged === undefined
        ? null
        : (nowUs, stream, code) => listener.logged?.(nowUs, terminationLine(stream, code));
  }

  page(id: number): string {
    return this.answers.page(id);
  }

  keepAliveHeaders(): readonly Header[] {
    return NO_HEADERS;
  }

  loggedAddress(request: number): number {
    return this.requests.streamAt(request).lastServer?.address ?? -1;
  }

  start(nowUs: number): void {
    this.tick(nowUs);
    for (const server of this.servers) server.lastChangeUs = nowUs;
    this.checks.start(nowUs);
  }

  /** Whole seconds of the wall clock. */
  private tick(nowUs: number): void {
    const second = Math.floor((nowUs + this.epochOffsetUs) / 1_000_000);
    if (this.backends[0]?.second === second) return;
    for (const backend of this.backends) backend.second = second;
  }

  // ------------------------------------------------------------ clients

  connectionArrived(nowUs: number, connection: number, remote: string, listener: number): number {
    this.tick(nowUs);
    const bind = this.listeners.binds[listener] ?? this.listeners.binds[0];
    return bind === undefined ? Listen.DROPPED : this.clients.arrived(nowUs, connection, remote, bind);
  }
  headStarted(_nowUs: number, connection: number): void {
    this.clients.headStarted(connection);
  }
  requestArrived(nowUs: number, connection: number, request: number, what: ClientRequest): void {
    this.tick(nowUs);
    this.clients.keep(request, what);
    this.clients.requestArrived(nowUs, connection, request);
  }
  clientGone(nowUs: number, connection: number): void {
    this.tick(nowUs);
    this.clients.gone(nowUs, connection);
  }

  // ------------------------------------------------------------ backends

  private streamOf(nowUs: number, attempt: number): Stream | null {
    this.tick(nowUs);
    return this.flow.streamOfAttempt[attempt] ?? null;
  }

  attemptConnected(nowUs: number, attempt: number): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.flow.connected(nowUs, stream);
  }
  attemptFailed(nowUs: number, attempt: number, failure: number): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.flow.connectFailed(nowUs, stream, failure);
  }
  requestSent(): void {}
  interim(): void {}
  head(nowUs: number, attempt: number, head: ResponseHead): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.responses.head(nowUs, stream, head);
  }
  body(nowUs: number, attempt: number, bytes: number): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.responses.body(stream, bytes);
  }
  end(nowUs: number, attempt: number): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.responses.end(nowUs, stream);
  }
  answered(nowUs: number, attempt: number, head: ResponseHead, bodyBytes: number): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.responses.answered(nowUs, stream, head, bodyBytes);
  }
  broken(nowUs: number, attempt: number, phase: number, cause: number): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.responses.broken(nowUs, stream, phase, cause);
  }
  tunnelClosed(nowUs: number, attempt: number): void {
    const stream = this.streamOf(nowUs, attempt);
    if (stream !== null) this.responses.tunnelClosed(nowUs, stream);
  }
  idleConnectionClosed(_nowUs: number, connection: number): void {
    this.links.idleClosed(connection);
  }

  // ------------------------------------------------------------ clock, health, operator

  timer(nowUs: number, timer: number): void {
    this.tick(nowUs);
    const slot = timerSlot(timer);
    switch (timerKind(timer)) {
      case TimerKind.CHECK:
        this.checks.timer(nowUs, slot);
        break;
      case TimerKind.SLOWSTART:
        this.status.warmUp(nowUs, slot);
        break;
      case TimerKind.CLIENT:
        this.clients.timer(nowUs, slot);
        break;
      default:
        this.requests.timer(nowUs, slot, (stream) => this.flow.again(nowUs, stream));
    }
  }

  probeResult(nowUs: number, probe: number, failure: number, status: number, body: string): void {
    this.tick(nowUs);
    this.checks.result(nowUs, probe, failure, status, body);
  }

  operate(nowUs: number, member: number, command: string): void {
    this.tick(nowUs);
    this.status.operate(nowUs, this.serverAt(member), command);
  }

  loadReport(): void {}

  // ------------------------------------------------------------ questions

  snapshot(nowUs: number): readonly StatusTable[] {
    return statsTables(nowUs, this.listeners.frontends, this.backends, this.status, this.checks);
  }

  memberState(member: number): string {
    return this.status.wordOf(this.serverAt(member));
  }

  requestOfAttempt(attempt: number): number {
    return this.flow.requestOfAttempt[attempt] ?? -1;
  }

  memberOfAttempt(attempt: number): number {
    return this.flow.memberOfAttempt[attempt] ?? -1;
  }

  isUsable(_nowUs: number, member: number): boolean {
    const server = this.serverAt(member);
    const { backend } = server;
    if (!server.inUse) return false;
    return !server.config.backup || (backend.usableActive === 0 && (backend.onlyBackup ?? server) === server);
  }

  /** Only a check or an administrator brings a server back. */
  usableAgainUs(): number {
    return Number.POSITIVE_INFINITY;
  }

  private serverAt(member: number): Server {
    const server = this.servers[member];
    if (server === undefined) throw new RangeError(`no member ${member}`);
    return server;
  }
}

/** A request as the log has it: frontend, backend/server, termination state (manual 8.5); error answers carry no cookie. */
function terminationLine(stream: Stream, code: string): string {
  const { frontend, backend, server } = stream;
  const cookie = backend?.config.cookie ?? null;
  const flags = cookie === null || cookie.mode === "passive" ? "--" : `${stream.cookieFlag}N`;
  return `${frontend.name} ${backend?.config.name ?? frontend.name}/${server?.config.name ?? "<NOSRV>"} ${code}${flags}`;
}

function addressesOf({ backends }: HaproxyConfig): readonly string[] {
  const all = backends.flatMap(({ servers }) => servers);
  return [
    ...new Set([
      ...all.map(({ address }) => address),
      ...all.flatMap(({ check }) => (check.enabled && check.address !== null ? [check.address] : [])),
    ]),
  ];
}

function memberOf({ config, backend, address }: Server): MemberInfo {
  return {
    name: `${backend.config.name}/${config.name}`,
    group: backend.config.name,
    alias: config.name,
    address,
    weight: config.weight,
    tier: config.backup ? 1 : 0,
    role: "normal",
  };
}
