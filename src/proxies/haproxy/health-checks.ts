import { ConnectFailure } from "../../contract/failure.ts";
import type { Outbox, Probe } from "../../contract/outbox.ts";
import type { RandomSource } from "../../contract/proxy-machine.ts";
import { timerId } from "../shared/timer-id.ts";
import type { CheckExpect, GlobalConfig, HealthCheckConfig } from "./config/haproxy-config.ts";
import { patternOf } from "./samples/pattern.ts";
import type { Server } from "./server.ts";
import { ServerState } from "./server.ts";
import type { ServerStatus } from "./server-status.ts";
import { TimerKind } from "./timer-kind.ts";

/** Checks that come more often than this do not narrow the spread of the first ones (src/check.c, SRV_CHK_INTER_THRES). */
const SPREAD_THRESHOLD_US = 1_000_000;

/** Health checks and observed traffic (src/check.c, 2.6.12; spec/haproxy.md 4). A check is numbered as its server. */
export class HealthChecks {
  private readonly servers: readonly Server[];
  private readonly addresses: readonly number[];
  private readonly status: ServerStatus;
  private readonly outbox: Outbox;
  private readonly global: GlobalConfig;
  private readonly random: RandomSource;
  private readonly running: boolean[] = [];
  /** When the next check of a server is due. */
  private readonly dueUs: number[] = [];
  private readonly lastCode: string[] = [];

  /** `addresses` = where each server is checked. */
  constructor(
    servers: readonly Server[],
    addresses: readonly number[],
    status: ServerStatus,
    outbox: Outbox,
    global: GlobalConfig,
    random: RandomSource,
  ) {
    this.servers = servers;
    this.addresses = addresses;
    this.status = status;
    this.outbox = outbox;
    this.global = global;
    this.random = random;
  }

  /** First checks, spread over the shortest interval, at most over `max-spread-checks`. */
  start(nowUs: number): void {
    const checked = this.servers.filter(({ config }) => config.check.enabled);
    const intervals = checked.map(intervalNow).filter((us) => us >= SPREAD_THRESHOLD_US);
    const shortest = intervals.length === 0 ? 0 : Math.min(...intervals);
    for (const [k, server] of checked.entries()) {
      const wholeUs = Math.max(shortest, intervalNow(server));
      const spreadUs = Math.min(wholeUs, this.global.maxSpreadChecksUs ?? wholeUs);
      this.plan(nowUs, server, Math.floor((Math.floor(spreadUs / 1000) * k) / checked.length) * 1000);
    }
  }

  private plan(nowUs: number, { member }: Server, us: number): void {
    this.dueUs[member] = nowUs + us;
    this.outbox.setTimer(timerId(TimerKind.CHECK, member), us);
  }

  /** The usual interval; `spread-checks` moves it by up to its share to either side (src/check.c, process_chk_conn). */
  private planNext(nowUs: number, server: Server): void {
    const us = intervalNow(server);
    const share = this.global.spreadChecks;
    const part = share === 0 ? 0 : Math.floor((us * share * (1 - 2 * this.random.next())) / 1000) * 1000;
    this.plan(nowUs, server, us + part);
  }

  timer(nowUs: number, member: number): void {
    const server = this.servers[member];
    if (server === undefined || this.running[member] === true) return;
    if (server.maintenance) {
      this.planNext(nowUs, server);
      return;
    }
    this.running[member] = true;
    const { healthCheck } = server.backend.config;
    this.outbox.probe(member, this.addresses[member] as number, limitUs(server), probeOf(healthCheck));
  }

  result(nowUs: number, member: number, failure: number, status: number, body: string): void {
    const server = this.servers[member];
    if (server === undefined || this.running[member] !== true) return;
    this.running[member] = false;
    const { healthCheck } = server.backend.config;
    this.lastCode[member] = codeOf(healthCheck, failure, status);
    if (!server.maintenance) {
      // On a server that is down a 404 is an answer as any other: it fails unless it is expected (spec/haproxy.md 4).
      const isStopping = healthCheck.kind === "http" && healthCheck.disableOn404 && status === 404;
      if (failure === 0 && isStopping && server.state !== ServerState.STOPPED) this.notFound(nowUs, server);
      else if (failure === 0 && passes(healthCheck, status, body)) this.good(nowUs, server);
      else this.bad(nowUs, server, "health check failed");
    }
    this.planNext(nowUs, server);
  }

  codeOf(member: number): string {
    return this.lastCode[member] ?? "";
  }

  private good(nowUs: number, server: Server): void {
    server.consecutiveErrors = 0;
    const wasDown = server.health < server.config.check.rise;
    this.gain(nowUs, server);
    if (server.health < server.config.check.rise) return;
    if (wasDown || server.state === ServerState.STOPPED || server.state === ServerState.STOPPING)
      this.status.up(nowUs, server, "health check succeeded");
  }

