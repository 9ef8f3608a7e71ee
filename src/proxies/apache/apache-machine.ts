import type { ClientRequest, Header, ResponseHead } from "../../contract/http-message.ts";
import type {
  MachineContext,
  MachineListener,
  MemberInfo,
  ProxyMachine,
  StatusTable,
} from "../../contract/proxy-machine.ts";
import { timerKind, timerSlot } from "../shared/timer-id.ts";
import { Balancer, type StatusObserver } from "./balancer.ts";
import { BalancerManager } from "./balancer-manager.ts";
import { isCandidate } from "./best-worker.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { ApacheConfig, MemberConfig, ServerConfig } from "./config/apache-config.ts";
import { BackendConnections } from "./connection-pool.ts";
import { OwnPages } from "./error-pages.ts";
import type { Exchange } from "./exchange.ts";
import { HealthChecker } from "./health-check.ts";
import { HeartbeatStorage, isReportAddress } from "./heartbeat-storage.ts";
import { lbmethodNamed } from "./lbmethods/index.ts";
import { operateMember } from "./manager-commands.ts";
import { EventMpm, type RequestHandler } from "./mpm-event.ts";
import { ProxyHandler } from "./proxy-handler.ts";
import { ProxyServer, type ReadyServer } from "./proxy-server.ts";
import { readyServer } from "./ready-server.ts";
import { ResponseRelay } from "./response-relay.ts";
import type { ServerProcess } from "./server-process.ts";
import { TimerKind } from "./timer-kind.ts";
import { type Route, UrlMapping } from "./url-mapping.ts";
import { VirtualHosts } from "./virtual-hosts.ts";
import { Flag, isUsableStatus, stateWord, statusText } from "./worker-status.ts";

/** What a configuration defines, made ready. */
class Parts {
  readonly balancers: readonly Balancer[];
  readonly byName: ReadonlyMap<string, Balancer>;
  readonly workers: readonly Balancer[];
  readonly members: readonly MemberInfo[];
  readonly addresses: readonly string[];
  readonly addressOfMember: readonly number[];

  constructor(config: ApacheConfig) {
    let firstMember = 0;
    const balancers: Balancer[] = [];
    const add = (balancer: Balancer): Balancer => {
      firstMember += balancer.members.length;
      balancers.push(balancer);
      return balancer;
    };
    const named = config.balancers.map((balancer) =>
      add(
        new Balancer(
          balancer.name,
          balancer,
          balancer.members,
          lbmethodNamed(balancer.lbmethod),
          balancers.length,
          firstMember,
        ),
      ),
    );
    this.workers = config.workers.map((worker) =>
      add(new Balancer(worker.url, null, [worker], lbmethodNamed("byrequests"), balancers.length, firstMember)),
    );
    this.balancers = balancers;
    this.byName = new Map(named.map((balancer) => [balancer.name, balancer]));
    const all = balancers.flatMap((balancer) => balancer.members.map((member) => ({ balancer, member })));
    this.addresses = [...new Set(all.map(({ member }) => member.address))];
    this.members = all.map(({ balancer, member }) => memberInfo(balancer, member, this.addresses));
    this.addressOfMember = this.members.map(({ address }) => address);
  }
}

function memberInfo(balancer: Balancer, member: MemberConfig, addresses: readonly string[]): MemberInfo {
  const letters = member.status.toUpperCase();
  return {
    name: member.url,
    group: balancer.name,
    alias: member.route === "" ? null : member.route,
    address: addresses.indexOf(member.address),
    weight: member.factor / 100,
    tier: member.lbset,
    role: letters.includes("R") ? "spare" : letters.includes("H") ? "standby" : "normal",
  };
}

/**
 * Apache httpd 2.4.71 with mod_proxy_balancer and the event MPM as a machine. It only joins the parts: the MPM says when a
 * request has a thread, the mapping where it leads, the handler and the relay carry it there and back.
 */
export class ApacheMachine implements ProxyMachine, RequestHandler, StatusObserver {
  readonly family = "apache";
  readonly members: readonly MemberInfo[];
  readonly addresses: readonly string[];
  private readonly balancerOfMember: readonly Balancer[];
  private readonly config: ApacheConfig;
  private readonly context: MachineContext;
  private readonly pages = new OwnPages();
  private readonly heartbeats: HeartbeatStorage;
  private readonly hosts: VirtualHosts;
  private readonly mapping: UrlMapping;
  private readonly proxy: ProxyServer;
  private readonly handler: ProxyHandler;
  private readonly relay: ResponseRelay;
  private readonly mpm: EventMpm;
  private readonly health: HealthChecker;
  private readonly manager: BalancerManager;

