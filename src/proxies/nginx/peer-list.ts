import type { ServerLine } from "./config/upstream-config.ts";
import { ResponseTimes } from "./response-times.ts";
import { SlowStarts } from "./slow-starts.ts";

/** Long before any time that is told: no failure yet (nginx: 0 in seconds since 1970). */
const NEVER_S = -1_000_000_000;

/** One address of a `server` line, as a peer is made of it. */
export interface PeerLine {
  readonly line: ServerLine;
  readonly address: string;
  /** Index among the members of the machine. */
  readonly member: number;
}

/**
 * The primary or the backup servers of an upstream with their state (spec/nginx.md section 1; nginx 1.22.1:
 * ngx_http_upstream_rr_peers_t). All times are the whole seconds of the wall clock.
 */
export class PeerList {
  readonly count: number;
  readonly lines: readonly PeerLine[];
  /** Exactly one server and no second list: it is never banned, and nothing is ever retried. */
  readonly single: boolean;
  totalWeight = 0;
  /** Peers that are not marked `down`. */
  tries = 0;
  readonly weight: Int32Array;
  readonly effectiveWeight: Int32Array;
  /** Whole numbers, except while a server starts slowly. */
  readonly currentWeight: Float64Array;
  readonly conns: Int32Array;
  readonly fails: Int32Array;
  readonly accessedS: Int32Array;
  readonly checkedS: Int32Array;
  readonly maxFails: Int32Array;
  readonly failTimeoutS: Int32Array;
  readonly maxConns: Int32Array;
  /** 1 = marked `down`, by the file or an administrator. */
  readonly down: Uint8Array;
  /** 1 = found so by a health check, or not checked yet (`mandatory`). */
  readonly unhealthy: Uint8Array;
  /** 1 = only requests that are bound to it (`drain`). */
  readonly drain: Uint8Array;
  /** Counted for the status page. */
  readonly requests: Float64Array;
  readonly failures: Float64Array;
  readonly unavailable: Float64Array;
  readonly times: ResponseTimes;
  readonly slowStarts: SlowStarts;
  private plain = false;
  private mustLook = true;

  constructor(lines: readonly PeerLine[], hasOtherList: boolean) {
    const count = lines.length;
    this.count = count;
    this.lines = lines;
    this.single = count === 1 && !hasOtherList;
    this.weight = Int32Array.from(lines, ({ line }) => line.weight);
    this.effectiveWeight = Int32Array.from(this.weight);
    this.currentWeight = new Float64Array(count);
    this.conns = new Int32Array(count);
    this.fails = new Int32Array(count);
    this.accessedS = new Int32Array(count).fill(NEVER_S);
    this.checkedS = new Int32Array(count).fill(NEVER_S);
    this.maxFails = Int32Array.from(lines, ({ line }) => line.maxFails);
    this.failTimeoutS = Int32Array.from(lines, ({ line }) => line.failTimeoutS);
    this.maxConns = Int32Array.from(lines, ({ line }) => line.maxConns);
    this.down = Uint8Array.from(lines, ({ line }) => (line.down ? 1 : 0));
    this.unhealthy = new Uint8Array(count);
    this.drain = Uint8Array.from(lines, ({ line }) => (line.drain ? 1 : 0));
    this.requests = new Float64Array(count);
    this.failures = new Float64Array(count);
    this.unavailable = new Float64Array(count);
    this.times = new ResponseTimes(count);
    this.slowStarts = new SlowStarts(lines.map(({ line }) => line.slowStartUs));
    this.recount();
  }

  /**
   * Every peer is open, at its full weight and without a limit, so that a walk over all of them need not look at each
   * one's state. Looked at anew after something has changed that could make it true again.
   */
  isPlain(): boolean {
    if (this.mustLook) {
      this.mustLook = false;
      this.plain = this.lines.every(
        (_, p) =>
          !this.isOut(p) &&
          this.drain[p] === 0 &&
          this.fails[p] === 0 &&
          this.maxConns[p] === 0 &&
          this.effectiveWeight[p] === this.weight[p],
      );
    }
    return this.plain && this.slowStarts.running === 0;
  }

