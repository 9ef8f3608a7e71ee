import { type ClientRequest, type Header, NO_HEADERS, type ResponseHead } from "../../contract/http-message.ts";
import {
  Listen,
  type MachineContext,
  type MachineListener,
  type MemberInfo,
  type ProxyMachine,
  type StatusTable,
} from "../../contract/proxy-machine.ts";
import { SpareIds } from "../shared/spare-ids.ts";
import { timerKind, timerSlot } from "../shared/timer-id.ts";
import { ActiveHealth } from "./active-health.ts";
import { applyHeaders } from "./apply-headers.ts";
import { ClientConnections } from "./client-connections.ts";
import type { CaddyConfig } from "./config/caddy-config.ts";
import { Exchange, Phase } from "./exchange.ts";
import { FailMemory } from "./fail-memory.ts";
import { Hosts } from "./hosts.ts";
import { OwnAnswers } from "./own-answers.ts";
import { expandPlaceholders } from "./placeholders.ts";
import { ProxyHandler } from "./proxy-handler.ts";
import { ReadyProxy } from "./ready-proxy.ts";
import { ResponseRelay } from "./response-relay.ts";
import { routeRequest } from "./route-request.ts";
import { TimerKind } from "./timer-kind.ts";
import { type BackendConnection, TransportPool } from "./transport-pool.ts";
import { UpstreamPool } from "./upstream-pool.ts";

/** Caddy 2.6.2 with its reverse_proxy handlers as a machine. It only joins the parts. */
export class CaddyMachine implements ProxyMachine {
  readonly family = "caddy";
  readonly members: readonly MemberInfo[];
  readonly addresses: readonly string[];
  private readonly config: CaddyConfig;
  private readonly hosts: Hosts;
  private readonly proxies: readonly ReadyProxy[];
  private readonly answers = new OwnAnswers();
  private readonly clients: ClientConnections;
  private readonly handler: ProxyHandler;
  private readonly relay: ResponseRelay;
  private readonly health: ActiveHealth;
  private readonly exchanges: Exchange[] = [];
  private readonly owners: (BackendConnection | null)[] = [];
  /** Last state word told to the listener, by member. */
  private readonly told: string[] = [];

  constructor(config: CaddyConfig, { outbox, random }: MachineContext) {
    this.config = config;
    this.addresses = [...new Set(config.proxies.flatMap(({ upstreams }) => upstreams.map(({ dial }) => dial)))];
    this.hosts = new Hosts(this.addresses);
    const ids = new SpareIds();
    let firstMember = 0;
    this.proxies = config.proxies.map((proxy, index) => {
      const fails = new FailMemory(proxy.passive?.failDurationUs ?? 0, index, this.hosts, outbox);
      const transport = new TransportPool(proxy.transport, outbox, ids, this.owners);
      const pool = new UpstreamPool(proxy, this.hosts);
      const ready = new ReadyProxy(index, proxy, pool, fails, transport, firstMember);
      firstMember += proxy.upstreams.length;
      return ready;
    });
    this.members = this.proxies.flatMap(({ config: proxy, pool }) => membersOf(proxy.name, pool));
    this.clients = new ClientConnections(config.servers, outbox);
    this.handler = new ProxyHandler(outbox, random, this.hosts);
    this.relay = new ResponseRelay(outbox, this.handler, this.answers, this.clients);
    this.handler.answerer = this.relay;
    this.health = new ActiveHealth(this.proxies, outbox, (nowUs, proxy, u) => this.tell(nowUs, proxy, u));
  }

  get listener(): MachineListener | null {
    return this.handler.listener;
  }
  set listener(listener: MachineListener | null) {
    this.handler.listener = listener;
    const watches = listener?.memberChanged !== undefined;
    this.hosts.changed = watches ? (nowUs, host) => this.hostChanged(nowUs, host) : null;
    for (const [m] of this.members.entries()) this.told[m] = this.memberState(m);
  }

  private hostChanged(nowUs: number, host: number): void {
    for (const proxy of this.proxies)
      for (let u = 0; u < proxy.pool.count; u++) if (proxy.pool.host[u] === host) this.tell(nowUs, proxy, u);
  }

  private tell(nowUs: number, proxy: ReadyProxy, upstream: number): void {
    const member = proxy.firstMember + upstream;
    const state = proxy.pool.stateWord(upstream);
    if (this.told[member] === state) return;
    this.told[member] = state;
    this.listener?.memberChanged?.(nowUs, member, state);
  }

  page(id: number): string {
    return this.answers.page(id);
  }

  keepAliveHeaders(): readonly Header[] {
    return NO_HEADERS;
  }

  start(): void {
    this.health.start();
  }

  // ------------------------------------------------------------ clients

  connectionArrived(_nowUs: number, connection: number, remote: string, listener: number): number {
    this.clients.arrived(connection, remote, listener);
    return Listen.ESTABLISHED;
  }

  headStarted(_nowUs: number, connection: number): void {
    this.clients.busy(connection);
  }

  requestArrived(nowUs: number, connection: number, request: number, what: ClientRequest): void {
    const exchange = this.exchangeAt(request);
    const remote = this.clients.remote[connection] as string;
    this.clients.begin(connection, request);
    exchange.begin(nowUs, connection, remote, what);
    const server = this.config.servers[this.clients.server[connection] as number];
    const destination = routeRequest(server?.routes ?? [], exchange, (operations, headers) =>
      applyHeaders(operations, headers, (text) => expandPlaceholders(text, exchange, "")),
    );
    if (destination?.kind === "proxy") {
      exchange.proxy = this.proxies[destination.proxy] as ReadyProxy;
      exchange.phase = Phase.CONNECT;
      this.handler.iterate(nowUs, exchange);
    } else if (destination?.kind === "abort") this.relay.abort(nowUs, exchange);
    else if (destination === null) this.relay.own(nowUs, exchange, 200, "", null);
    else {
      // caddyhttp/staticresp.go expands placeholders in the body and in header values, so in Location.
      const { status, body, location } = destination;
      const expand = (text: string): string => expandPlaceholders(text, exchange, "");
      this.relay.own(nowUs, exchange, status, expand(body), location === null ? null : expand(location));
    }
  }

