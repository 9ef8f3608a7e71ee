import type { Candidate, Decision } from "../../contract/decision.ts";
import type { ByteReader } from "./byte-columns.ts";
import { readCell } from "./cell-text.ts";
import type { FilmColumn } from "./film-columns.ts";
import type { Instants } from "./film-reader.ts";
import type { TextTable } from "./text-table.ts";

/** The decisions of a film by the rank of their request, each request's in their order. */
export function readDecisions(
  columns: Readonly<Record<FilmColumn, ByteReader>>,
  texts: TextTable,
  instants: Instants,
): ReadonlyMap<number, readonly Decision[]> {
  const byRank = new Map<number, Decision[]>();
  const lastScore = new Map<string, string>();
  let [rank, instant] = [0, 0];
  while (!columns.decisionRank.isAtEnd) {
    rank += columns.decisionRank.getSigned();
    instant += columns.decisionInstant.get();
    instants.rank[instant] = rank;
    const decision = {
      nowUs: instants.timeUs[instant] as number,
      request: rank,
      ordinal: columns.decisionOrdinal.get(),
      group: texts[columns.group.get()] ?? "",
      method: texts[columns.method.get()] ?? "",
      sticky: orNull(columns.sticky.get(), texts),
      tier: orNull(columns.tier.get(), texts),
      winner: columns.winner.get() - 1,
      rule: texts[columns.rule.get()] ?? "",
      candidates: readCandidates(columns, texts, lastScore),
    };
    const others = byRank.get(rank);
    if (others === undefined) byRank.set(rank, [decision]);
    else others.push(decision);
  }
  return byRank;
}

function readCandidates(
  columns: Readonly<Record<FilmColumn, ByteReader>>,
  texts: TextTable,
  lastScore: Map<string, string>,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  let expected = 0;
  for (let left = columns.candidates.get(); left > 0; left--) {
    const member = expected + columns.candidate.getSigned();
    expected = member + 1;
    const excluded = orNull(columns.excluded.get(), texts);
    const scores = [];
    for (let more = columns.scores.get(); more > 0; more--) {
      const name = texts[columns.score.get()] ?? "";
      const key = `${member} ${name}`;
      const before = readCell(columns.before, texts, lastScore.get(key) ?? "0");
      const after = readCell(columns.after, texts, before);
      lastScore.set(key, after);
      scores.push({ name, before: Number(before), after: Number(after) });
    }
    candidates.push({ member, excluded, scores });
  }
  return candidates;
}

function orNull(index: number, texts: TextTable): string | null {
  return index === 0 ? null : (texts[index - 1] ?? null);
}
