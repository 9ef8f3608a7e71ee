import type { Candidate, Decision } from "../../contract/decision.ts";
import type { Balancer } from "./balancer.ts";
import type { Exchange } from "./exchange.ts";
import { trafficOf } from "./lbmethods/bytraffic.ts";
import type { SessionValue } from "./session-value.ts";
import { Flag, isUsableStatus, stateWord } from "./worker-status.ts";

function seconds(us: number): string {
  return `${Math.round(us / 1000) / 1000} s`;
}

/** Why an attempt goes where it goes: taken before the choice, completed after it. Made only while somebody listens. */
export class DecisionReport {
  private readonly balancer: Balancer;
  private readonly exchange: Exchange;
  private readonly nowUs: number;
  private readonly before: readonly (readonly number[])[];

  constructor(balancer: Balancer, exchange: Exchange, nowUs: number) {
    this.balancer = balancer;
    this.exchange = exchange;
    this.nowUs = nowUs;
    this.before = balancer.members.map((_, m) => this.scoresOf(m));
  }

  /** Stickiness decided; `member` < 0: nofailover forbade another member. */
  bySession(session: SessionValue, member: number): Decision {
    const route = session.route ?? "";
    const { balancer } = this;
    const candidates = balancer.members.map((_, m) =>
      this.candidate(m, m === member ? null : this.whyNotOfSession(m, route)),
    );
    const served = member < 0 ? "no member" : `member ${balancer.routes[member]}`;
    const own = member < 0 || balancer.routes[member] === route;
    return this.decision({
      method: "session",
      sticky: `${session.name}: route=${route} -> ${served}`,
      tier: null,
      candidates,
      winner: Math.max(-1, member),
      rule:
        member < 0
          ? "nofailover=On: the members of the session's route are out, so the answer is 503"
          : own
            ? "the session's member is usable"
            : `the session's member is out and redirects to ${balancer.routes[member]}`,
    });
  }

  /** The method decided; `member` < 0: nobody was usable. */
  byMethod(session: SessionValue | null, member: number): Decision {
    const { balancer } = this;
    const set = member < 0 ? null : (balancer.slots.lbset[member] as number);
    const heartbeat = balancer.method.name === "heartbeat";
    return this.decision({
      method: balancer.method.name,
      sticky: this.stickyText(session),
      tier: set === null || heartbeat ? null : `lbset ${set}`,
      candidates: balancer.members.map((_, m) =>
        this.candidate(m, heartbeat ? this.whyOut(m) : this.whyNot(m, member)),
      ),
      winner: member,
      rule:
        member < 0
          ? "no usable member: 503, or a wait when the balancer has a timeout"
          : heartbeat
            ? "at random in the proportion of ready threads"
            : "best score; the earlier member in the configuration wins a tie",
    });
  }

  private decision(part: Omit<Decision, "nowUs" | "request" | "ordinal" | "group">): Decision {
    return {
      nowUs: this.nowUs,
      request: this.exchange.id,
      ordinal: this.exchange.ordinal,
      group: this.balancer.name,
      ...part,
      candidates: part.candidates,
      winner: part.winner < 0 ? -1 : this.balancer.firstMember + part.winner,
    };
  }

  private names(): readonly string[] {
    const { method } = this.balancer;
    return method.scores.length === 0
      ? []
      : method.scores.includes("lbstatus")
        ? method.scores
        : [...method.scores, "lbstatus"];
  }

  private scoresOf(m: number): readonly number[] {
    const { busy, lbstatus } = this.balancer.slots;
    return this.names().map((name) =>
      name === "busy"
        ? (busy[m] as number)
        : name === "traffic"
          ? trafficOf(this.balancer, m)
          : (lbstatus[m] as number),
    );
  }

  private candidate(m: number, excluded: string | null): Candidate {
    const after = this.scoresOf(m);
    const before = this.before[m] ?? after;
    return {
      member: this.balancer.firstMember + m,
      excluded,
      scores: this.names().map((name, i) => ({ name, before: before[i] as number, after: after[i] as number })),
    };
  }

  /** Why a member was not passed to the method by the walk that found `winner`. */
  private whyNot(m: number, winner: number): string | null {
    const { slots } = this.balancer;
    const flags = this.balancer.status(m);
    const set = slots.lbset[m] as number;
    if (winner >= 0 && set > (slots.lbset[winner] as number)) return `lbset ${set} is not reached`;
    if ((flags & Flag.N) !== 0) return "Drn: draining";
    const out = this.whyOut(m);
    if (out !== null) return out;
    const moved = this.before[m]?.some((score, i) => score !== this.scoresOf(m)[i]) ?? false;
    if (m === winner || moved) return null;
    if ((flags & Flag.R) !== 0) return "Spar: hot spare, not needed";
    if ((flags & Flag.H) !== 0) return "Stby: hot standby, not needed";
    return null;
  }

  private whyOut(m: number): string | null {
    const flags = this.balancer.status(m);
    if (isUsableStatus(flags)) return null;
    const { errorTimeUs, retryUs } = this.balancer.slots;
    const since = errorTimeUs[m] as number;
    if ((flags & Flag.E) === 0 || since === -Infinity) return stateWord(flags);
    return `${stateWord(flags)} since ${seconds(since)}, retry after ${seconds(since + (retryUs[m] as number))}`;
  }

  private whyNotOfSession(m: number, route: string): string {
    return this.balancer.routes[m] === route
      ? (this.whyOut(m) ?? "another member of the route came first")
      : "other route";
  }

  private stickyText(session: SessionValue | null): string | null {
    const { balancer } = this;
    const sticky = balancer.config?.stickySession ?? null;
    if (sticky === null) return null;
    if (session === null) {
      const names = sticky.cookie === sticky.path ? sticky.cookie : `${sticky.cookie}|${sticky.path}`;
      return `no session: ${names} not found`;
    }
    if (session.route === null || session.route === "") return `${session.name}: the value names no route`;
    const members = Array.from(session.membersIn(balancer));
    if (members.length === 0) return `${session.name}: route=${session.route} -> no member has this route`;
    const states = members.map((m) => `member ${session.route} is ${this.whyOut(m) ?? "Ok"}`);
    return `${session.name}: route=${session.route} -> ${states.join(", ")}`;
  }
}