  constructor(config: ApacheConfig, context: MachineContext) {
    const parts = new Parts(config);
    const { outbox, random } = context;
    this.config = config;
    this.context = context;
    this.members = parts.members;
    this.addresses = parts.addresses;
    this.balancerOfMember = parts.balancers.flatMap((balancer) => balancer.members.map(() => balancer));
    for (const balancer of parts.balancers) balancer.observer = this;
    this.heartbeats = new HeartbeatStorage(config.heartbeatStorage);
    this.hosts = new VirtualHosts(config);
    this.mapping = new UrlMapping(config, parts.byName, parts.workers, this.pages);
    this.proxy = new ProxyServer({
      outbox,
      pages: this.pages,
      connections: new BackendConnections(outbox),
      context: { random, heartbeatOf: (host, nowUs) => this.heartbeats.recordOf(host, nowUs) },
      servers: config.servers.map((_server, index) =>
        readyServer(config, index, parts.byName, this.pages, this.mapping, random),
      ),
      balancers: parts.balancers,
      addressOfMember: parts.addressOfMember,
      threadsPerChild: config.limits.threadsPerChild,
    });
    this.relay = new ResponseRelay(this.proxy);
    this.handler = new ProxyHandler(this.proxy, this.relay);
    this.relay.handler = this.handler;
    this.mpm = new EventMpm(config.limits, outbox, random, this);
    this.proxy.mpm = this.mpm;
    this.health = new HealthChecker(config, parts.balancers, parts.addressOfMember, outbox, context.startedAtUs);
    this.manager = new BalancerManager(
      parts.balancers,
      config.healthExpressions,
      config.modules.includes("proxy_hcheck"),
    );
  }

  get listener(): MachineListener | null {
    return this.proxy.listener;
  }
  set listener(listener: MachineListener | null) {
    this.proxy.listener = listener;
  }

  page(id: number): string {
    return this.pages.page(id);
  }

  start(nowUs: number): void {
    this.mpm.start();
    this.health.start(nowUs);
  }

  // ------------------------------------------------------------ clients

  connectionArrived(_nowUs: number, connection: number, remote: string, listener: number): number {
    return this.mpm.connectionArrived(connection, remote, listener);
  }
  headStarted(nowUs: number, connection: number): void {
    this.mpm.headStarted(nowUs, connection);
  }
  requestArrived(nowUs: number, connection: number, request: number, what: ClientRequest): void {
    this.mpm.requestArrived(nowUs, connection, request, what);
  }
  clientGone(nowUs: number, connection: number): void {
    this.mpm.clientGone(nowUs, connection);
  }

  /** RequestHandler: a thread has the request. */
  serve(nowUs: number, connection: ClientConnection): void {
    const exchange = this.handler.exchangeOf(connection.request);
    exchange.begin(nowUs, connection);
    const what = connection.what as ClientRequest;
    const server = this.hosts.serverFor(what.host, connection.listener);
    exchange.site = this.proxy.servers[server] as ReadyServer;
    const { rewriting, policy } = exchange.site;
    if (policy !== null) policy.begin(exchange);
    let route =
      rewriting === null ? this.mapping.routeOf(what.target, server) : rewriting.routeOf(exchange, connection);
    if (policy?.avoidsProxy(exchange) === true) route = this.mapping.withoutProxy(route, what.target, server);
    if (route.balancer === null) route = this.ownRoute(exchange, route);
    exchange.route = route;
    exchange.balancer = route.balancer;
    if (route.sections !== "" && exchange.site.sections !== null)
      exchange.site = exchange.site.sections.siteFor(route.sections);
    if (!route.isAnswer && exchange.site.policy?.admits(exchange) === false) {
      this.relay.forbid(nowUs, exchange);
      return;
    }
    if (rewriting?.hasPlaces === true) {
      route = rewriting.routeInPlace(exchange, connection, route);
      exchange.route = route;
      exchange.balancer = route.balancer;
    }
    if (route.balancer === null) this.relay.own(nowUs, exchange);
    else this.handler.handle(nowUs, exchange);
  }

  /** Where neither ProxyPass nor a rule leads to a member, Redirect is asked. */
  private ownRoute(exchange: Exchange, route: Route): Route {
    const { redirects } = exchange.site;
    if (redirects === null || route.isAnswer) return route;
    const found = redirects.routeFor(exchange);
    if (found === null) return route;
    found.sections = route.sections;
    return found;
  }

  /** RequestHandler: 408 on a connection whose request never came whole. */
  headTimedOut(_nowUs: number, connection: ClientConnection): void {
    const { head, page } = this.pages.error(408);
    this.context.outbox.refuse(connection.id, head, page);
  }

  headTimeoutUs(): number {
    return this.config.limits.requestHeadTimeoutUs ?? (this.config.servers[0] as ServerConfig).timeoutUs;
  }

  processEnded(_nowUs: number, process: ServerProcess): void {
    this.proxy.dropPools(process.slot);
  }

  // ------------------------------------------------------------ backends; an attempt's id is its request's

