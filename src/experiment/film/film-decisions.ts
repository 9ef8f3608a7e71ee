import type { Candidate, Decision } from "../../contract/decision.ts";
import type { ByteReader } from "./byte-columns.ts";
import type { Cast, Player } from "./cast.ts";
import { type CellValue, growthOf, readCell } from "./cell-text.ts";
import type { FilmColumn } from "./film-columns.ts";
import { KnownReader } from "./known-lists.ts";
import { ScoreMemory } from "./score-memory.ts";
import type { TextTable } from "./text-table.ts";
import { type Contender, WinnerHabits } from "./winner-habits.ts";

/** All of a decision that recurs. */
interface Shape {
  readonly number: number;
  readonly group: string;
  readonly method: string;
  readonly sticky: string | null;
  readonly tier: string | null;
  readonly candidates: readonly {
    readonly member: number;
    readonly excluded: string | null;
    /** Indexes of the names of the scores. */
    readonly scores: readonly number[];
  }[];
}

type Columns = Readonly<Record<FilmColumn, ByteReader>>;

/**
 * Reads what a DecisionWriter wrote. A long film has hundred thousands of decisions with a score for every member, of which
 * a reader asks for a handful: they are kept as numbers until then.
 */
export class DecisionReader {
  private readonly cast: Cast;
  private readonly timeUs: readonly number[];
  private readonly columns: Columns;
  private readonly texts: TextTable;
  private readonly known: KnownReader<Shape>;
  private readonly winners = new WinnerHabits();
  private readonly memory = new ScoreMemory<CellValue>(0);
  /** Of each decision: its request's entry, instant, ordinal, shape, winner, rule, and where its scores begin. */
  private readonly entries: number[] = [];
  private readonly instants: number[] = [];
  private readonly ordinals: number[] = [];
  private readonly shapes: Shape[] = [];
  private readonly chosen: number[] = [];
  private readonly rules: number[] = [];
  private readonly firstScore: number[] = [];
  /** Before and after in turn. */
  private readonly scores: CellValue[] = [];
  /** Decisions by entry, made when they are asked for. */
  private byEntry: ReadonlyMap<number, readonly number[]> | null = null;

  /** @param timeUs times of the instants, known when decisions are asked for */
  constructor(cast: Cast, columns: Columns, texts: TextTable, timeUs: readonly number[]) {
    this.cast = cast;
    this.timeUs = timeUs;
    this.columns = columns;
    this.texts = texts;
    this.known = new KnownReader(columns.shape, (number) => readShape(number, columns, texts));
  }

  /** Reads the next decision and answers the request that it was made for. */
  read(instant: number): Player {
    const { cast, columns } = this;
    const player = cast.decided(columns.decisionRequest.get());
    this.entries.push(player.entry);
    this.instants.push(instant);
    this.ordinals.push(columns.decisionOrdinal.get());
    const shape = this.known.get(cast.decisionContext(player));
    this.shapes.push(shape);
    const first = this.scores.length;
    this.firstScore.push(first);
    const contenders = this.readBefore(shape);
    const codes = [columns.winner.get(), columns.rule.get()] as const;
    const { winner, rule } = this.winners.decode(shape.number, contenders, ...codes);
    cast.chose(player, winner);
    this.chosen.push(winner);
    this.rules.push(rule);
    this.readAfter(shape, winner, first);
    return player;
  }

  /** The decisions for a request, in their order. */
  of(entry: number): readonly Decision[] {
    this.byEntry ??= this.group();
    return (this.byEntry.get(entry) ?? []).map((each) => this.decision(each));
  }

  /** Reads the scores before a decision, which tell who may win it. */
  private readBefore({ candidates }: Shape): readonly Contender[] {
    const contenders: Contender[] = [];
    for (const { member, excluded, scores } of candidates) {
      let first: number | undefined;
      for (const name of scores) {
        const memory = this.memory.of(member, name);
        const before = readCell(this.columns.before, this.texts, memory.last);
        this.scores.push(before, 0);
        first ??= Number(before) + memory.growth[0];
      }
      if (excluded === null) contenders.push({ member, score: first ?? 0 });
    }
    return contenders;
  }

  /** Reads the scores after it; those before it begin at `from`. */
  private readAfter({ candidates }: Shape, winner: number, from: number): void {
    const { columns, texts, scores } = this;
    let at = from;
    for (const { member, scores: names } of candidates)
      for (const name of names) {
        const memory = this.memory.of(member, name);
        const isWinner = member === winner ? 1 : 0;
        const [before, expected] = [scores[at] as CellValue, memory.growth[isWinner]];
        const after = readCell(columns.after, texts, before, expected);
        memory.growth[isWinner] = growthOf(after, before, expected);
        memory.last = after;
        scores[at + 1] = after;
        at += 2;
      }
  }

  private group(): ReadonlyMap<number, readonly number[]> {
    const byEntry = new Map<number, number[]>();
    for (const [each, entry] of this.entries.entries()) {
      const others = byEntry.get(entry);
      if (others === undefined) byEntry.set(entry, [each]);
      else others.push(each);
    }
    return byEntry;
  }

  private decision(each: number): Decision {
    const { number: _number, candidates: contenders, ...shape } = this.shapes[each] as Shape;
    let at = this.firstScore[each] as number;
    const candidates = contenders.map(
      ({ member, excluded, scores }): Candidate => ({
        member,
        excluded,
        scores: scores.map((name) => {
          const [before, after] = [Number(this.scores[at]), Number(this.scores[at + 1])];
          at += 2;
          return { name: this.texts[name] ?? "", before, after };
        }),
      }),
    );
    return {
      ...shape,
      nowUs: this.timeUs[this.instants[each] as number] as number,
      request: this.cast.players[this.entries[each] as number]?.rank ?? -1,
      ordinal: this.ordinals[each] as number,
      winner: this.chosen[each] as number,
      rule: this.texts[this.rules[each] as number] ?? "",
      candidates,
    };
  }
}

function readShape(number: number, columns: Columns, texts: TextTable): Shape {
  const group = texts[columns.group.get()] ?? "";
  const method = texts[columns.method.get()] ?? "";
  const sticky = orNull(columns.sticky.get(), texts);
  const tier = orNull(columns.tier.get(), texts);
  let expected = 0;
  const candidates = Array.from({ length: columns.candidates.get() }, () => {
    const member = expected + columns.candidate.getSigned();
    expected = member + 1;
    const excluded = orNull(columns.excluded.get(), texts);
    const scores = Array.from({ length: columns.scores.get() }, () => columns.score.get());
    return { member, excluded, scores };
  });
  return { number, group, method, sticky, tier, candidates };
}

function orNull(index: number, texts: TextTable): string | null {
  return index === 0 ? null : (texts[index - 1] ?? null);
}
