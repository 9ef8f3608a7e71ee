import type { ClientRequest, Header, ResponseHead } from "../../contract/http-message.ts";
import {
  Listen,
  type MachineContext,
  type MachineListener,
  type MemberInfo,
  type ProxyMachine,
  type StatusTable,
} from "../../contract/proxy-machine.ts";
import { ClientConnection, ConnectionState } from "./client-connection.ts";
import type { NginxConfig } from "./config/nginx-config.ts";
import type { UpstreamConfig } from "./config/upstream-config.ts";
import { type Exchange, Phase } from "./exchange.ts";
import { HealthChecks } from "./health-checks.ts";
import { methodOf } from "./lbmethods/index.ts";
import { NginxServer } from "./nginx-server.ts";
import { OwnPages } from "./own-pages.ts";
import { operatePeer } from "./peer-commands.ts";
import type { PeerLine, PeerList } from "./peer-list.ts";
import { RequestPhases } from "./request-phases.ts";
import { ServerFinder } from "./server-finder.ts";
import { statusTables } from "./status-tables.ts";
import { LearnedSessions } from "./sticky.ts";
import { TimerKind, timerId, timerKind, timerSlot } from "./timer-ids.ts";
import { Upstream } from "./upstream.ts";
import { type BackendConnection, BackendConnections, KeptConnections } from "./upstream-connections.ts";
import { UpstreamHandler } from "./upstream-handler.ts";
import type { Worker } from "./worker.ts";
import { WorkerPlaces } from "./worker-places.ts";

/** The place of the channel to the master process. */
const CHANNEL = 1;

/** A peer list of one worker, and where a member stands in it. */
interface MemberPlace {
  readonly list: PeerList;
  readonly peer: number;
}

