import type { MemberInfo } from "../../contract/proxy-machine.ts";
import { timerId } from "../shared/timer-id.ts";
import type { HealthCheck, HealthMatch } from "./config/upstream-config.ts";
import type { MemberPlaces } from "./member-places.ts";
import type { NginxServer } from "./nginx-server.ts";
import { TimerKind } from "./timer-kind.ts";

interface CheckedMember {
  readonly check: HealthCheck;
  readonly member: number;
  fails: number;
  passes: number;
  /** Not healthy by this check, or (`mandatory`) not yet. */
  isOut: boolean;
}

/**
 * Active checks of NGINX Plus (spec/nginx-plus.md (c)): each server of the upstream by itself, every `interval`. A server that any check
 * finds unhealthy is out; in-flight requests go on.
 */
export class HealthChecks {
  private readonly server: NginxServer;
  private readonly members: readonly MemberInfo[];
  private readonly places: MemberPlaces;
  private readonly checked: readonly CheckedMember[];

  constructor(server: NginxServer, members: readonly MemberInfo[], places: MemberPlaces) {
    this.server = server;
    this.members = members;
    this.places = places;
    this.checked = server.config.healthChecks.flatMap((check) =>
      members.flatMap(({ group }, member) =>
        group === check.upstream ? [{ check, member, fails: 0, passes: 0, isOut: check.mandatory }] : [],
      ),
    );
  }

  start(nowUs: number): void {
    for (const [slot, { member, isOut }] of this.checked.entries()) {
      if (isOut) this.apply(nowUs, member);
      this.probe(slot);
    }
  }

  timer(_nowUs: number, slot: number): void {
    this.probe(slot);
  }

  result(nowUs: number, slot: number, failure: number, status: number, body: string): void {
    const checked = this.checked[slot];
    if (checked === undefined) return;
    const { check } = checked;
    const jitterUs = check.jitterUs === 0 ? 0 : this.server.random.nextInt(check.jitterUs + 1);
    this.server.outbox.setTimer(timerId(TimerKind.HEALTH, slot), check.intervalUs + jitterUs);
    const passed = failure === 0 && this.passes(check, status, body);
    checked.passes = passed ? checked.passes + 1 : 0;
    checked.fails = passed ? 0 : checked.fails + 1;
    const before = checked.isOut;
    if (passed && checked.passes >= check.passes) checked.isOut = false;
    if (!passed && checked.fails >= check.fails) checked.isOut = true;
    if (checked.isOut !== before) this.apply(nowUs, checked.member);
  }

  private isUnhealthy(member: number): boolean {
    return this.checked.some((each) => each.member === member && each.isOut);
  }

  private apply(nowUs: number, member: number): void {
    const isOut = this.isUnhealthy(member);
    for (const { list, peer } of this.places.of(member)) {
      if (!isOut && list.unhealthy[peer] === 1) list.slowStarts.begin(peer, Math.floor(nowUs / 1000));
      list.unhealthy[peer] = isOut ? 1 : 0;
      list.recount();
    }
    this.server.listener?.memberChanged?.(nowUs, member, "");
  }

  private probe(slot: number): void {
    const { check, member } = this.checked[slot] as CheckedMember;
    const address = (this.members[member] as MemberInfo).address;
    const what = { method: "GET", target: check.uri, host: check.host };
    this.server.outbox.probe(slot, address, check.connectTimeoutUs + check.readTimeoutUs, what);
  }

  private passes({ match }: HealthCheck, status: number, body: string): boolean {
    if (match === null) return status >= 200 && status < 400;
    const rules = this.server.config.healthMatches.find(({ name }) => name === match);
    return rules === undefined || fits(rules, status, body);
  }
}

function fits({ statuses, statusNegated, bodies }: HealthMatch, status: number, body: string): boolean {
  const isNamed = statuses.some(({ from, to }) => status >= from && status <= to);
  if (statuses.length > 0 && isNamed === statusNegated) return false;
  return bodies.every(({ operator, source }) => new RegExp(source).test(body) === (operator === "~"));
}
