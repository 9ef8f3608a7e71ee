import type { Candidate, Decision } from "../../contract/decision.ts";
import type { UpstreamMethod } from "./config/upstream-config.ts";
import type { Exchange } from "./exchange.ts";
import { shownKey } from "./hash-key.ts";
import type { PeerList } from "./peer-list.ts";
import { peerId } from "./sticky.ts";

/**
 * Why an attempt goes where it goes: call it before the pick, and what it answers after it. Made only while somebody
 * listens.
 */
export function reportDecision(exchange: Exchange, nowUs: number, nowS: number): (peer: number) => Decision {
  const { choice } = exchange;
  const { upstream } = choice;
  const lists = upstream.backup === null ? [upstream.primary] : [upstream.primary, upstream.backup];
  const before = lists.map((list) => list.lines.map((_, p) => scoresOf(list, p)));
  const reasons = lists.map((list) => list.lines.map((_, p) => whyNot(exchange, list, p, nowS)));
  const ordinal = exchange.attempts;
  const names = isTimed(upstream.config.method) ? NAMES : NAMES.slice(0, 2);
  return (peer) => {
    const chosen = choice.list;
    const candidates = lists.flatMap((list, l) =>
      list.lines.map(({ member }, p): Candidate => {
        const after = scoresOf(list, p);
        return {
          member,
          excluded:
            list === chosen && p === peer
              ? null
              : (reasons[l]?.[p] ?? (list === chosen ? null : otherList(list, chosen))),
          scores: names.map((name, i) => ({ name, before: before[l]?.[p]?.[i] ?? 0, after: after[i] as number })),
        };
      }),
    );
    const bound = peer >= 0 && choice.wanted !== "" && peerIdOf(chosen, peer) === choice.wanted;
    return {
      nowUs,
      request: exchange.id,
      ordinal,
      group: upstream.config.name,
      method: bound ? "session" : upstream.method.name,
      sticky: stickyText(exchange, bound),
      tier: chosen === upstream.primary ? (lists.length > 1 ? "primary servers" : null) : "backup servers",
      candidates,
      winner: peer < 0 ? -1 : (chosen.lines[peer]?.member ?? -1),
      rule: peer < 0 ? "no live upstreams: 502" : ruleOf(exchange),
    };
  };
}

const NAMES = ["conns", "current_weight", "header_time", "response_time"] as const;

function scoresOf(list: PeerList, p: number): readonly number[] {
  const { headerMs, responseMs } = list.times;
  return [list.conns, list.currentWeight, headerMs, responseMs].map((column) => column[p] as number);
}

/** Whether times decide, too. */
function isTimed(method: UpstreamMethod): boolean {
  return method.kind === "least_time" || (method.kind === "random" && method.by !== null && method.by !== "least_conn");
}

function peerIdOf(list: PeerList, p: number): string {
  const line = list.lines[p];
  return line === undefined ? "" : peerId(line);
}

function otherList(list: PeerList, chosen: PeerList): string | null {
  return list === chosen ? null : "the other list supplies the servers";
}

function whyNot({ choice }: Exchange, list: PeerList, p: number, nowS: number): string | null {
  if (list === choice.list && choice.hasTried(p)) return "tried already";
  if (list.unhealthy[p] === 1) return "unhealthy";
  if (list.down[p] === 1) return "down";
  if (list.drain[p] === 1) return "draining";
  if (!list.single && list.isBanned(p, nowS))
    return `unavailable: ${list.fails[p]} of ${list.maxFails[p]} fails, for ${list.openAgainS(p) - nowS} s at most`;
  return list.isFull(p) ? `max_conns ${list.maxConns[p]} reached` : null;
}

function stickyText({ choice }: Exchange, bound: boolean): string | null {
  if (choice.upstream.config.sticky === null) return null;
  if (choice.wanted === "") return "no session";
  return bound ? `session of ${choice.wanted}` : `session of ${choice.wanted}, which can't be had`;
}

function ruleOf({ choice }: Exchange): string {
  const { method } = choice.upstream.config;
  switch (method.kind) {
    case "least_time":
      return "least time (in classes of 20 ms) x (conns + 1) for the weight; smooth weighted round robin among the tied";
    case "least_conn":
      return "fewest conns for the weight; smooth weighted round robin among the tied";
    case "ip_hash":
      return `hash of ${choice.key}`;
    case "hash":
      return choice.key === "" ? "empty key: smooth weighted round robin" : `hash of "${shownKey(choice.key)}"`;
    case "random":
      return method.by === null ? "at random by weight" : "the less busy of two draws";
    default:
      return "largest current_weight; the earlier server wins a tie";
  }
}
