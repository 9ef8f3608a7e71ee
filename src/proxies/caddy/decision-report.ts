import type { Decision } from "../../contract/decision.ts";
import type { Exchange } from "./exchange.ts";
import type { ReadyProxy } from "./ready-proxy.ts";

/** What upstreams looked like before a selection, and the explanation after it. Made only while somebody listens. */
export class DecisionReport {
  private readonly proxy: ReadyProxy;
  private readonly exchange: Exchange;
  private readonly nowUs: number;
  private readonly excluded: readonly (string | null)[];
  private readonly before: readonly (readonly number[])[];

  constructor(proxy: ReadyProxy, exchange: Exchange, nowUs: number) {
    this.proxy = proxy;
    this.exchange = exchange;
    this.nowUs = nowUs;
    this.excluded = proxy.pool.dials.map((_, u) => proxy.pool.whyNot(u));
    this.before = this.scores();
  }

  decided(upstream: number): Decision {
    const { proxy, exchange } = this;
    const { name } = proxy.config.policy;
    const after = this.scores();
    const bySession = name === "cookie" && upstream >= 0 && proxy.policy.setsCookieOf < 0;
    return {
      nowUs: this.nowUs,
      request: exchange.id,
      ordinal: exchange.ordinal,
      group: proxy.config.name,
      method: bySession ? "session" : name,
      sticky: name === "cookie" ? proxy.policy.rule : null,
      tier: null,
      candidates: proxy.pool.dials.map((_, u) => ({
        member: proxy.firstMember + u,
        excluded: this.excluded[u] ?? null,
        scores: proxy.policy.scores.map((score, i) => ({
          name: score,
          before: this.before[u]?.[i] ?? 0,
          after: after[u]?.[i] ?? 0,
        })),
      })),
      winner: upstream < 0 ? -1 : proxy.firstMember + upstream,
      rule: upstream < 0 ? "no upstreams available: 503, or another look after a pause" : proxy.policy.rule,
    };
  }

  private scores(): readonly (readonly number[])[] {
    const { pool, policy } = this.proxy;
    return pool.dials.map((_, u) => policy.scoresOf(pool, u, this.exchange));
  }
}