  /** Weights, limits, or marks of a peer have changed. */
  recount(): void {
    this.mustLook = true;
    this.totalWeight = this.weight.reduce((sum, weight) => sum + weight, 0);
    this.tries = this.down.reduce((sum, down) => sum + 1 - down, 0);
  }

  /** Failed too often too recently (1.1). `<=`: the ban lasts up to a second longer than fail_timeout. */
  isBanned(p: number, nowS: number): boolean {
    const most = this.maxFails[p] as number;
    return (
      most > 0 &&
      (this.fails[p] as number) >= most &&
      nowS - (this.checkedS[p] as number) <= (this.failTimeoutS[p] as number)
    );
  }

  isFull(p: number): boolean {
    const most = this.maxConns[p] as number;
    return most > 0 && (this.conns[p] as number) >= most;
  }

  /** Nobody may use it, whatever its failures. */
  isOut(p: number): boolean {
    return this.down[p] === 1 || this.unhealthy[p] === 1;
  }

  /** Whether a request without a binding, and that has not tried the peer, could go to it (1.1). */
  isOpen(p: number, nowS: number): boolean {
    if (this.down[p] !== 0 || this.unhealthy[p] !== 0 || this.drain[p] !== 0) return false;
    // Most servers have no failures: no need to look at the clock.
    if (this.fails[p] !== 0 && this.isBanned(p, nowS)) return false;
    const most = this.maxConns[p] as number;
    return most === 0 || (this.conns[p] as number) < most;
  }

  /**
   * A peer takes part in a round: its current weight grows by the effective one, which failures have lowered and which
   * regains 1 at each look (2.1). Answers what was gained.
   */
  gain(p: number, nowMs: number): number {
    const effective = this.effectiveWeight[p] as number;
    const gain = this.slowStarts.running === 0 ? effective : effective * this.slowStarts.share(p, nowMs);
    this.currentWeight[p] = (this.currentWeight[p] as number) + gain;
    if (effective < (this.weight[p] as number)) {
      this.effectiveWeight[p] = effective + 1;
      this.mustLook = true;
    }
    return gain;
  }

  /** Configured weight, less while the server starts slowly. */
  shareOf(p: number, nowMs: number): number {
    const weight = this.weight[p] as number;
    return this.slowStarts.running === 0 ? weight : weight * this.slowStarts.share(p, nowMs);
  }

  /** A peer was chosen (1.2): after a ban this request is the probe, and the others go on seeing the ban. */
  selected(p: number, nowS: number): void {
    this.conns[p] = (this.conns[p] as number) + 1;
    this.requests[p] = (this.requests[p] as number) + 1;
    if (nowS - (this.checkedS[p] as number) > (this.failTimeoutS[p] as number)) this.checkedS[p] = nowS;
  }

  /** An attempt has ended (1.3; ngx_http_upstream_free_round_robin_peer). */
  released(p: number, nowS: number, failed: boolean): void {
    this.conns[p] = (this.conns[p] as number) - 1;
    if (failed) this.failures[p] = (this.failures[p] as number) + 1;
    if (this.single) return;
    if (!failed) {
      if (this.fails[p] !== 0 && (this.accessedS[p] as number) < (this.checkedS[p] as number)) {
        this.fails[p] = 0;
        this.mustLook = true;
      }
      return;
    }
    const most = this.maxFails[p] as number;
    const fails = (this.fails[p] as number) + 1;
    this.fails[p] = fails;
    this.plain = false;
    this.accessedS[p] = nowS;
    this.checkedS[p] = nowS;
    if (most === 0) return;
    const less = (this.effectiveWeight[p] as number) - Math.floor((this.weight[p] as number) / most);
    this.effectiveWeight[p] = Math.max(0, less);
    if (fails >= most) this.unavailable[p] = (this.unavailable[p] as number) + 1;
  }

  /** Second in which a ban is over, when nothing else happens. */
  openAgainS(p: number): number {
    return (this.checkedS[p] as number) + (this.failTimeoutS[p] as number) + 1;
  }
}
