import type { Outbox, Probe } from "../../contract/outbox.ts";
import { SpareIds } from "../shared/spare-ids.ts";
import { timerId } from "../shared/timer-id.ts";
import type { ActiveConfig } from "./config/caddy-config.ts";
import type { ReadyProxy } from "./ready-proxy.ts";
import { TimerKind } from "./timer-kind.ts";

/** Told when the flag of an upstream changed. */
export type FlagChanged = (nowUs: number, proxy: ReadyProxy, upstream: number) => void;

/**
 * Active health checks (healthchecks.go, activeHealthChecker, Caddy 2.6.2; spec/caddy.md 4): all upstreams at start and
 * every interval at once; one bad check takes an upstream out, one good one brings it back.
 */
export class ActiveHealth {
  private readonly proxies: readonly ReadyProxy[];
  private readonly outbox: Outbox;
  private readonly changed: FlagChanged;
  private readonly ids = new SpareIds();
  private readonly running: ({ readonly proxy: ReadyProxy; readonly upstream: number } | null)[] = [];

  constructor(proxies: readonly ReadyProxy[], outbox: Outbox, changed: FlagChanged) {
    this.proxies = proxies;
    this.outbox = outbox;
    this.changed = changed;
  }

  start(): void {
    for (const proxy of this.proxies) if (proxy.config.active !== null) this.round(proxy, proxy.config.active);
  }

  timer(index: number): void {
    const proxy = this.proxies[index];
    if (proxy?.config.active != null) this.round(proxy, proxy.config.active);
  }

  private round(proxy: ReadyProxy, active: ActiveConfig): void {
    for (let u = 0; u < proxy.pool.count; u++) {
      const id = this.ids.take();
      this.running[id] = { proxy, upstream: u };
      const host = active.host ?? (proxy.pool.dials[u] as string);
      const probe: Probe = { method: "GET", target: active.uri, host };
      this.outbox.probe(id, proxy.pool.host[u] as number, active.timeoutUs, probe);
    }
    this.outbox.setTimer(timerId(TimerKind.HEALTH, proxy.index), active.intervalUs);
  }

  result(nowUs: number, id: number, failure: number, status: number, body: string): void {
    const check = this.running[id];
    if (check == null) return;
    this.running[id] = null;
    this.ids.give(id);
    const { proxy, upstream } = check;
    const good = failure === 0 && passes(proxy.config.active as ActiveConfig, status, body);
    const { unhealthy } = proxy.pool;
    if ((unhealthy[upstream] === 0) === good) return;
    unhealthy[upstream] = good ? 0 : 1;
    this.changed(nowUs, proxy, upstream);
  }
}

/** 200 … 399, or what health_status says; then what health_body says. */
function passes({ expectStatus, expectBody }: ActiveConfig, status: number, body: string): boolean {
  const expected = expectStatus > 0 ? statusMatches(expectStatus, status) : status >= 200 && status < 400;
  return expected && (expectBody === null || expectBody.test(body));
}

/** A status, or its class when `wanted` is 1 … 9 (caddyhttp.StatusCodeMatches). */
export function statusMatches(wanted: number, status: number): boolean {
  return wanted === status || (wanted < 100 && Math.floor(status / 100) === wanted);
}