  attemptConnected(nowUs: number, attempt: number): void {
    this.handler.attemptConnected(nowUs, attempt);
  }
  attemptFailed(nowUs: number, attempt: number, failure: number): void {
    this.handler.attemptFailed(nowUs, attempt, failure);
  }
  requestSent(_nowUs: number, attempt: number, bytes: number): void {
    this.relay.requestSent(this.handler.exchangeOf(attempt), bytes);
  }
  interim(_nowUs: number, attempt: number, status: number): void {
    this.relay.interim(this.handler.exchangeOf(attempt), status);
  }
  head(nowUs: number, attempt: number, head: ResponseHead): void {
    this.relay.head(nowUs, this.handler.exchangeOf(attempt), head);
  }
  body(_nowUs: number, attempt: number, bytes: number): void {
    this.relay.body(this.handler.exchangeOf(attempt), bytes);
  }
  end(nowUs: number, attempt: number): void {
    this.relay.end(nowUs, this.handler.exchangeOf(attempt));
  }
  answered(nowUs: number, attempt: number, head: ResponseHead, bodyBytes: number): void {
    this.relay.answered(nowUs, this.handler.exchangeOf(attempt), head, bodyBytes);
  }
  broken(nowUs: number, attempt: number, phase: number, cause: number): void {
    this.relay.broken(nowUs, this.handler.exchangeOf(attempt), phase, cause);
  }
  tunnelClosed(nowUs: number, attempt: number): void {
    this.relay.tunnelClosed(nowUs, this.handler.exchangeOf(attempt));
  }
  idleConnectionClosed(_nowUs: number, connection: number): void {
    const owner = this.proxy.connections.ownerOf(connection);
    if (owner !== null) this.proxy.connections.lost(owner);
  }

  // ------------------------------------------------------------ clock, health, operator

  timer(nowUs: number, timer: number): void {
    const slot = timerSlot(timer);
    switch (timerKind(timer)) {
      case TimerKind.KEEP_ALIVE:
        this.mpm.keepAliveTimer(nowUs, slot);
        break;
      case TimerKind.REQUEST_HEAD:
        this.mpm.requestHeadTimer(nowUs, slot);
        break;
      case TimerKind.ACQUIRE:
        this.handler.acquireTimer(nowUs, slot);
        break;
      case TimerKind.BALANCER_WAIT:
        this.handler.waitTimer(nowUs, slot);
        break;
      case TimerKind.WATCHDOG:
        this.health.tick(nowUs);
        break;
      default:
        this.mpm.maintenanceTimer(nowUs);
    }
  }

  probeResult(nowUs: number, probe: number, failure: number, status: number, body: string): void {
    this.health.probeResult(nowUs, probe, failure, status, body);
  }

  operate(nowUs: number, member: number, command: string): void {
    const balancer = this.balancerOf(member);
    operateMember(balancer, member - balancer.firstMember, nowUs, command);
    this.health.reschedule(nowUs);
  }

  /** A report is kept under the address that it came from: members that are written as a name never find it. */
  loadReport(nowUs: number, address: number, busy: number, ready: number): void {
    const member = this.members.findIndex((info) => info.address === address);
    if (member < 0) return;
    const balancer = this.balancerOf(member);
    const config = balancer.members[member - balancer.firstMember] as MemberConfig;
    if (isReportAddress(config.host)) this.heartbeats.report(nowUs, config.host, busy, ready);
  }

  /** StatusObserver. */
  statusChanged(nowUs: number, member: number, status: number): void {
    this.proxy.listener?.memberChanged?.(nowUs, member, statusText(status));
  }

  // ------------------------------------------------------------ questions

  snapshot(_nowUs: number): readonly StatusTable[] {
    return this.manager.tables();
  }

  /** Connection and Keep-Alive headers of the answer to a request; asked before its id is used again. */
  keepAliveHeaders(request: number): readonly Header[] {
    return this.relay.connectionHeaders(this.handler.exchangeOf(request));
  }

  memberState(member: number): string {
    const balancer = this.balancerOf(member);
    return stateWord(balancer.status(member - balancer.firstMember));
  }

  requestOfAttempt(attempt: number): number {
    return attempt;
  }

  memberOfAttempt(attempt: number): number {
    const { balancer, member } = this.handler.exchangeOf(attempt);
    return balancer === null || member < 0 ? -1 : balancer.firstMember + member;
  }

  isUsable(nowUs: number, member: number): boolean {
    const balancer = this.balancerOf(member);
    const m = member - balancer.firstMember;
    return balancer.config === null ? (balancer.status(m) & (Flag.D | Flag.S)) === 0 : isCandidate(balancer, m, nowUs);
  }

  /**
   * The end of the retry window, unless something else keeps the member out too (spec/apache.md 6.2). What forced recovery
   * opens is usable already: it acts on the next request (6.3).
   */
  usableAgainUs(member: number): number {
    const balancer = this.balancerOf(member);
    const m = member - balancer.firstMember;
    const status = balancer.status(m);
    const comesBack = (status & Flag.E) !== 0 && (status & Flag.N) === 0 && isUsableStatus(status & ~Flag.E);
    if (!comesBack) return Number.POSITIVE_INFINITY;
    return (balancer.slots.errorTimeUs[m] as number) + (balancer.slots.retryUs[m] as number);
  }

  private balancerOf(member: number): Balancer {
    const balancer = this.balancerOfMember[member];
    if (balancer === undefined) throw new RangeError(`no member ${member}`);
    return balancer;
  }
}

/** Apache httpd 2.4.71 for one configuration. */
export function buildApacheMachine(config: ApacheConfig, context: MachineContext): ApacheMachine {
  return new ApacheMachine(config, context);
}