  private gain(nowUs: number, server: Server): void {
    this.status.change(nowUs, server, () => {
      if (server.health >= server.fullHealth) return;
      server.health++;
      if (server.health >= server.config.check.rise) server.health = server.fullHealth;
    });
  }

  /** 404 with disable-on-404: a server that stands stops. */
  private notFound(nowUs: number, server: Server): void {
    this.gain(nowUs, server);
    this.status.stopping(nowUs, server);
  }

  private bad(nowUs: number, server: Server, why: string): void {
    const { rise } = server.config.check;
    server.failedChecks += server.health > 0 ? 1 : 0;
    this.status.change(nowUs, server, () => {
      if (server.health > 0) server.health--;
      if (server.health < rise) server.health = 0;
    });
    if (server.health === 0) this.status.down(nowUs, server, why);
  }

  // ------------------------------------------------------------ observed traffic

  /** A connect that failed or succeeded. */
  connected(nowUs: number, server: Server, good: boolean): void {
    const { observe } = server.config;
    if (observe === "none") return;
    if (!good) this.error(nowUs, server);
    else if (observe === "layer4") server.consecutiveErrors = 0;
  }

  /** An answer (its status), or 0 for a missing one. */
  answered(nowUs: number, server: Server, status: number): void {
    if (server.config.observe !== "layer7") return;
    if (status === 0 || (status >= 500 && status !== 501 && status !== 505)) this.error(nowUs, server);
    else server.consecutiveErrors = 0;
  }

  /** `__health_adjust` (src/check.c, 2.6.12): errors count while the server is down too; the next check only comes earlier. */
  private error(nowUs: number, server: Server): void {
    const { check, errorLimit, onError } = server.config;
    if (!check.enabled || server.maintenance) return;
    if (++server.consecutiveErrors < errorLimit) return;
    server.consecutiveErrors = 0;
    if (onError === "sudden-death" && server.health > check.rise) server.health = check.rise + 1;
    if (onError === "mark-down") server.health = check.rise;
    if (onError !== "fastinter") this.bad(nowUs, server, "too many errors in observed traffic");
    if (check.fastinterUs === null || this.running[server.member] === true) return;
    if (nowUs + check.fastinterUs < (this.dueUs[server.member] ?? Number.POSITIVE_INFINITY))
      this.plan(nowUs, server, check.fastinterUs);
  }
}

/** `srv_getinter` (spec/haproxy.md 4). */
function intervalNow(server: Server): number {
  const { interUs, fastinterUs, downinterUs } = server.config.check;
  if (server.health === server.fullHealth) return interUs;
  if (server.health === 0 && server.state === ServerState.STOPPED) return downinterUs ?? interUs;
  return fastinterUs ?? interUs;
}

/** Time for one check: inter; with `timeout check` the connect has inter or timeout connect and the answer its own. */
function limitUs(server: Server): number {
  const { healthCheck, timeouts } = server.backend.config;
  const { interUs } = server.config.check;
  if (timeouts.checkUs === null) return interUs;
  return healthCheck.kind === "http" ? timeouts.checkUs : Math.min(interUs, timeouts.connectUs ?? interUs);
}

function probeOf(check: HealthCheckConfig): Probe {
  if (check.kind !== "http") return { method: "TCP", target: "", host: "" };
  const host = check.headers.find(({ name }) => name.toLowerCase() === "host")?.value ?? "";
  return { method: check.method, target: check.uri, host };
}

function passes(check: HealthCheckConfig, status: number, body: string): boolean {
  if (check.kind !== "http") return true;
  if (check.expects.length === 0) return status >= 200 && status < 400;
  return check.expects.every((expect) => {
    const met = meets(expect, status, body);
    return met === null || met !== expect.negated;
  });
}

/** Null = about something that the simulated answers to checks do not have, such as headers: taken as met. */
function meets({ kind, pattern, statuses }: CheckExpect, status: number, body: string): boolean | null {
  switch (kind) {
    case "status":
      return statuses.some(({ min, max }) => status >= min && status <= max);
    case "rstatus":
      return patternOf(pattern, "")?.test(String(status)) ?? false;
    case "string":
      return body.includes(pattern);
    case "rstring":
      return patternOf(pattern, "")?.test(body) ?? false;
    default:
      return null;
  }
}

/** The word of the stats page for the last check (include/haproxy/check-t.h, enum healthcheck_status). */
function codeOf({ kind }: HealthCheckConfig, failure: number, status: number): string {
  if (failure === ConnectFailure.TIMEOUT) return "L4TOUT";
  if (failure > 0 && failure < 100) return "L4CON";
  if (kind !== "http") return "L4OK";
  if (failure > 100) return failure === 103 ? "L7TOUT" : "L7RSP";
  return status >= 200 && status < 400 ? "L7OK" : "L7STS";
}
