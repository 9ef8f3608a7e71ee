import type { MemberInfo, ProxyMachine } from "../../contract/proxy-machine.ts";
import type { MemberMeasures, StateSpan } from "./replication-result.ts";
import type { Window } from "./window.ts";

/**
 * What went to each member: attempts, bytes, busy time, and what it was entitled to. A member's entitlement at one pick
 * is its weight among the members of its group that are usable at that moment; the mean over all attempts of the group
 * is the share it should have got. Usability changes rarely, so picks are only counted until it does.
 */
export class MemberRecorder {
  readonly states: StateSpan[][];
  /** When each member was not usable by the proxy's own rules, from the start of the observed time. */
  readonly blocked: { readonly fromUs: number; readonly toUs: number }[][];
  private readonly machine: ProxyMachine;
  private readonly window: Window;
  private readonly groupOf: Int32Array;
  private readonly groupMembers: number[][] = [];
  private readonly attempts: Float64Array;
  private readonly failures: Float64Array;
  private readonly bytes: Float64Array;
  private readonly busyUs: Float64Array;
  private readonly entitled: Float64Array;
  private readonly share: Float64Array;
  private readonly picksSince: Float64Array;
  private readonly stateSince: Float64Array;
  private readonly state: string[];
  /** Since when the member is not usable; Infinity = it is. */
  private readonly blockedSince: Float64Array;
  /** When it is usable again by itself. */
  private readonly usableAgain: Float64Array;

  constructor(machine: ProxyMachine, window: Window) {
    this.machine = machine;
    this.window = window;
    const { members } = machine;
    const names: string[] = [];
    this.groupOf = new Int32Array(members.length);
    for (const [m, { group }] of members.entries()) {
      let g = names.indexOf(group);
      if (g < 0) {
        g = names.push(group) - 1;
        this.groupMembers.push([]);
      }
      this.groupOf[m] = g;
      (this.groupMembers[g] as number[]).push(m);
    }
    this.attempts = new Float64Array(members.length);
    this.failures = new Float64Array(members.length);
    this.bytes = new Float64Array(members.length);
    this.busyUs = new Float64Array(members.length);
    this.entitled = new Float64Array(members.length);
    this.share = new Float64Array(members.length);
    this.picksSince = new Float64Array(this.groupMembers.length);
    this.stateSince = new Float64Array(members.length).fill(window.fromUs);
    this.state = members.map((_, m) => machine.memberState(m));
    this.states = members.map(() => []);
    this.blocked = members.map(() => []);
    this.blockedSince = new Float64Array(members.length).fill(Number.POSITIVE_INFINITY);
    this.usableAgain = new Float64Array(members.length);
    for (let m = 0; m < members.length; m++) this.look(window.fromUs, m);
    for (let g = 0; g < this.groupMembers.length; g++) this.recount(window.fromUs, g);
  }

  started(nowUs: number, member: number): void {
    const g = this.groupOf[member] as number;
    if (nowUs < this.window.fromUs || nowUs >= this.window.toUs) return;
    this.attempts[member] = (this.attempts[member] as number) + 1;
    this.picksSince[g] = (this.picksSince[g] as number) + 1;
  }

  ended(startedUs: number, nowUs: number, member: number, failure: number, bytes: number): void {
    if (startedUs < this.window.fromUs || startedUs >= this.window.toUs) return;
    this.busyUs[member] = (this.busyUs[member] as number) + (nowUs - startedUs);
    this.bytes[member] = (this.bytes[member] as number) + bytes;
    if (failure !== 0) this.failures[member] = (this.failures[member] as number) + 1;
  }

  /** A member's state word changed: picks from now on have other entitlements. */
  changed(nowUs: number, member: number, state: string): void {
    this.closeState(member, nowUs);
    this.state[member] = state;
    // What one member is decides about others: a standby takes over, the last to fail lets httpd try all again.
    const g = this.groupOf[member] as number;
    for (const m of this.groupMembers[g] as number[]) this.look(nowUs, m);
    this.recount(nowUs, g);
  }

