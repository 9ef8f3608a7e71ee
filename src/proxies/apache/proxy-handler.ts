import { ConnectFailure } from "../../contract/failure.ts";
import { NO_HEADERS } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";
import { timerId } from "../shared/timer-id.ts";
import type { Balancer } from "./balancer.ts";
import type { ClientConnection } from "./client-connection.ts";
import type { MemberConfig } from "./config/apache-config.ts";
import type { BackendConnection } from "./connection-pool.ts";
import { enterError, forgetErrors } from "./error-state.ts";
import { Exchange, Phase } from "./exchange.ts";
import { NO_FAILOVER, NO_MEMBER, pickMember, preRequest } from "./pre-request.ts";
import type { ProxyServer } from "./proxy-server.ts";
import type { ResponseRelay } from "./response-relay.ts";
import { TimerKind } from "./timer-kind.ts";
import { isUsableStatus } from "./worker-status.ts";

/** The balancer timeout is waited for in this many steps, with a pick after each. */
const WAIT_STEPS = 100;

/**
 * From a request to a member that has it: the loop over attempts of spec/apache.md 2 and 8 (httpd: proxy_handler of
 * mod_proxy.c), pool places, connects. What the member answers is ResponseRelay's.
 */
export class ProxyHandler {
  private readonly proxy: ProxyServer;
  private readonly relay: ResponseRelay;

  constructor(proxy: ProxyServer, relay: ResponseRelay) {
    this.proxy = proxy;
    this.relay = relay;
  }

  exchangeOf(request: number): Exchange {
    const { exchanges } = this.proxy;
    let exchange = exchanges[request];
    if (exchange === undefined) {
      for (let id = exchanges.length; id <= request; id++) exchanges.push(new Exchange(id));
      exchange = exchanges[request] as Exchange;
    }
    return exchange;
  }

  /** A request whose route is known; `exchange.balancer` is where it leads. */
  handle(nowUs: number, exchange: Exchange): void {
    const what = exchange.what as NonNullable<Exchange["what"]>;
    exchange.cookie = what.cookie;
    exchange.headers = exchange.clientHeaders ?? what.headers;
    if (exchange.site.headers?.changesRequests === true) this.applyRequestRules(exchange);
    this.attempt(nowUs, exchange);
  }

  private applyRequestRules(exchange: Exchange): void {
    const { cookie, headers } = exchange;
    const all = cookie === null ? headers : [...headers, { name: "Cookie", value: cookie.text }];
    const after = exchange.site.headers?.applyToRequest(all, exchange) ?? NO_HEADERS;
    const line = after.find((header) => header.name.toLowerCase() === "cookie");
    exchange.headers = after.filter((header) => header !== line);
    if (line === undefined) exchange.cookie = null;
    else if (line.value !== cookie?.text) exchange.cookie = new Text(line.value);
  }

  // ------------------------------------------------------------ choosing

  private attempt(nowUs: number, exchange: Exchange): void {
    const balancer = exchange.balancer as Balancer;
    if (balancer.config === null) {
      this.useMember(nowUs, exchange, 0);
      return;
    }
    const member = preRequest(balancer, exchange, nowUs, this.proxy.context, this.proxy.listener);
    if (member >= 0) this.useMember(nowUs, exchange, member);
    else if (member === NO_MEMBER && balancer.config.timeoutUs > 0 && !balancer.waiting) {
      balancer.waiting = true;
      exchange.phase = Phase.MEMBER;
      exchange.stepsLeft = WAIT_STEPS;
      exchange.stepUs = Math.floor(balancer.config.timeoutUs / WAIT_STEPS);
      this.waiters[balancer.index] = exchange;
      this.proxy.outbox.setTimer(timerId(TimerKind.BALANCER_WAIT, balancer.index), exchange.stepUs);
    } else this.refuse(nowUs, exchange, member);
  }

  /** Exchange that waits for a usable member, by balancer. */
  private readonly waiters: (Exchange | null)[] = [];

  /** A step of the balancer timeout is over (6.5). */
  waitTimer(nowUs: number, index: number): void {
    const exchange = this.waiters[index] ?? null;
    if (exchange === null) return;
    const balancer = exchange.balancer as Balancer;
    const member = pickMember(balancer, nowUs, this.proxy.context);
    exchange.stepsLeft--;
    if (member < 0 && exchange.stepsLeft > 0) {
      this.proxy.outbox.setTimer(timerId(TimerKind.BALANCER_WAIT, index), exchange.stepUs);
      return;
    }
    this.waiters[index] = null;
    balancer.waiting = false;
    if (member < 0) {
      this.refuse(nowUs, exchange, NO_MEMBER);
      return;
    }
    if (balancer.config?.stickySession != null) exchange.routeChanged = true;
    this.useMember(nowUs, exchange, member);
  }

