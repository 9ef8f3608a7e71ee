import type { Candidate, Decision } from "../../contract/decision.ts";
import type { ByteReader } from "./byte-columns.ts";
import { readCell } from "./cell-text.ts";
import type { FilmColumn } from "./film-columns.ts";
import type { Instants } from "./film-reader.ts";
import { KnownReader } from "./known-lists.ts";
import type { TextTable } from "./text-table.ts";

/** All of a decision that recurs. */
interface Shape {
  readonly group: string;
  readonly method: string;
  readonly sticky: string | null;
  readonly tier: string | null;
  readonly candidates: readonly {
    readonly member: number;
    readonly excluded: string | null;
    readonly scores: readonly string[];
  }[];
}

type Columns = Readonly<Record<FilmColumn, ByteReader>>;

/**
 * The decisions of a film by the rank of their request, each request's in their order.
 *
 * @param startOf the instant at which the request of a rank started
 */
export function readDecisions(
  columns: Columns,
  startOf: ReadonlyMap<number, number>,
  texts: TextTable,
  instants: Instants,
): ReadonlyMap<number, readonly Decision[]> {
  const byRank = new Map<number, Decision[]>();
  const lastScore = new Map<string, string>();
  const shapes = new KnownReader(columns.shape, () => readShape(columns, texts));
  let rank = 0;
  while (!columns.decisionRank.isAtEnd) {
    rank += columns.decisionRank.getSigned();
    const instant = (startOf.get(rank) ?? 0) + columns.decisionInstant.getSigned();
    instants.rank[instant] = rank;
    const ordinal = columns.decisionOrdinal.get();
    const rule = texts[columns.rule.get()] ?? "";
    const winner = columns.winner.get() - 1;
    const { candidates: contenders, ...shape } = shapes.get();
    const candidates = contenders.map((contender) => readScores(contender, columns, texts, lastScore));
    const nowUs = instants.timeUs[instant] as number;
    const decision = { ...shape, nowUs, request: rank, ordinal, winner, rule, candidates };
    const others = byRank.get(rank);
    if (others === undefined) byRank.set(rank, [decision]);
    else others.push(decision);
  }
  return byRank;
}

function readShape(columns: Columns, texts: TextTable): Shape {
  const group = texts[columns.group.get()] ?? "";
  const method = texts[columns.method.get()] ?? "";
  const sticky = orNull(columns.sticky.get(), texts);
  const tier = orNull(columns.tier.get(), texts);
  let expected = 0;
  const candidates = Array.from({ length: columns.candidates.get() }, () => {
    const member = expected + columns.candidate.getSigned();
    expected = member + 1;
    const excluded = orNull(columns.excluded.get(), texts);
    const scores = Array.from({ length: columns.scores.get() }, () => texts[columns.score.get()] ?? "");
    return { member, excluded, scores };
  });
  return { group, method, sticky, tier, candidates };
}

function readScores(
  { member, excluded, scores }: Shape["candidates"][number],
  columns: Columns,
  texts: TextTable,
  lastScore: Map<string, string>,
): Candidate {
  return {
    member,
    excluded,
    scores: scores.map((name) => {
      const key = `${member} ${name}`;
      const before = readCell(columns.before, texts, lastScore.get(key) ?? "0");
      const after = readCell(columns.after, texts, before);
      lastScore.set(key, after);
      return { name, before: Number(before), after: Number(after) };
    }),
  };
}

function orNull(index: number, texts: TextTable): string | null {
  return index === 0 ? null : (texts[index - 1] ?? null);
}
