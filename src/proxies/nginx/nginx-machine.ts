import type { ClientRequest, Header, ResponseHead } from "../../contract/http-message.ts";
import type {
  MachineContext,
  MachineListener,
  MemberInfo,
  ProxyMachine,
  StatusTable,
} from "../../contract/proxy-machine.ts";
import { timerId, timerKind, timerSlot } from "../shared/timer-id.ts";
import { ClientConnections } from "./client-connections.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import { type Exchange, Phase } from "./exchange.ts";
import { HealthChecks } from "./health-checks.ts";
import { makeWorkers, peerLinesOf } from "./make-workers.ts";
import { memberInfosOf } from "./member-infos.ts";
import { MemberPlaces } from "./member-places.ts";
import { NginxServer } from "./nginx-server.ts";
import { OwnPages } from "./own-pages.ts";
import type { PeerLine } from "./peer-list.ts";
import { RequestPhases } from "./request-phases.ts";
import { ServerFinder } from "./server-finder.ts";
import { LearnedSessions } from "./sticky.ts";
import { TimerKind } from "./timer-kind.ts";
import type { Upstream } from "./upstream.ts";
import { type BackendConnection, BackendConnections } from "./upstream-connections.ts";
import { UpstreamHandler } from "./upstream-handler.ts";
import { hostOf, matches } from "./variables.ts";

/**
 * nginx 1.22.1 with ngx_http_proxy_module as a machine (spec/nginx.md). It only joins the parts: connections of clients in
 * ClientConnections, requests in RequestPhases, attempts in UpstreamHandler. An attempt's id is its request's.
 */
export class NginxMachine implements ProxyMachine {
  readonly family = "nginx";
  readonly members: readonly MemberInfo[];
  readonly addresses: readonly string[];
  private readonly config: NginxConfig;
  private readonly context: MachineContext;
  private readonly pages = new OwnPages();
  private readonly server: NginxServer;
  private readonly finder: ServerFinder;
  private readonly clients: ClientConnections;
  private readonly phases: RequestPhases;
  private readonly upstreams: UpstreamHandler;
  private readonly health: HealthChecks;
  private readonly places: MemberPlaces;
  /** Upstreams by name in lower case. */
  private readonly upstreamOfName: ReadonlyMap<string, number>;
  private lastUs: number;

  constructor(config: NginxConfig, context: MachineContext) {
    this.config = config;
    this.context = context;
    this.lastUs = context.startedAtUs;
    const lines = peerLinesOf(config);
    this.addresses = [...new Set(lines.flatMap((peers) => peers.map(({ address }) => address)))];
    this.members = memberInfosOf(config, lines, this.addresses);
    this.upstreamOfName = new Map(config.upstreams.map(({ name }, u) => [name.toLowerCase(), u]));
    const connections = new BackendConnections(context.outbox);
    this.server = this.makeServer(connections);
    this.finder = new ServerFinder(config);
    this.clients = new ClientConnections(this.server, this.finder);
    const owner = this.makeOwner();
    this.phases = new RequestPhases(this.server, owner);
    this.upstreams = new UpstreamHandler(this.server, owner);
    const workers = makeWorkers(config, lines, context.outbox, connections, this.clients);
    this.clients.acceptWith(workers);
    this.places = new MemberPlaces(config, this.members, workers, context.epochOffsetUs);
    this.health = new HealthChecks(this.server, this.members, this.places);
  }

  private makeServer(connections: BackendConnections): NginxServer {
    const { config, context } = this;
    return new NginxServer({
      config,
      outbox: context.outbox,
      random: context.random,
      epochOffsetUs: context.epochOffsetUs,
      pages: this.pages,
      connections,
      addressOf: new Map(this.addresses.map((address, i) => [address, i])),
      learned: config.upstreams.map(({ sticky }) =>
        sticky?.kind === "learn" ? new LearnedSessions(sticky.timeoutUs, sticky.zoneBytes) : null,
      ),
    });
  }