  private refuse(nowUs: number, exchange: Exchange, why: number): void {
    const balancer = exchange.balancer as Balancer;
    if (this.proxy.listener !== null) {
      this.proxy.log(
        nowUs,
        why === NO_FAILOVER
          ? `AH01167: balancer://${balancer.name}: All workers are in error state for route (${exchange.session?.route ?? ""})`
          : balancer.slots.count === 0
            ? `AH01171: balancer://${balancer.name}: No workers in balancer`
            : `AH01170: balancer://${balancer.name}: All workers are in error state`,
      );
    }
    exchange.blames = false;
    this.relay.fail(nowUs, exchange, 503, null);
  }

  // ------------------------------------------------------------ connecting

  private useMember(nowUs: number, exchange: Exchange, member: number): void {
    const balancer = exchange.balancer as Balancer;
    exchange.member = member;
    exchange.ordinal++;
    if (balancer.config !== null) {
      const { busy } = balancer.slots;
      busy[member] = (busy[member] as number) + 1;
      exchange.tried[exchange.triedCount++] = member;
    } else if (!isUsableStatus(balancer.status(member))) {
      this.relay.fail(nowUs, exchange, 503, null);
      return;
    }
    const slot = (exchange.connection as ClientConnection).process?.slot ?? 0;
    const pool = this.proxy.poolOf(balancer, member, slot);
    const backend = pool.take(nowUs);
    if (backend !== null) {
      this.useBackend(nowUs, exchange, backend);
      return;
    }
    exchange.phase = Phase.POOL;
    pool.waiting.push(exchange.id);
    const { acquireUs } = balancer.members[member] as MemberConfig;
    if (acquireUs !== null) this.proxy.outbox.setTimer(timerId(TimerKind.ACQUIRE, exchange.id), acquireUs);
  }

  /** The wait for a place in the pool took too long: as if the connect had failed. */
  acquireTimer(nowUs: number, request: number): void {
    const exchange = this.exchangeOf(request);
    if (exchange.phase !== Phase.POOL) return;
    const balancer = exchange.balancer as Balancer;
    const slot = (exchange.connection as ClientConnection).process?.slot ?? 0;
    const { waiting } = this.proxy.poolOf(balancer, exchange.member, slot);
    waiting.splice(waiting.indexOf(request), 1);
    if (this.proxy.listener !== null) {
      const { host, port } = balancer.members[exchange.member] as MemberConfig;
      this.proxy.log(nowUs, `AH00941: http: failed to acquire connection for (${host}:${port})`);
    }
    this.unavailable(nowUs, exchange);
  }

  /** The place of an exchange comes back to its pool, and goes to the first that waits. */
  release(nowUs: number, exchange: Exchange, keepsOpen: boolean): void {
    const { backend } = exchange;
    if (backend === null) return;
    exchange.backend = null;
    const { disableReuse } = (exchange.balancer as Balancer).members[exchange.member] as MemberConfig;
    if (!keepsOpen || disableReuse) this.proxy.connections.close(backend);
    backend.pool.give(nowUs, backend);
    if (backend.pool.waiting.length > 0) this.wakeWaiting(nowUs, backend);
  }

  private wakeWaiting(nowUs: number, backend: BackendConnection): void {
    const { pool } = backend;
    const place = pool.take(nowUs);
    if (place === null) return;
    const next = this.exchangeOf(pool.waiting.shift() as number);
    this.proxy.outbox.cancelTimer(timerId(TimerKind.ACQUIRE, next.id));
    this.useBackend(nowUs, next, place);
  }

  private useBackend(nowUs: number, exchange: Exchange, backend: BackendConnection): void {
    exchange.backend = backend;
    exchange.reused = backend.open;
    if (backend.open) this.connected(nowUs, exchange);
    else this.connect(exchange, backend);
  }

  private connect(exchange: Exchange, backend: BackendConnection): void {
    const balancer = exchange.balancer as Balancer;
    const config = balancer.members[exchange.member] as MemberConfig;
    const server = exchange.site.config;
    const timeoutUs = config.connectionTimeoutUs ?? config.timeoutUs ?? server.proxyTimeoutUs ?? server.timeoutUs;
    exchange.phase = Phase.CONNECT;
    exchange.reused = false;
    const address = this.proxy.addressOfMember[balancer.firstMember + exchange.member] as number;
    this.proxy.outbox.connect(exchange.id, this.proxy.connections.open(backend), address, timeoutUs);
  }

  attemptConnected(nowUs: number, request: number): void {
    this.connected(nowUs, this.exchangeOf(request));
  }

  /** A connection to the member stands (httpd: end of ap_proxy_connect_backend). */
  private connected(nowUs: number, exchange: Exchange): void {
    const balancer = exchange.balancer as Balancer;
    const { member } = exchange;
    if (!isUsableStatus(balancer.status(member))) {
      // Another request put the member into error meanwhile: the connection is thrown away.
      this.release(nowUs, exchange, false);
      this.unavailable(nowUs, exchange);
      return;
    }
    forgetErrors(balancer, member);
    const config = balancer.members[member] as MemberConfig;
    if ((config.scheme === "https" || config.scheme === "wss") && !exchange.site.config.sslProxyEngine) {
      if (this.proxy.listener !== null) {
        this.proxy.log(nowUs, `AH00961: https: failed to enable ssl support for ${config.host}:${config.port}`);
      }
      this.release(nowUs, exchange, false);
      enterError(balancer, member, nowUs);
      this.relay.fail(nowUs, exchange, 500, null);
      return;
    }
    this.send(exchange, balancer, config);
  }

