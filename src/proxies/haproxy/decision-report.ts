import type { Decision } from "../../contract/decision.ts";
import type { Backend } from "./backend.ts";
import type { Server } from "./server.ts";
import type { Stream } from "./stream.ts";

/** What servers looked like before a choice, and its explanation. Made only while somebody listens. */
export class DecisionReport {
  private readonly backend: Backend;
  private readonly firstMember: number;
  private readonly nowUs: number;
  private readonly excluded: readonly (string | null)[];
  private readonly before: readonly (readonly number[])[];

  constructor(backend: Backend, firstMember: number, nowUs: number) {
    this.backend = backend;
    this.firstMember = firstMember;
    this.nowUs = nowUs;
    this.excluded = backend.servers.map((server) => whyNot(server));
    this.before = this.scores();
  }

  /** The algorithm chose. */
  balanced(stream: Stream, found: Server | null | "none"): Decision {
    const { backend } = this;
    const rule =
      found === "none"
        ? "no server is available: 503, termination state SC"
        : found === null
          ? "all servers are full: the request waits in the backend's queue"
          : found === backend.onlyBackup
            ? "the first usable backup serves everybody"
            : backend.method.rule;
    const winner = found === null || found === "none" ? -1 : found.member;
    return this.decision(stream, backend.config.balance.method, winner, rule);
  }

  /** Cookie, stick-table or use-server had chosen before. */
  persistent(stream: Stream): Decision {
    const server = stream.server as Server;
    const rule =
      stream.cookieFlag === "V" ? `the cookie names ${server.config.name}` : `${server.config.name} was named`;
    return this.decision(stream, "session", server.member, rule);
  }

  private decision(stream: Stream, method: string, winner: number, rule: string): Decision {
    const { backend } = this;
    const after = this.scores();
    return {
      nowUs: this.nowUs,
      request: stream.id,
      ordinal: stream.ordinal,
      group: backend.config.name,
      method,
      sticky: backend.config.cookie === null ? null : (FLAGS[stream.cookieFlag] ?? null),
      tier: backend.usableActive > 0 ? "active servers" : "backup servers",
      candidates: backend.servers.map((_, i) => ({
        member: this.firstMember + i,
        excluded: this.excluded[i] ?? null,
        scores: backend.method.scores.map((name, k) => ({
          name,
          before: this.before[i]?.[k] ?? 0,
          after: after[i]?.[k] ?? 0,
        })),
      })),
      winner,
      rule,
    };
  }

  private scores(): readonly (readonly number[])[] {
    return this.backend.servers.map((server) => this.backend.method.scoresOf(server));
  }
}

const FLAGS: Readonly<Record<string, string>> = {
  N: "no cookie (N)",
  V: "valid cookie (V)",
  I: "the cookie names no server (I)",
  D: "the cookie names a server that is down (D)",
  U: "the cookie was not used (U)",
  E: "the cookie has expired, maxidle (E)",
  O: "the cookie is too old, maxlife (O)",
};

function whyNot(server: Server): string | null {
  if (server.maintenance) return "maintenance";
  if (server.draining || server.userWeight === 0) return "drain";
  if (!server.isUsable) return server.isStanding ? "stopping" : "DOWN";
  if (server.config.backup && server.backend.usableActive > 0) return "backup";
  return server.isFull() ? "full" : null;
}