  private makeOwner() {
    return {
      special: (nowUs: number, exchange: Exchange, status: number) => this.phases.special(nowUs, exchange, status),
      pass: (nowUs: number, exchange: Exchange) => this.pass(nowUs, exchange),
      finished: (_nowUs: number, exchange: Exchange) => this.finished(exchange),
      keepsOpen: (nowUs: number, exchange: Exchange) => this.clients.keepsOpen(nowUs, exchange),
      activeConnections: () => this.clients.active(),
    };
  }

  get listener(): MachineListener | null {
    return this.server.listener;
  }
  /** A member's state word is added to what the parts tell. */
  set listener(listener: MachineListener | null) {
    if (listener?.memberChanged === undefined) {
      this.server.listener = listener;
      return;
    }
    const memberChanged = (nowUs: number, member: number): void => {
      this.lastUs = nowUs;
      listener.memberChanged?.(nowUs, member, this.memberState(member));
    };
    this.server.listener = { ...listener, memberChanged };
  }

  page(id: number): string {
    return this.pages.page(id);
  }

  start(nowUs: number): void {
    this.health.start(nowUs);
  }

  // ------------------------------------------------------------ clients

  connectionArrived(nowUs: number, id: number, remote: string, listener: number): number {
    return this.clients.arrived(nowUs, id, remote, listener);
  }

  headStarted(_nowUs: number, id: number): void {
    this.clients.headStarted(id);
  }

  requestArrived(nowUs: number, id: number, request: number, what: ClientRequest): void {
    this.lastUs = nowUs;
    if (!this.clients.requestArrived(id, request)) return;
    const connection = this.clients.byId(id);
    const exchange = this.server.exchangeOf(request);
    const { server, regex } = this.finder.find(connection.listener, what.host);
    exchange.begin(connection, what, server);
    if (regex !== null) matches(exchange, regex, hostOf(what.host.text));
    this.phases.begin(nowUs, exchange);
  }

  clientGone(nowUs: number, id: number): void {
    this.lastUs = nowUs;
    if (!this.clients.gone(id)) return;
    const exchange = this.server.exchangeOf(this.clients.byId(id).request);
    if (exchange.phase === Phase.LIMIT_REQ) {
      this.context.outbox.cancelTimer(timerId(TimerKind.LIMIT_REQ, exchange.id));
      exchange.staysOpen = false;
      this.finished(exchange);
    } else if (!exchange.location.settings.ignoreClientAbort || exchange.phase === Phase.TUNNEL)
      this.upstreams.abort(nowUs, exchange);
  }

  private pass(nowUs: number, exchange: Exchange): void {
    const upstream = this.upstreamOf(exchange);
    if (upstream === null) this.phases.special(nowUs, exchange, this.leadsNowhere(exchange) ? 500 : 502);
    else this.upstreams.start(nowUs, exchange, upstream);
  }

  /** The upstream of the location; one that only a variable names must stand in the file (no resolver is simulated). */
  private upstreamOf(exchange: Exchange): Upstream | null {
    const { proxyPass } = exchange.location;
    if (proxyPass === null) return null;
    const name = proxyPass.kind === "upstream" ? proxyPass.upstream : null;
    const index = name === null ? this.variableUpstream(exchange) : this.upstreamOfName.get(name.toLowerCase());
    return index === undefined ? null : (exchange.connection.worker.upstreams[index] ?? null);
  }

  /** The variables of a proxy_pass made no URL ("invalid URL prefix", "no host": ngx_http_proxy_eval). */
  private leadsNowhere(exchange: Exchange): boolean {
    return exchange.location.proxyPass?.kind === "variable" && this.server.variables.target(exchange) === null;
  }

  private variableUpstream(exchange: Exchange): number | undefined {
    const target = this.server.variables.target(exchange);
    if (target === null) return undefined;
    const block = target.name === null ? undefined : this.upstreamOfName.get(target.name);
    return block ?? this.upstreamOfName.get(target.address);
  }

  private finished(exchange: Exchange): void {
    this.phases.release(exchange);
    this.clients.requestEnded(exchange);
  }

  // ------------------------------------------------------------ servers

