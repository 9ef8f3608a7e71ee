import type { Outbox } from "../../contract/outbox.ts";
import type { MachineListener } from "../../contract/proxy-machine.ts";
import { timerId } from "../shared/timer-id.ts";
import type { Backend } from "./backend.ts";
import type { BackendConnection } from "./backend-connections.ts";
import { DecisionReport } from "./decision-report.ts";
import { hashOf } from "./hash-key.ts";
import type { ProxyFigures } from "./samples/fetch.ts";
import type { Server } from "./server.ts";
import { Phase, type Stream } from "./stream.ts";
import { TimerKind } from "./timer-kind.ts";

/** What the dispatcher hands a stream on to. */
export interface Dispatched {
  /** The stream holds a slot of its server. */
  connect(nowUs: number, stream: Stream): void;
  /** It ends without a server: status and termination state. */
  fail(nowUs: number, stream: Stream, status: number, code: string): void;
}

/** Choosing a server, slots and queues (src/backend.c, assign_server_and_queue; src/queue.c, 2.6.12; spec/haproxy.md 3, 8). */
export class Dispatcher {
  listener: MachineListener | null = null;
  next!: Dispatched;
  private readonly outbox: Outbox;
  private readonly figures: ProxyFigures;
  private readonly firstMember: (backend: Backend) => number;
  private order = 0;

  constructor(outbox: Outbox, figures: ProxyFigures, firstMember: (backend: Backend) => number) {
    this.outbox = outbox;
    this.figures = figures;
    this.firstMember = firstMember;
  }

  /** Finds a server and a slot, or a place in a queue; `avoid` = server of the attempt that failed. */
  dispatch(nowUs: number, stream: Stream, avoid: Server | null): void {
    const backend = stream.backend as Backend;
    if (!stream.assigned) {
      const report =
        this.listener?.decided === undefined ? null : new DecisionReport(backend, this.firstMember(backend), nowUs);
      const found = this.assign(backend, stream, avoid);
      if (report !== null) this.listener?.decided?.(report.balanced(stream, found));
      if (found === "none") {
        this.next.fail(nowUs, stream, 503, "SC");
        return;
      }
      if (found === null) {
        this.waitInBackend(backend, stream);
        return;
      }
      stream.server = found;
      stream.assigned = true;
    } else if (this.listener?.decided !== undefined && avoid === null && stream.previous === null)
      this.listener.decided(new DecisionReport(backend, this.firstMember(backend), nowUs).persistent(stream));
    this.takeSlotOrWait(nowUs, stream);
  }

  private assign(backend: Backend, stream: Stream, avoid: Server | null): Server | null | "none" {
    // Before everything else, and without a look at its limit: the request then waits in that server's own queue.
    const last = stream.what.keepAlive ? this.lastServer(backend, stream) : null;
    if (last !== null) return last;
    if (backend.totalWeight === 0) return "none";
    const { method } = backend.config.balance;
    const waitsFirst = method === "roundrobin" || method === "static-rr" || method === "first";
    if (waitsFirst && backend.queue.size > 0) return null;
    if (backend.onlyBackup !== null) return backend.onlyBackup;
    return backend.method.pick(avoid, backend.isHash ? hashOf(backend, stream, this.figures) : null);
  }

  /**
   * `option prefer-last-server` (src/backend.c, assign_server, 2.6.12): as long as the connection to it stands. The session
   * knows only connections that are its own: those that others may use, with any http-reuse but `never`, are not.
   */
  private lastServer(backend: Backend, { connection }: Stream): Server | null {
    const { lastLink } = connection;
    const { preferLastServer, httpReuse } = backend.config;
    if (!preferLastServer || httpReuse !== "never" || backend.isHash || lastLink === null) return null;
    const { server } = lastLink;
    return server.backend === backend && server.isUsable && this.linkStands(lastLink) ? server : null;
  }

  /** Whether a connection to a server still stands. */
  linkStands: (link: BackendConnection) => boolean = () => false;

  private takeSlotOrWait(nowUs: number, stream: Stream): void {
    const backend = stream.backend as Backend;
    const server = stream.server as Server;
    const { maxconn, maxqueue } = server.config;
    if (maxconn > 0 && server.isFull()) {
      if (maxqueue > 0 && server.queue.size >= maxqueue) {
        this.queueIsFull(nowUs, stream, server);
        return;
      }
      stream.queuedAt = server;
      server.queue.add(stream);
      server.maxQueue = Math.max(server.maxQueue, server.queue.size);
      this.wait(backend, stream);
      return;
    }
    this.take(stream, server);
    this.next.connect(nowUs, stream);
  }

