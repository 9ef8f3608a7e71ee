import {
  type ClientRequest,
  type ForwardedRequest,
  NO_HEADERS,
  NO_TEXTS,
  type ResponseHead,
} from "../../src/contract/http-message.ts";
import type { Text } from "../../src/contract/text.ts";
import { EventQueue } from "../../src/engine/event-queue.ts";
import { Accept, type BackendNet, type ClientNet } from "../../src/model/sides.ts";
import type { SimulatedWorld } from "../../src/model/simulated-world.ts";

/** What a test may set on the proxy. */
export interface TinyProxyOptions {
  readonly backends: number;
  /** Backend for a request; round robin unless given. */
  readonly choose?: (what: ClientRequest, count: number) => number;
  readonly forwardCookie?: (cookie: Text | null) => Text | null;
  readonly relayCookies?: (lines: readonly Text[]) => readonly Text[];
  /** Sends the rest of a head's body with a second message, as proxies do for large answers. */
  readonly inParts?: boolean;
  readonly expectContinue?: boolean;
  readonly passUpgrade?: boolean;
  /** New attempts on the next backend after a failed one. */
  readonly failovers?: number;
  /** SYNs of clients are lost: nobody ever connects. */
  readonly deaf?: boolean;
}

interface Exchange {
  readonly request: number;
  readonly backend: number;
  readonly connection: number;
  readonly attempt: number;
  isOver: boolean;
  /** The client has the head of the answer. */
  hasHead: boolean;
}

const KIND = { CLIENT: 0, BACKEND: 1, CLIENT_TIMER: 2, BACKEND_TIMER: 3, DO: 4 } as const;

/**
 * The least that a world needs in front of it to run: one backend connection per attempt, no latency, no limits, no
 * health. Answers 502 when a backend fails it, 503 when it cannot connect.
 */
export class TinyProxy {
  nowUs = 0;
  readonly probes: { probe: number; status: number }[] = [];
  readonly extraLatency: { backend: number; addUs: number }[] = [];
  readonly loadReports: { atUs: number; backend: number; busy: number; ready: number }[] = [];
  /** Everything that the backends were asked, in order. */
  readonly forwarded: { backend: number; target: string; cookie: string | null }[] = [];
  readonly remotes: string[] = [];
  idleClosed = 0;
  /** Connections of clients that are open. */
  openConnections = 0;
  private readonly queue = new EventQueue(64);
  private readonly actions: (() => void)[] = [];
  private readonly soon: (() => void)[] = [];
  private readonly timers = new Map<number, number>();
  private readonly world: SimulatedWorld;
  private readonly options: TinyProxyOptions;
  private readonly requests: { connection: number; what: ClientRequest; isOpen: boolean }[] = [];
  private readonly requestOf = new Map<number, number>();
  private readonly alive = new Set<number>();
  private readonly exchanges: Exchange[] = [];
  private count = 0;
  private timerCount = 0;
  private connections = 0;
  private links = 0;

  constructor(world: SimulatedWorld, options: TinyProxyOptions) {
    this.world = world;
    this.options = options;
    world.backends.start(this.backendNet, 0);
    world.clients.start(this.clientNet, 0);
    this.settle();
  }

  run(untilUs: number): void {
    const { queue, world } = this;
    while (queue.peekTimeUs() <= untilUs) {
      queue.pop();
      this.nowUs = queue.timeUs;
      const { id } = queue;
      if (queue.kind === KIND.CLIENT) world.clients.wake(this.nowUs, id);
      else if (queue.kind === KIND.BACKEND) world.backends.wake(this.nowUs, id);
      else if (queue.kind === KIND.DO) this.actions[id]?.();
      else {
        const about = this.timers.get(id);
        this.timers.delete(id);
        if (about === undefined) continue;
        if (queue.kind === KIND.CLIENT_TIMER) world.clients.wake(this.nowUs, about);
        else world.backends.wake(this.nowUs, about);
      }
      this.settle();
    }
    this.nowUs = untilUs;
  }