/**
 * nginx 1.22.1 with ngx_http_proxy_module as a machine (spec/nginx.md). It only joins the parts: client connections and their
 * places here, requests in RequestPhases, attempts in UpstreamHandler.
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
  private readonly workers: readonly Worker[];
  private readonly phases: RequestPhases;
  private readonly upstreams: UpstreamHandler;
  private readonly health: HealthChecks;
  private readonly connections: ClientConnection[] = [];
  /** Where each member stands, in every worker. */
  private readonly places: readonly (readonly MemberPlace[])[];
  private lastUs: number;

  constructor(config: NginxConfig, context: MachineContext) {
    this.config = config;
    this.context = context;
    this.lastUs = context.startedAtUs;
    const lines = peerLines(config.upstreams);
    const all = lines.flat();
    this.addresses = [...new Set(all.map(({ address }) => address))];
    this.members = config.upstreams.flatMap((upstream, u) =>
      (lines[u] as PeerLine[]).map((line) => memberInfo(upstream, line, this.addresses)),
    );
    const connections = new BackendConnections(context.outbox);
    this.server = new NginxServer({
      config,
      outbox: context.outbox,
      random: context.random,
      epochOffsetUs: context.epochOffsetUs,
      pages: this.pages,
      connections,
      addressOf: new Map(this.addresses.map((address, i) => [address, i])),
      learned: config.upstreams.map(({ sticky }) =>
        sticky?.kind === "learn" ? new LearnedSessions(sticky.timeoutUs) : null,
      ),
    });
    this.finder = new ServerFinder(config);
    this.workers = this.makeWorkers(lines, connections);
    const owner = {
      special: (nowUs: number, exchange: Exchange, status: number) => this.phases.special(nowUs, exchange, status),
      pass: (nowUs: number, exchange: Exchange) => this.pass(nowUs, exchange),
      finished: (nowUs: number, exchange: Exchange) => this.finished(nowUs, exchange),
      keepsOpen: (nowUs: number, exchange: Exchange) => this.keepsOpen(nowUs, exchange),
      activeConnections: () => this.connections.filter(({ state }) => state !== ConnectionState.FREE).length,
    };
    this.phases = new RequestPhases(this.server, owner);
    this.upstreams = new UpstreamHandler(this.server, owner);
    this.places = this.members.map((_, member) => this.placesOf(member));
    this.health = new HealthChecks(this.server, this.members, this.places);
  }

  private makeWorkers(lines: readonly PeerLine[][], connections: BackendConnections): readonly Worker[] {
    const { config, context } = this;
    const make = (u: number): Upstream => {
      const upstream = config.upstreams[u] as UpstreamConfig;
      return new Upstream(upstream, lines[u] as PeerLine[], methodOf(upstream));
    };
    const shared = config.upstreams.map(({ zone }, u) => (zone === null ? null : make(u)));
    const taken = config.listeningSockets.length + (config.masterProcess ? CHANNEL : 0);
    return Array.from({ length: config.workerProcesses }, (_, index) => ({
      index,
      places: new WorkerPlaces(config.workerConnections, Math.max(0, config.workerConnections - taken), {
        close: (connection) => this.close(this.connections[connection] as ClientConnection),
      }),
      upstreams: shared.map((upstream, u) => upstream ?? make(u)),
      kept: config.upstreams.map(({ keepalive }) =>
        keepalive === null ? null : new KeptConnections(keepalive, connections, context.outbox),
      ),
    }));
  }

  private placesOf(member: number): readonly MemberPlace[] {
    const found = new Map<PeerList, MemberPlace>();
    for (const { upstreams } of this.workers)
      for (const { primary, backup } of upstreams)
        for (const list of backup === null ? [primary] : [primary, backup]) {
          const peer = list.lines.findIndex((line) => line.member === member);
          if (peer >= 0) found.set(list, { list, peer });
        }
    return [...found.values()];
  }

  get listener(): MachineListener | null {
    return this.server.listener;
  }
  /** A member's state word is added to what the parts tell. */
  set listener(listener: MachineListener | null) {
    this.server.listener =
      listener === null
        ? null
        : {
            ...listener,
            ...(listener.memberChanged === undefined
              ? {}
              : {
                  memberChanged: (nowUs: number, member: number) => {
                    this.lastUs = nowUs;
                    listener.memberChanged?.(nowUs, member, this.memberState(member));
                  },
                }),
          };
  }

  page(id: number): string {
    return this.pages.page(id);
  }

  start(nowUs: number): void {
    this.health.start(nowUs);
  }

  // ------------------------------------------------------------ clients

  /** The worker empties the kernel's queue at once (C.1): what does not fit is closed without an answer. */
  connectionArrived(nowUs: number, id: number, remote: string, listener: number): number {
    for (let i = this.connections.length; i <= id; i++) this.connections.push(new ClientConnection(i));
    const connection = this.connections[id] as ClientConnection;
    const worker = this.acceptingWorker();
    if (!worker.places.take()) {
      this.server.listener?.logged?.(nowUs, `${this.config.workerConnections} worker_connections are not enough`);
      connection.state = ConnectionState.FREE;
      this.context.outbox.drop(id);
      return Listen.ESTABLISHED;
    }
    connection.accepted(nowUs, worker, remote, listener);
    worker.places.idle(id);
    this.context.outbox.setTimer(timerId(TimerKind.REQUEST_HEAD, id), this.headTimeoutUs(listener));
    return Listen.ESTABLISHED;
  }

  /** Which worker accepts is the kernel's choice; here each is as likely (stated assumption). */
  private acceptingWorker(): Worker {
    const { workers } = this;
    return workers[workers.length === 1 ? 0 : this.context.random.nextInt(workers.length)] as Worker;
  }

  private headTimeoutUs(listener: number): number {
    return this.finder.defaultOf(listener).clientHeaderTimeoutUs;
  }

  headStarted(_nowUs: number, id: number): void {
    const connection = this.connections[id] as ClientConnection;
    if (connection.state !== ConnectionState.IDLE) return;
    connection.worker.places.busy(id);
    connection.state = ConnectionState.READING;
    if (connection.requests === 0) return;
    this.context.outbox.cancelTimer(timerId(TimerKind.KEEP_ALIVE, id));
    this.context.outbox.setTimer(timerId(TimerKind.REQUEST_HEAD, id), this.headTimeoutUs(connection.listener));
  }

  requestArrived(nowUs: number, id: number, request: number, what: ClientRequest): void {
    this.lastUs = nowUs;
    const connection = this.connections[id] as ClientConnection;
    if (connection.state === ConnectionState.FREE) return;
    const isFirst = connection.requests === 0 || connection.state === ConnectionState.READING;
    this.context.outbox.cancelTimer(timerId(isFirst ? TimerKind.REQUEST_HEAD : TimerKind.KEEP_ALIVE, id));
    connection.worker.places.busy(id);
    connection.state = ConnectionState.BUSY;
    connection.requests++;
    connection.request = request;
    const exchange = this.server.exchangeOf(request);
    exchange.begin(connection, what, this.finder.find(connection.listener, what.host));
    this.phases.begin(nowUs, exchange);
  }

  clientGone(nowUs: number, id: number): void {
    this.lastUs = nowUs;
    const connection = this.connections[id];
    if (connection === undefined || connection.state === ConnectionState.FREE) return;
    connection.isGone = true;
    if (connection.state !== ConnectionState.BUSY) {
      this.forget(connection);
      return;
    }
    const exchange = this.server.exchangeOf(connection.request);
    if (exchange.phase === Phase.LIMIT_REQ) {
      this.context.outbox.cancelTimer(timerId(TimerKind.LIMIT_REQ, exchange.id));
      exchange.staysOpen = false;
      this.finished(nowUs, exchange);
    } else if (!exchange.location.settings.ignoreClientAbort || exchange.phase === Phase.TUNNEL)
      this.upstreams.abort(nowUs, exchange);
  }

  private keepsOpen(nowUs: number, { connection, what, location }: Exchange): boolean {
    const { keepaliveTimeoutUs, keepaliveRequests, keepaliveTimeUs } = location.settings;
    return (
      what.keepAlive &&
      keepaliveTimeoutUs > 0 &&
      connection.requests < keepaliveRequests &&
      nowUs - connection.acceptedUs <= keepaliveTimeUs
    );
  }

  private pass(nowUs: number, exchange: Exchange): void {
    const upstream = this.upstreamOf(exchange);
    if (upstream === null) this.phases.special(nowUs, exchange, 502);
    else this.upstreams.start(nowUs, exchange, upstream);
  }

  private upstreamOf(exchange: Exchange): Upstream | null {
    const { proxyPass } = exchange.location;
    if (proxyPass === null) return null;
    const name =
      proxyPass.kind === "upstream"
        ? proxyPass.upstream
        : (/^[a-z]+:\/\/([^/?]+)/i.exec(this.server.variables.expand(proxyPass.url, exchange))?.[1] ?? "");
    const index = this.config.upstreams.findIndex((upstream) => upstream.name.toLowerCase() === name.toLowerCase());
    return exchange.connection.worker.upstreams[index] ?? null;
  }

  /** A request is over: its client connection waits for another, or is closed. */
  private finished(nowUs: number, exchange: Exchange): void {
    const { connection } = exchange;
    exchange.phase = Phase.NONE;
    this.phases.release(exchange);
    connection.request = -1;
    this.context.outbox.done(exchange.id);
    if (!exchange.staysOpen || connection.isGone) {
      if (exchange.staysOpen) this.context.outbox.drop(connection.id);
      this.forget(connection);
      return;
    }
    connection.state = ConnectionState.IDLE;
    connection.worker.places.idle(connection.id);
    const { keepaliveTimeoutUs } = exchange.location.settings;
    this.context.outbox.setTimer(timerId(TimerKind.KEEP_ALIVE, connection.id), keepaliveTimeoutUs);
    this.lastUs = nowUs;
  }

  /** Closes a connection without a request in progress. */
  private close(connection: ClientConnection): void {
    this.context.outbox.drop(connection.id);
    this.forget(connection);
  }

  private forget(connection: ClientConnection): void {
    const { worker, id, state } = connection;
    if (state === ConnectionState.FREE) return;
    if (state !== ConnectionState.BUSY) {
      worker.places.busy(id);
      this.context.outbox.cancelTimer(timerId(TimerKind.KEEP_ALIVE, id));
      this.context.outbox.cancelTimer(timerId(TimerKind.REQUEST_HEAD, id));
    }
    connection.state = ConnectionState.FREE;
    worker.places.give();
  }

  // ------------------------------------------------------------ servers; an attempt's id is its request's

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
        this.close(this.connections[slot] as ClientConnection);
        break;
      case TimerKind.LIMIT_REQ:
        this.phases.limitReqTimer(nowUs, this.server.exchangeOf(slot));
        break;
      case TimerKind.QUEUE:
        this.upstreams.queueTimedOut(nowUs, this.server.exchangeOf(slot));
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
  }

  operate(nowUs: number, member: number, command: string): void {
    this.lastUs = nowUs;
    for (const { list, peer } of this.placesOfMember(member)) operatePeer(list, peer, command);
    this.server.listener?.memberChanged?.(nowUs, member, "");
  }

  loadReport(): void {}

  // ------------------------------------------------------------ questions

  snapshot(nowUs: number): readonly StatusTable[] {
    return statusTables(this.config, this.members, this.places, this.server.secondOf(nowUs));
  }

  keepAliveHeaders(request: number): readonly Header[] {
    const exchange = this.server.exchangeOf(request);
    const { keepaliveHeaderS } = exchange.location.settings;
    if (!exchange.staysOpen) return [{ name: "Connection", value: "close" }];
    const open = { name: "Connection", value: "keep-alive" };
    return keepaliveHeaderS === 0 ? [open] : [open, { name: "Keep-Alive", value: `timeout=${keepaliveHeaderS}` }];
  }

  /** In the words of the Plus status page; with several workers a server is out when it is out in all of them. */
  memberState(member: number): string {
    const nowS = this.server.secondOf(this.lastUs);
    const places = this.placesOfMember(member);
    const every = (test: (place: MemberPlace) => boolean): boolean => places.every(test);
    if (this.health.isUnhealthy(member)) return "unhealthy";
    if (every(({ list, peer }) => list.down[peer] === 1)) return "down";
    if (every(({ list, peer }) => list.drain[peer] === 1)) return "draining";
    return every(({ list, peer }) => !list.single && list.isBanned(peer, nowS)) ? "unavail" : "up";
  }

  requestOfAttempt(attempt: number): number {
    return attempt;
  }

  memberOfAttempt(attempt: number): number {
    const { choice, peer } = this.server.exchangeOf(attempt);
    return peer < 0 ? -1 : (choice.list.lines[peer]?.member ?? -1);
  }

  isUsable(nowUs: number, member: number): boolean {
    const nowS = this.server.secondOf(nowUs);
    return this.placesOfMember(member).some(({ list, peer }) =>
      list.single ? list.down[peer] === 0 : list.isOpen(peer, nowS),
    );
  }

  /** The whole second in which a ban has run out. */
  usableAgainUs(member: number): number {
    const nowS = this.server.secondOf(this.lastUs);
    const seconds = this.placesOfMember(member).map(({ list, peer }) =>
      list.down[peer] === 1 || list.drain[peer] === 1 || !list.isBanned(peer, nowS)
        ? Number.POSITIVE_INFINITY
        : list.openAgainS(peer),
    );
    return Math.min(...seconds) * 1_000_000 - this.context.epochOffsetUs;
  }

  private placesOfMember(member: number): readonly MemberPlace[] {
    const places = this.places[member];
    if (places === undefined) throw new RangeError(`no member ${member}`);
    return places;
  }
}

function peerLines(upstreams: readonly UpstreamConfig[]): PeerLine[][] {
  let member = 0;
  return upstreams.map(({ servers }) =>
    servers.flatMap((line) => line.addresses.map((address) => ({ line, address, member: member++ }))),
  );
}

function memberInfo(upstream: UpstreamConfig, { line, address }: PeerLine, addresses: readonly string[]): MemberInfo {
  return {
    name: address,
    group: upstream.name,
    alias: line.route === "" ? null : line.route,
    address: addresses.indexOf(address),
    weight: line.weight,
    tier: line.backup ? 1 : 0,
    role: line.backup ? "standby" : "normal",
  };
}