  /** The server whose queue is full is the one to avoid then (src/backend.c, srv_redispatch_connect, 2.6.12). */
  private queueIsFull(nowUs: number, stream: Stream, server: Server): void {
    const backend = stream.backend as Backend;
    if (stream.direct && !stream.forcePersist && backend.config.redispatch !== null) {
      stream.direct = false;
      stream.assigned = false;
      stream.redispatched = true;
      if (stream.cookieFlag === "V") stream.cookieFlag = "D";
      this.dispatch(nowUs, stream, server);
    } else this.next.fail(nowUs, stream, 503, "SQ");
  }

  private waitInBackend(backend: Backend, stream: Stream): void {
    stream.queuedAt = null;
    stream.server = null;
    backend.queue.add(stream);
    backend.maxQueue = Math.max(backend.maxQueue, backend.queue.size);
    this.wait(backend, stream);
  }

  private wait({ config }: Backend, stream: Stream): void {
    stream.phase = Phase.QUEUE;
    stream.queueOrder = ++this.order;
    if (config.timeouts.queueUs !== null)
      this.outbox.setTimer(timerId(TimerKind.STREAM, stream.id), config.timeouts.queueUs);
  }

  private take(stream: Stream, server: Server): void {
    const { backend } = server;
    stream.holdsSlot = true;
    server.served++;
    backend.served++;
    server.sessions++;
    server.maxSessions = Math.max(server.maxSessions, server.served);
    server.streams.add(stream);
    if (!stream.direct) server.elected++;
    backend.loadChanged(server);
  }

  /** Gives the slot back; whoever waits longest for it takes it. */
  release(nowUs: number, stream: Stream): void {
    const { server } = stream;
    if (server === null || !stream.holdsSlot) return;
    stream.holdsSlot = false;
    server.streams.delete(stream);
    server.served--;
    server.backend.served--;
    server.backend.loadChanged(server);
    this.serveQueue(nowUs, server);
  }

  /** Takes a stream out of the queue it waits in. Queues move no server in the tree of leastconn: only slots do (spec 3.3). */
  leaveQueue(stream: Stream): void {
    const { queuedAt } = stream;
    this.outbox.cancelTimer(timerId(TimerKind.STREAM, stream.id));
    if (queuedAt === null) stream.backend?.queue.delete(stream);
    else queuedAt.queue.delete(stream);
    stream.queuedAt = null;
  }

  /**
   * While slots are free: the older of the first in the server's own queue and the first in the backend's. Its own queue is
   * served even while it is down: who stayed there is bound to it (src/queue.c, pendconn_process_next_strm, 2.6.12).
   */
  serveQueue(nowUs: number, server: Server): void {
    const { backend } = server;
    for (;;) {
      const limit = server.dynamicMaxconn(backend.second);
      if (limit > 0 && server.served >= limit) return;
      const own = firstOf(server.queue);
      const common = this.mayTakeFromBackend(server) ? firstOf(backend.queue) : null;
      const stream = own === null || (common !== null && common.queueOrder < own.queueOrder) ? common : own;
      if (stream === null) return;
      this.leaveQueue(stream);
      stream.server = server;
      stream.assigned = true;
      this.take(stream, server);
      this.next.connect(nowUs, stream);
    }
  }

  /** Active servers, or the backups that serve in their place (src/queue.c, pendconn_process_next_strm). */
  private mayTakeFromBackend(server: Server): boolean {
    const { backend } = server;
    if (!server.inUse) return false;
    if (!server.config.backup) return true;
    return backend.usableActive === 0 && (backend.onlyBackup === null || backend.onlyBackup === server);
  }

  /** A server went down: its queue is dispatched anew with `option redispatch` and without `option persist`. */
  redistribute(nowUs: number, server: Server): void {
    const { redispatch, persist } = server.backend.config;
    if (redispatch === null || persist) return;
    for (const stream of [...server.queue]) {
      if (stream.forcePersist) continue;
      this.leaveQueue(stream);
      stream.assigned = false;
      stream.direct = false;
      if (stream.cookieFlag === "V") stream.cookieFlag = "D";
      this.dispatch(nowUs, stream, null);
    }
  }
}

function firstOf(queue: ReadonlySet<Stream>): Stream | null {
  for (const stream of queue) return stream;
  return null;
}