  private send(exchange: Exchange, balancer: Balancer, config: MemberConfig): void {
    const what = exchange.what as NonNullable<Exchange["what"]>;
    const server = exchange.site;
    const { forward } = exchange;
    const pings = config.pingUs !== null && what.bodyBytes > 0;
    if (pings) exchange.expects = true;
    forward.method = what.method;
    forward.target = (exchange.route as NonNullable<Exchange["route"]>).targetFor(balancer, exchange.member);
    forward.host = server.config.preserveHost ? what.host : this.proxy.hostOfMember(balancer, exchange.member);
    forward.cookie = exchange.cookie;
    forward.own = exchange.headers;
    forward.bodyBytes = what.bodyBytes;
    forward.chunked = what.chunked && what.bodyBytes > MAX_SPOOLED_BYTES;
    forward.upgrade = upgradeFor(config, what.upgrade);
    forward.expectContinue = pings;
    forward.expects = exchange.expects;
    forward.closes = config.disableReuse;
    forward.maxForwards = server.config.maxForwards;
    forward.forwardedServer = server.config.addForwardedHeaders ? server.name : null;
    forward.forwardedFor = exchange.remote;
    forward.forwardedHost = what.host.text;
    forward.measure();
    exchange.phase = pings ? Phase.CONTINUE : Phase.HEAD;
    const silenceUs = pings ? (config.pingUs as number) : this.readTimeoutUs(exchange, config);
    this.proxy.outbox.send(exchange.id, (exchange.backend as BackendConnection).id, silenceUs, forward);
  }

  private readTimeoutUs(exchange: Exchange, config: MemberConfig): number {
    const server = exchange.site.config;
    return config.timeoutUs ?? server.proxyTimeoutUs ?? server.timeoutUs;
  }

  /** The member said "100 Continue": the body follows, and silence is measured by the read timeout. */
  sendBody(exchange: Exchange): void {
    const config = (exchange.balancer as Balancer).members[exchange.member] as MemberConfig;
    exchange.phase = Phase.HEAD;
    exchange.forward.expectContinue = false;
    const { id } = exchange.backend as BackendConnection;
    this.proxy.outbox.send(exchange.id, id, this.readTimeoutUs(exchange, config), exchange.forward);
  }

  // ------------------------------------------------------------ failing

  attemptFailed(nowUs: number, request: number, failure: number): void {
    const exchange = this.exchangeOf(request);
    const balancer = exchange.balancer as Balancer;
    const { member } = exchange;
    const config = balancer.members[member] as MemberConfig;
    if (exchange.backend !== null) this.proxy.connections.lost(exchange.backend);
    if (failure === ConnectFailure.DNS) {
      if (this.proxy.listener !== null) {
        this.proxy.log(
          nowUs,
          `AH00898: DNS lookup failure for: ${config.host} returned by ${exchange.route?.path ?? ""}`,
        );
      }
      enterError(balancer, member, nowUs);
      this.relay.fail(nowUs, exchange, 500, `DNS lookup failure for: ${config.host}`);
      return;
    }
    const disables = isUsableStatus(balancer.status(member)) && enterError(balancer, member, nowUs);
    if (this.proxy.listener !== null) {
      this.proxy.log(nowUs, `AH00957: http: attempt to connect to ${config.host}:${config.port} (*) failed`);
      if (disables)
        this.proxy.log(nowUs, `AH00959: ap_proxy_connect_backend disabling worker for (${config.host}:${config.port})`);
    }
    this.release(nowUs, exchange, false);
    this.unavailable(nowUs, exchange);
  }

  /**
   * The attempt came to a 503 of the proxy: the member goes into error, and when that made it unusable and tries are left,
   * another attempt begins (httpd: the loop in proxy_handler).
   */
  unavailable(nowUs: number, exchange: Exchange): void {
    const balancer = exchange.balancer as Balancer;
    if (balancer.config !== null) {
      enterError(balancer, exchange.member, nowUs);
      if (!isUsableStatus(balancer.status(exchange.member)) && balancer.maxAttempts > exchange.attempts++) {
        this.attempt(nowUs, exchange);
        return;
      }
    }
    this.relay.fail(nowUs, exchange, 503, null);
  }

  /** The pooled connection was dead when the request was written: a new one takes its place, and nothing else happens. */
  reconnect(exchange: Exchange): void {
    const backend = exchange.backend as BackendConnection;
    this.proxy.connections.lost(backend);
    this.connect(exchange, backend);
  }
}

/** A chunked body up to this size is read first and sent with Content-Length (httpd: MAX_MEM_SPOOL). */
const MAX_SPOOLED_BYTES = 16_384;

/** The protocol that the request may switch to on this member, or null. */
function upgradeFor(config: MemberConfig, asked: string | null): string | null {
  if (asked === null || config.upgrade === null) return null;
  const wanted = config.upgrade.toLowerCase();
  return wanted === "any" || wanted === asked.toLowerCase() ? asked : null;
}