  /** Does something at an instant, after everything else of that instant. */
  at(timeUs: number, action: () => void): void {
    this.actions.push(action);
    this.queue.push(timeUs, 3, KIND.DO, this.actions.length - 1);
  }

  /** Gives up all exchanges that run, as a proxy does when its timeout is over. */
  abandonAll(): void {
    this.exchanges.forEach((exchange, id) => {
      if (exchange.isOver) return;
      exchange.isOver = true;
      this.world.backends.abandoned(this.nowUs, id);
    });
  }

  private settle(): void {
    for (let next = this.soon.shift(); next !== undefined; next = this.soon.shift()) next();
  }

  private startTimer(durationUs: number, kind: number, id: number): number {
    const handle = this.timerCount++;
    this.timers.set(handle, id);
    this.queue.push(this.nowUs + durationUs, 1, kind, handle);
    return handle;
  }

  // ------------------------------------------------------------ clients

  private readonly clientNet: ClientNet = {
    wakeAt: (timeUs, id) => this.queue.push(timeUs, 2, KIND.CLIENT, id),
    startTimer: (durationUs, id) => this.startTimer(durationUs, KIND.CLIENT_TIMER, id),
    stopTimer: (handle) => void this.timers.delete(handle),
    open: (remote) => {
      const connection = this.connections++;
      this.remotes.push(remote);
      this.alive.add(connection);
      this.openConnections++;
      if (this.options.deaf !== true)
        this.soon.push(() => {
          if (this.alive.has(connection)) this.world.clients.connected(this.nowUs, connection);
        });
      return connection;
    },
    request: (connection, what) => {
      const request = this.requests.push({ connection, what, isOpen: true }) - 1;
      this.requestOf.set(connection, request);
      if (this.options.deaf !== true) this.soon.push(() => this.forward(request, this.pick(what), 0));
      return request;
    },
    startHead: () => {},
    close: (connection) => {
      this.alive.delete(connection);
      this.openConnections--;
      const request = this.requestOf.get(connection);
      if (request === undefined || this.requests[request]?.isOpen !== true) return;
      const entry = this.requests[request];
      if (entry !== undefined) entry.isOpen = false;
      // As most proxies do: a client that leaves takes its request with it.
      this.soon.push(() => {
        this.exchanges.forEach((exchange, id) => {
          if (exchange.request !== request || exchange.isOver) return;
          exchange.isOver = true;
          this.world.backends.abandoned(this.nowUs, id);
        });
      });
    },
  };

  private pick(what: ClientRequest): number {
    const count = this.count++;
    return this.options.choose?.(what, count) ?? count % this.options.backends;
  }

  private forward(request: number, backend: number, attempt: number): void {
    const entry = this.requests[request];
    if (entry?.isOpen !== true) return;
    const connection = this.links++;
    if (this.options.failovers === undefined && attempt > 0) return;
    switch (this.world.backends.connect(this.nowUs, backend, connection)) {
      case Accept.ACCEPTED:
        break;
      case Accept.SILENT:
        return;
      default:
        this.failed({ request, backend, connection, attempt, isOver: true, hasHead: false }, 503);
        return;
    }
    const { what } = entry;
    const forwarded: ForwardedRequest = {
      method: what.method,
      target: what.target,
      host: what.host,
      cookie: this.options.forwardCookie === undefined ? what.cookie : this.options.forwardCookie(what.cookie),
      headers: what.headers,
      bodyBytes: what.bodyBytes,
      upgrade: this.options.passUpgrade === false ? null : what.upgrade,
      expectContinue: this.options.expectContinue === true,
      headBytes: 100,
    };
    this.forwarded.push({ backend, target: forwarded.target.text, cookie: forwarded.cookie?.text ?? null });
    const exchange = this.exchanges.push({ request, backend, connection, attempt, isOver: false, hasHead: false }) - 1;
    this.world.backends.request(this.nowUs, backend, connection, exchange, request, forwarded);
  }

  // ------------------------------------------------------------ backends