  clientGone(nowUs: number, connection: number): void {
    const request = this.clients.request[connection] ?? -1;
    if (request >= 0) this.relay.cancel(nowUs, this.exchangeAt(request));
    this.clients.gone(connection);
  }

  private exchangeAt(request: number): Exchange {
    for (let id = this.exchanges.length; id <= request; id++) this.exchanges.push(new Exchange(id));
    return this.exchanges[request] as Exchange;
  }

  // ------------------------------------------------------------ backends

  private exchangeOf(attempt: number): Exchange | null {
    return this.handler.exchangeOfAttempt[attempt] ?? null;
  }

  attemptConnected(nowUs: number, attempt: number): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.handler.connected(nowUs, exchange);
  }
  attemptFailed(nowUs: number, attempt: number): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.handler.dialFailed(nowUs, exchange);
  }
  requestSent(): void {}
  interim(): void {}
  head(nowUs: number, attempt: number, head: ResponseHead): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.relay.head(nowUs, exchange, head);
  }
  body(_nowUs: number, attempt: number, bytes: number): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.relay.body(exchange, bytes);
  }
  end(nowUs: number, attempt: number): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.relay.end(nowUs, exchange);
  }
  answered(nowUs: number, attempt: number, head: ResponseHead, bodyBytes: number): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.relay.answered(nowUs, exchange, head, bodyBytes);
  }
  broken(nowUs: number, attempt: number, phase: number, cause: number): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.relay.broken(nowUs, exchange, phase, cause);
  }
  tunnelClosed(nowUs: number, attempt: number): void {
    const exchange = this.exchangeOf(attempt);
    if (exchange !== null) this.relay.tunnelClosed(nowUs, exchange);
  }
  idleConnectionClosed(_nowUs: number, connection: number): void {
    const owner = this.owners[connection] ?? null;
    if (owner !== null) owner.pool.lost(owner);
  }

  // ------------------------------------------------------------ clock, health, operator

  timer(nowUs: number, timer: number): void {
    const slot = timerSlot(timer);
    switch (timerKind(timer)) {
      case TimerKind.FAILS:
        this.proxies[slot]?.fails.expire(nowUs);
        break;
      case TimerKind.HEALTH:
        this.health.timer(slot);
        break;
      case TimerKind.RETRY:
        this.handler.pauseOver(nowUs, this.exchangeAt(slot));
        break;
      case TimerKind.HEAD:
        this.handler.headTimedOut(nowUs, this.exchangeAt(slot));
        break;
      default:
        this.clients.idleTimer(slot);
    }
  }

  probeResult(nowUs: number, probe: number, failure: number, status: number, body: string): void {
    this.health.result(nowUs, probe, failure, status, body);
  }

  operate(_nowUs: number, _member: number, command: string): void {
    throw new RangeError(`Caddy's admin endpoint has no command for an upstream: "${command}"`);
  }

  loadReport(): void {}

  // ------------------------------------------------------------ questions

  /** What GET /reverse_proxy/upstreams of the admin endpoint answers (reverseproxy/admin.go, Caddy 2.6.2). */
  snapshot(): readonly StatusTable[] {
    const rows = this.addresses.map((address, host) => ({
      address,
      num_requests: this.hosts.requests[host] as number,
      fails: this.hosts.fails[host] as number,
    }));
    return [{ title: "/reverse_proxy/upstreams", rows }];
  }

  memberState(member: number): string {
    const proxy = this.proxyOf(member);
    return proxy.pool.stateWord(member - proxy.firstMember);
  }

  requestOfAttempt(attempt: number): number {
    return this.handler.requestOfAttempt[attempt] ?? -1;
  }

  memberOfAttempt(attempt: number): number {
    return this.handler.memberOfAttempt[attempt] ?? -1;
  }

  isUsable(_nowUs: number, member: number): boolean {
    const proxy = this.proxyOf(member);
    return proxy.pool.isAvailable(member - proxy.firstMember);
  }

  /** When enough failures are forgotten, unless an active check or a limit keeps the upstream out too. */
  usableAgainUs(member: number): number {
    const proxy = this.proxyOf(member);
    const u = member - proxy.firstMember;
    const { pool } = proxy;
    if (pool.unhealthy[u] !== 0 || pool.isFull(u)) return Number.POSITIVE_INFINITY;
    const limit = pool.passive?.maxFails ?? 1;
    const host = pool.host[u] as number;
    const expiries = this.proxies.flatMap(({ fails }) => fails.expiriesOf(host)).sort((a, b) => a - b);
    return limit <= 0 ? Number.POSITIVE_INFINITY : (expiries[expiries.length - limit] ?? Number.NEGATIVE_INFINITY);
  }

  private proxyOf(member: number): ReadyProxy {
    const proxy = this.proxies.findLast(({ firstMember }) => firstMember <= member);
    if (proxy === undefined || member >= this.members.length) throw new RangeError(`no member ${member}`);
    return proxy;
  }
}

function membersOf(group: string, pool: UpstreamPool): readonly MemberInfo[] {
  return pool.dials.map((dial, u) => ({
    name: dial,
    group,
    alias: null,
    address: pool.host[u] as number,
    weight: 1,
    tier: 0,
    role: "normal" as const,
  }));
}
