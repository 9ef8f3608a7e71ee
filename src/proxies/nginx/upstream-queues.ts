import { timerId } from "../shared/timer-id.ts";
import { type Exchange, Phase } from "./exchange.ts";
import type { NginxServer } from "./nginx-server.ts";
import type { PeerList } from "./peer-list.ts";
import { TimerKind } from "./timer-kind.ts";
import type { Upstream } from "./upstream.ts";

interface Queue {
  readonly upstream: Upstream;
  readonly waiting: Exchange[];
}

/**
 * `queue` of NGINX Plus (spec/nginx-plus.md (a)): requests that find no server wait for one, first come first served. Whom nginx wakes, and
 * when, is not public: here the first, when a request ends, a ban runs out, or a health check or an administrator brings a server back.
 */
export class UpstreamQueues {
  private readonly server: NginxServer;
  private readonly queues: Queue[] = [];

  constructor(server: NginxServer) {
    this.server = server;
  }

  /** Takes a request in; false when the upstream has no queue, or a full one. */
  enter(nowUs: number, exchange: Exchange): boolean {
    const { upstream } = exchange.choice;
    const { queue } = upstream.config;
    if (queue === null) return false;
    const slot = this.slotOf(upstream);
    const { waiting } = this.queues[slot] as Queue;
    if (waiting.length >= queue.size) return false;
    waiting.push(exchange);
    exchange.phase = Phase.QUEUE;
    this.server.outbox.setTimer(timerId(TimerKind.QUEUE, exchange.id), queue.timeoutUs);
    this.wakeWhenBansEnd(nowUs, slot);
    return true;
  }

  leave(exchange: Exchange): void {
    for (const { waiting } of this.queues) {
      const at = waiting.indexOf(exchange);
      if (at >= 0) waiting.splice(at, 1);
    }
    this.server.outbox.cancelTimer(timerId(TimerKind.QUEUE, exchange.id));
  }

  /** Those that may try again now, in their order; they have left the queue. */
  *woken(nowUs: number): Generator<Exchange> {
    const nowS = this.server.secondOf(nowUs);
    for (const [slot, { upstream, waiting }] of this.queues.entries()) {
      for (let left = waiting.length; left > 0 && isAvailable(upstream, nowS); left--) {
        const exchange = waiting[0] as Exchange;
        this.leave(exchange);
        exchange.choice.restart();
        yield exchange;
      }
      if (waiting.length > 0) this.wakeWhenBansEnd(nowUs, slot);
    }
  }

  private slotOf(upstream: Upstream): number {
    const known = this.queues.findIndex((queue) => queue.upstream === upstream);
    return known >= 0 ? known : this.queues.push({ upstream, waiting: [] }) - 1;
  }

  private wakeWhenBansEnd(nowUs: number, slot: number): void {
    const { upstream } = this.queues[slot] as Queue;
    const nowS = this.server.secondOf(nowUs);
    let firstS = Number.POSITIVE_INFINITY;
    for (const list of listsOf(upstream))
      for (let p = 0; p < list.count; p++)
        if (!list.isOut(p) && list.isBanned(p, nowS)) firstS = Math.min(firstS, list.openAgainS(p));
    if (firstS === Number.POSITIVE_INFINITY) return;
    const atUs = firstS * 1_000_000 - this.server.epochOffsetUs;
    this.server.outbox.setTimer(timerId(TimerKind.WAKE, slot), Math.max(0, atUs - nowUs));
  }
}

function listsOf({ primary, backup }: Upstream): readonly PeerList[] {
  return backup === null ? [primary] : [primary, backup];
}

function isAvailable(upstream: Upstream, nowS: number): boolean {
  return listsOf(upstream).some((list) => {
    if (list.single) return !list.isOut(0) && !list.isFull(0);
    for (let p = 0; p < list.count; p++) if (list.isOpen(p, nowS)) return true;
    return false;
  });
}