  private readonly backendNet: BackendNet = {
    wakeAt: (timeUs, id) => this.queue.push(timeUs, 0, KIND.BACKEND, id),
    startTimer: (durationUs, id) => this.startTimer(durationUs, KIND.BACKEND_TIMER, id),
    stopTimer: (handle) => void this.timers.delete(handle),
    interim: (exchange) => this.soon.push(() => this.world.backends.bodyFollows(this.nowUs, exchange)),
    answer: (exchange, head, bytes) =>
      this.whileOpen(exchange, (request) => {
        this.end(exchange);
        this.relay(request, head, bytes, -1);
      }),
    answerHead: (exchange, head) =>
      this.whileOpen(exchange, (request) => {
        (this.exchanges[exchange] as Exchange).hasHead = true;
        this.world.clients.answerHead(this.nowUs, request, this.relayed(head));
      }),
    answerBody: (exchange, bytes) =>
      this.whileOpen(exchange, (request) => this.world.clients.answerBody(this.nowUs, request, bytes)),
    answerEnd: (exchange) =>
      this.whileOpen(exchange, (request) => this.world.clients.answerEnd(this.nowUs, request, true)),
    breakOff: (exchange) => this.soon.push(() => this.broken(exchange)),
    closeIdle: () => {
      this.idleClosed++;
    },
    closeAll: (backend) => {
      this.exchanges.forEach((exchange, id) => {
        if (exchange.backend === backend && !exchange.isOver) this.soon.push(() => this.broken(id));
      });
    },
    setExtraLatency: (backend, addUs) => void this.extraLatency.push({ backend, addUs }),
    probeAnswer: (probe, status) => void this.probes.push({ probe, status }),
    loadReport: (backend, busy, ready) => void this.loadReports.push({ atUs: this.nowUs, backend, busy, ready }),
    probeBroken: () => {},
  };

  private whileOpen(id: number, action: (request: number) => void): void {
    this.soon.push(() => {
      const exchange = this.exchanges[id];
      if (exchange === undefined || exchange.isOver || this.requests[exchange.request]?.isOpen !== true) return;
      action(exchange.request);
    });
  }

  private end(id: number): void {
    const exchange = this.exchanges[id];
    if (exchange === undefined) return;
    exchange.isOver = true;
    this.world.backends.connectionClosed(this.nowUs, exchange.connection);
  }

  private relayed(head: ResponseHead): ResponseHead {
    const change = this.options.relayCookies;
    return change === undefined ? head : { ...head, setCookies: change(head.setCookies) };
  }

  private relay(request: number, head: ResponseHead, bytes: number, page: number): void {
    const entry = this.requests[request];
    if (entry?.isOpen !== true) return;
    entry.isOpen = false;
    const { clients } = this.world;
    if (this.options.inParts === true && page < 0) {
      clients.answerHead(this.nowUs, request, this.relayed(head));
      clients.answerBody(this.nowUs, request, bytes);
      clients.answerEnd(this.nowUs, request, true);
    } else clients.answered(this.nowUs, request, this.relayed(head), bytes, true, page);
  }

  /** An exchange broke: a head that went out breaks off for the client too, else the next backend or an error page. */
  private broken(id: number): void {
    const exchange = this.exchanges[id];
    if (exchange === undefined || exchange.isOver) return;
    exchange.isOver = true;
    if (exchange.hasHead) this.dropRequest(exchange.request);
    else this.failed(exchange, 502);
  }

  private failed(exchange: Exchange, status: number): void {
    if (exchange.attempt < (this.options.failovers ?? 0)) {
      this.forward(exchange.request, (exchange.backend + 1) % this.options.backends, exchange.attempt + 1);
      return;
    }
    this.relay(exchange.request, page(status), 100, 0);
  }

  /** Closes a client's connection, as a proxy does that stops. */
  dropRequest(request: number): void {
    const entry = this.requests[request];
    if (entry === undefined) return;
    const wasOpen = entry.isOpen;
    entry.isOpen = false;
    this.alive.delete(entry.connection);
    this.openConnections--;
    this.world.clients.closed(this.nowUs, entry.connection, wasOpen ? request : -1);
  }
}

function page(status: number): ResponseHead {
  return { status, reason: "", setCookies: NO_TEXTS, location: null, headers: NO_HEADERS, keepAlive: true };
}
