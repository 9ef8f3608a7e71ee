import type { Outbox, Probe } from "../../contract/outbox.ts";
import { timerId } from "../shared/timer-id.ts";
import type { Balancer } from "./balancer.ts";
import type { ApacheConfig, HealthCheckConfig, MemberConfig, ServerConfig } from "./config/apache-config.ts";
import { type Condition, type ExpressionContext, parseExpression } from "./expression.ts";
import { TimerKind } from "./timer-kind.ts";
import { Flag } from "./worker-status.ts";

/** The watchdog looks at the members this often. */
const TICK_US = 100_000;

/** A member whose health is checked. */
class CheckedMember {
  readonly balancer: Balancer;
  readonly m: number;
  readonly check: HealthCheckConfig;
  readonly probe: Probe;
  readonly address: number;
  readonly timeoutUs: number;
  readonly condition: Condition | null;
  /** End of the last check, or when the server started. */
  updatedUs: number;
  running = false;
  /** Due, and waiting for a thread. */
  queued = false;

  constructor(balancer: Balancer, m: number, address: number, config: ApacheConfig, startedAtUs: number) {
    const member = balancer.members[m] as MemberConfig;
    const server = config.servers[0] as ServerConfig;
    this.balancer = balancer;
    this.m = m;
    this.check = member.healthCheck;
    this.probe = probeOf(member);
    this.address = address;
    this.timeoutUs = member.connectionTimeoutUs ?? member.timeoutUs ?? server.proxyTimeoutUs ?? server.timeoutUs;
    const expression = config.healthExpressions[this.check.expression];
    const isGiven = expression !== undefined && expression !== "";
    this.condition = isGiven ? parseExpression(expression.replace(/^\{|\}$/g, "")) : null;
    this.updatedUs = startedAtUs;
  }
}

/** The request of a check: OPTIONS asks for `*`, the others for the member's path and hcuri (create_hcheck_req). */
function probeOf(member: MemberConfig): Probe {
  const { method, uri } = member.healthCheck;
  const host = `${member.host}:${member.port}`;
  const verb = method.replace("11", "");
  if (verb === "TCP" || verb === "CPING") return { method: "TCP", target: "", host };
  if (verb === "OPTIONS") return { method: verb, target: "*", host };
  const slash = member.path !== "" && uri !== "" ? "/" : "";
  return { method: verb, target: member.path + slash + uri, host };
}

/**
 * mod_proxy_hcheck (spec/apache.md 12; httpd: hc_watchdog_callback and hc_check). Checks begin on the watchdog's grid of
 * 0.1 s, strictly later than the last one's end plus the interval; the timer is set for the next tick that has something to
 * do, the ticks between do nothing.
 */
export class HealthChecker {
  private readonly members: readonly CheckedMember[];
  private readonly outbox: Outbox;
  private readonly startedAtUs: number;
  /** Checks that may run at once; without threads they run one after the other. */
  private readonly threads: number;
  private running = 0;

  constructor(
    config: ApacheConfig,
    balancers: readonly Balancer[],
    addressOfMember: readonly number[],
    outbox: Outbox,
    startedAtUs: number,
  ) {
    const loaded = config.modules.includes("proxy_hcheck");
    this.members = balancers
      .filter((balancer) => loaded && balancer.config !== null)
      .flatMap((balancer) =>
        balancer.members.flatMap((member, m) =>
          member.healthCheck.method === "NONE"
            ? []
            : [
                new CheckedMember(
                  balancer,
                  m,
                  addressOfMember[balancer.firstMember + m] as number,
                  config,
                  startedAtUs,
                ),
              ],
        ),
      );
    this.outbox = outbox;
    this.startedAtUs = startedAtUs;
    this.threads = Math.max(1, config.healthThreads);
  }

  start(nowUs: number): void {
    this.schedule(nowUs);
  }

  /** Something changed that may make a check due: a stopped member goes on. */
  reschedule(nowUs: number): void {
    this.schedule(nowUs);
  }

  tick(nowUs: number): void {
    for (const member of this.members) {
      if (member.running || member.queued || this.isStopped(member)) continue;
      if (nowUs > member.updatedUs + member.check.intervalUs) member.queued = true;
    }
    this.runQueued();
    this.schedule(nowUs);
  }

  probeResult(nowUs: number, probe: number, failure: number, status: number, body: string): void {
    const member = this.members[probe] as CheckedMember;
    member.running = false;
    this.running--;
    member.updatedUs = nowUs;
    this.judge(nowUs, member, failure === 0 && this.passes(member, status, body));
    this.runQueued();
    this.schedule(nowUs);
  }

  private isStopped(member: CheckedMember): boolean {
    return (member.balancer.status(member.m) & Flag.S) !== 0;
  }

  private runQueued(): void {
    for (const [probe, member] of this.members.entries()) {
      if (this.running >= this.threads) return;
      if (!member.queued) continue;
      member.queued = false;
      member.running = true;
      this.running++;
      this.outbox.probe(probe, member.address, member.timeoutUs, member.probe);
    }
  }

  private schedule(nowUs: number): void {
    let due = Infinity;
    for (const member of this.members) {
      if (member.running || member.queued || this.isStopped(member)) continue;
      due = Math.min(due, member.updatedUs + member.check.intervalUs);
    }
    if (due === Infinity) return;
    const after = Math.max(due, nowUs);
    const ticks = Math.floor((after - this.startedAtUs) / TICK_US) + 1;
    this.outbox.setTimer(timerId(TimerKind.WATCHDOG, 0), this.startedAtUs + ticks * TICK_US - nowUs);
  }

  private passes(member: CheckedMember, status: number, body: string): boolean {
    if (member.probe.method === "TCP") return true;
    if (member.condition === null) return status >= 200 && status <= 399;
    const context: ExpressionContext = {
      variable: (name) =>
        name === "REQUEST_STATUS" ? String(status) : name === "REQUEST_METHOD" ? member.probe.method : "",
      call: (name, argument) => (name === "hc" && argument === "body" ? body : null),
    };
    return member.condition(context);
  }

  /** Neither counter is reset by the opposite result. */
  private judge(nowUs: number, { balancer, m, check }: CheckedMember, ok: boolean): void {
    const { passCount, failCount, errorTimeUs } = balancer.slots;
    if ((balancer.status(m) & (Flag.C | Flag.E)) !== 0) {
      if (!ok) return;
      passCount[m] = (passCount[m] as number) + 1;
      if ((passCount[m] as number) < check.passes) return;
      passCount[m] = 0;
      balancer.setFlags(nowUs, m, 0, Flag.C | Flag.E);
    } else if (!ok) {
      errorTimeUs[m] = nowUs;
      failCount[m] = (failCount[m] as number) + 1;
      if ((failCount[m] as number) < check.fails) return;
      failCount[m] = 0;
      balancer.setFlags(nowUs, m, Flag.C, 0);
    }
  }
}