  /** Group with the most attempts. */
  busiestGroup(): readonly number[] {
    let best = 0;
    let most = -1;
    for (const [g, members] of this.groupMembers.entries()) {
      const count = sumOf(this.attempts, members);
      if (count > most) {
        most = count;
        best = g;
      }
    }
    return this.groupMembers[best] ?? [];
  }

  finish(nowUs: number): readonly MemberMeasures[] {
    for (let g = 0; g < this.groupMembers.length; g++) this.settle(g);
    for (let m = 0; m < this.state.length; m++) {
      this.closeState(m, Math.min(nowUs, this.window.toUs));
      this.closeBlock(m, Math.min(nowUs, this.window.toUs));
    }
    return this.machine.members.map((_, m) => {
      const group = this.groupMembers[this.groupOf[m] as number] as number[];
      return {
        attempts: this.attempts[m] as number,
        failures: this.failures[m] as number,
        shareRequests: ratio(this.attempts[m] as number, sumOf(this.attempts, group)),
        shareBytes: ratio(this.bytes[m] as number, sumOf(this.bytes, group)),
        shareBusy: ratio(this.busyUs[m] as number, sumOf(this.busyUs, group)),
        entitlement: ratio(this.entitled[m] as number, sumOf(this.entitled, group)),
      };
    });
  }

  private recount(nowUs: number, g: number): void {
    this.settle(g);
    const members = this.groupMembers[g] as number[];
    let total = 0;
    for (const m of members) total += this.usableWeight(nowUs, m);
    for (const m of members) this.share[m] = total === 0 ? 0 : this.usableWeight(nowUs, m) / total;
  }

  private usableWeight(nowUs: number, m: number): number {
    const { weight, role } = this.machine.members[m] as MemberInfo;
    return role === "normal" && this.machine.isUsable(nowUs, m) ? weight : 0;
  }

  private settle(g: number): void {
    const picks = this.picksSince[g] as number;
    if (picks === 0) return;
    for (const m of this.groupMembers[g] as number[])
      this.entitled[m] = (this.entitled[m] as number) + picks * (this.share[m] as number);
    this.picksSince[g] = 0;
  }

  private look(nowUs: number, member: number): void {
    const usable = this.machine.isUsable(nowUs, member);
    if (usable || (this.usableAgain[member] as number) <= nowUs) {
      this.closeBlock(member, nowUs);
      this.blockedSince[member] = Number.POSITIVE_INFINITY;
    }
    if (usable) return;
    if (this.blockedSince[member] === Number.POSITIVE_INFINITY) this.blockedSince[member] = nowUs;
    this.usableAgain[member] = this.machine.usableAgainUs(member);
  }

  private closeBlock(member: number, nowUs: number): void {
    const { fromUs, toUs } = this.window;
    const from = Math.max(this.blockedSince[member] as number, fromUs);
    const to = Math.min(nowUs, toUs, this.usableAgain[member] as number);
    if (to > from)
      (this.blocked[member] as { fromUs: number; toUs: number }[]).push({ fromUs: from - fromUs, toUs: to - fromUs });
  }

  private closeState(member: number, nowUs: number): void {
    const fromUs = Math.max(this.stateSince[member] as number, this.window.fromUs);
    this.stateSince[member] = nowUs;
    if (nowUs <= fromUs || fromUs >= this.window.toUs) return;
    const spans = this.states[member] as StateSpan[];
    const base = this.window.fromUs;
    const last = spans[spans.length - 1];
    const state = this.state[member] as string;
    if (last !== undefined && last.state === state && last.toUs === fromUs - base)
      spans[spans.length - 1] = { ...last, toUs: nowUs - base };
    else spans.push({ fromUs: fromUs - base, toUs: Math.min(nowUs, this.window.toUs) - base, state });
  }
}

function sumOf(values: Float64Array, members: readonly number[]): number {
  let sum = 0;
  for (const m of members) sum += values[m] as number;
  return sum;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
