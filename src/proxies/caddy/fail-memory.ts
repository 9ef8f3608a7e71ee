import type { Outbox } from "../../contract/outbox.ts";
import { timerId } from "../shared/timer-id.ts";
import type { Hosts } from "./hosts.ts";
import { TimerKind } from "./timer-kind.ts";

/**
 * Failures that one handler counted, each forgotten exactly fail_duration after it happened (healthchecks.go,
 * countFailure, Caddy 2.6.2; spec/caddy.md 2). All of a handler live equally long: a queue with one timer.
 */
export class FailMemory {
  private readonly durationUs: number;
  private readonly hosts: Hosts;
  private readonly outbox: Outbox;
  private readonly timer: number;
  private readonly queue: { readonly host: number; readonly untilUs: number }[] = [];

  constructor(durationUs: number, index: number, hosts: Hosts, outbox: Outbox) {
    this.durationUs = durationUs;
    this.hosts = hosts;
    this.outbox = outbox;
    this.timer = timerId(TimerKind.FAILS, index);
  }

  /** A failure of a host; nothing when fail_duration is not set. */
  count(nowUs: number, host: number): void {
    if (this.durationUs <= 0) return;
    this.hosts.countFail(nowUs, host, 1);
    this.queue.push({ host, untilUs: nowUs + this.durationUs });
    if (this.queue.length === 1) this.outbox.setTimer(this.timer, this.durationUs);
  }

  expire(nowUs: number): void {
    const { queue } = this;
    while (queue.length > 0 && (queue[0] as { untilUs: number }).untilUs <= nowUs) {
      const { host } = queue.shift() as { host: number };
      this.hosts.countFail(nowUs, host, -1);
    }
    const [next] = queue;
    if (next !== undefined) this.outbox.setTimer(this.timer, next.untilUs - nowUs);
  }

  /** When each remembered failure of a host is forgotten, in order. */
  expiriesOf(host: number): readonly number[] {
    return this.queue.filter((fail) => fail.host === host).map(({ untilUs }) => untilUs);
  }
}