  attemptConnected(_nowUs: number, attempt: number): void {
    this.upstreams.attemptConnected(this.server.exchangeOf(attempt));
  }
  attemptFailed(nowUs: number, attempt: number, failure: number): void {
    this.lastUs = nowUs;
    this.upstreams.attemptFailed(nowUs, this.server.exchangeOf(attempt), failure);
  }
  requestSent(): void {}
  interim(): void {}
  head(nowUs: number, attempt: number, head: ResponseHead): void {
    this.upstreams.head(nowUs, this.server.exchangeOf(attempt), head);
  }
  body(_nowUs: number, attempt: number, bytes: number): void {
    this.upstreams.body(this.server.exchangeOf(attempt), bytes);
  }
  end(nowUs: number, attempt: number): void {
    this.upstreams.end(nowUs, this.server.exchangeOf(attempt));
  }
  answered(nowUs: number, attempt: number, head: ResponseHead, bodyBytes: number): void {
    this.upstreams.answered(nowUs, this.server.exchangeOf(attempt), head, bodyBytes);
  }
  broken(nowUs: number, attempt: number, phase: number, cause: number): void {
    this.lastUs = nowUs;
    this.upstreams.broken(nowUs, this.server.exchangeOf(attempt), phase, cause);
  }
  tunnelClosed(nowUs: number, attempt: number): void {
    this.upstreams.tunnelClosed(nowUs, this.server.exchangeOf(attempt));
  }
  idleConnectionClosed(_nowUs: number, id: number): void {
    const connection = this.server.connections.byId(id);
    if (connection === null) return;
    connection.keptBy?.drop(connection);
    this.server.connections.lost(connection);
  }

  // ------------------------------------------------------------ clock, health, operator

  timer(nowUs: number, timer: number): void {
    this.lastUs = nowUs;
    const slot = timerSlot(timer);
    switch (timerKind(timer)) {
      case TimerKind.KEEP_ALIVE:
      case TimerKind.REQUEST_HEAD:
        this.clients.close(slot);
        break;
      case TimerKind.LIMIT_REQ:
        this.phases.limitReqTimer(nowUs, this.server.exchangeOf(slot));
        break;
      case TimerKind.QUEUE:
        this.upstreams.queueTimedOut(nowUs, this.server.exchangeOf(slot));
        break;
      case TimerKind.WAKE:
        this.upstreams.wakeQueues(nowUs);
        break;
      case TimerKind.KEPT: {
        const connection = this.server.connections.byId(slot) as BackendConnection;
        connection.keptBy?.timedOut(connection);
        break;
      }
      default:
        this.health.timer(nowUs, slot);
    }
  }

  probeResult(nowUs: number, probe: number, failure: number, status: number, body: string): void {
    this.lastUs = nowUs;
    this.health.result(nowUs, probe, failure, status, body);
    this.upstreams.wakeQueues(nowUs);
  }

  operate(nowUs: number, member: number, command: string): void {
    this.lastUs = nowUs;
    this.places.operate(member, command);
    this.upstreams.wakeQueues(nowUs);
    this.server.listener?.memberChanged?.(nowUs, member, "");
  }

  loadReport(): void {}

  // ------------------------------------------------------------ questions

  snapshot(nowUs: number): readonly StatusTable[] {
    return this.places.snapshot(nowUs);
  }

  keepAliveHeaders(request: number): readonly Header[] {
    const exchange = this.server.exchangeOf(request);
    const { keepaliveHeaderS } = exchange.location.settings;
    if (!exchange.staysOpen) return [{ name: "Connection", value: "close" }];
    const open = { name: "Connection", value: "keep-alive" };
    return keepaliveHeaderS === 0 ? [open] : [open, { name: "Keep-Alive", value: `timeout=${keepaliveHeaderS}` }];
  }

  memberState(member: number): string {
    return this.places.state(this.lastUs, member);
  }

  requestOfAttempt(attempt: number): number {
    return attempt;
  }

  memberOfAttempt(attempt: number): number {
    const { choice, peer } = this.server.exchangeOf(attempt);
    return peer < 0 ? -1 : (choice.list.lines[peer] as PeerLine).member;
  }

  isUsable(nowUs: number, member: number): boolean {
    return this.places.isUsable(nowUs, member);
  }

  usableAgainUs(member: number): number {
    return this.places.usableAgainUs(this.lastUs, member);
  }
}
