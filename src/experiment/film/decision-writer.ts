import type { Candidate, Decision } from "../../contract/decision.ts";
import type { ByteWriter } from "./byte-columns.ts";
import type { Cast, Player } from "./cast.ts";
import { CellWriter } from "./cell-text.ts";
import type { FilmColumn } from "./film-columns.ts";
import { KnownWriter } from "./known-lists.ts";
import { ScoreMemory } from "./score-memory.ts";
import type { TextWriter } from "./text-table.ts";
import { type Contender, WinnerHabits } from "./winner-habits.ts";

/** Writes why requests went where they went. */
export class DecisionWriter {
  private readonly cast: Cast;
  private readonly columns: Readonly<Record<FilmColumn, ByteWriter>>;
  private readonly texts: TextWriter;
  private readonly shapes: KnownWriter;
  private readonly before: CellWriter;
  private readonly after: CellWriter;
  private readonly winners = new WinnerHabits();
  private readonly scores = new ScoreMemory<number>(0);
  private scoreCount = 0;
  private decisionCount = 0;

  constructor(cast: Cast, columns: Readonly<Record<FilmColumn, ByteWriter>>, texts: TextWriter) {
    this.cast = cast;
    this.columns = columns;
    this.texts = texts;
    this.shapes = new KnownWriter(columns.shape);
    this.before = new CellWriter(columns.before, texts);
    this.after = new CellWriter(columns.after, texts);
  }

  /** Scores before and after, written so far. */
  get written(): number {
    return 2 * this.scoreCount;
  }

  /** Scores of a decision on average. */
  get scoresEach(): number {
    return this.scoreCount / Math.max(1, this.decisionCount);
  }

  write(player: Player, decision: Decision): void {
    this.decisionCount++;
    const { columns, cast, texts, scores } = this;
    const { winner } = decision;
    const code = cast.decisionCode(player);
    columns.decisionRequest.put(code);
    cast.decided(code);
    columns.decisionOrdinal.put(decision.ordinal);
    const shape = this.shape(decision, cast.decisionContext(player));
    const contenders: Contender[] = [];
    for (const { member, excluded, scores: told } of decision.candidates) {
      let first: number | undefined;
      for (const { name, before } of told) {
        const memory = scores.of(member, texts.indexOf(name));
        this.before.put(before, memory.last);
        first ??= before + memory.growth[0];
      }
      if (excluded === null) contenders.push({ member, score: first ?? 0 });
    }
    const [winnerCode, ruleCode] = this.winners.codesOf(shape, contenders, winner, texts.indexOf(decision.rule));
    columns.winner.put(winnerCode);
    columns.rule.put(ruleCode);
    cast.chose(player, winner);
    for (const { member, scores: told } of decision.candidates)
      for (const { name, before, after } of told) {
        const memory = scores.of(member, texts.indexOf(name));
        const isWinner = member === winner ? 1 : 0;
        memory.growth[isWinner] = this.after.put(after, before, memory.growth[isWinner]);
        memory.last = after;
        this.scoreCount++;
      }
  }

  /** All of a decision that recurs: the same candidates are excluded for the same reasons again and again. */
  private shape({ group, method, sticky, tier, candidates }: Decision, context: number): number {
    const { columns, texts } = this;
    const recurring = candidates.map(({ member, excluded, scores }) => [
      member,
      excluded,
      scores.map(({ name }) => name),
    ]);
    const { isNew, number } = this.shapes.put(JSON.stringify([group, method, sticky, tier, recurring]), context);
    if (!isNew) return number;
    columns.group.put(texts.indexOf(group));
    columns.method.put(texts.indexOf(method));
    columns.sticky.put(sticky === null ? 0 : texts.indexOf(sticky) + 1);
    columns.tier.put(tier === null ? 0 : texts.indexOf(tier) + 1);
    columns.candidates.put(candidates.length);
    let expected = 0;
    for (const candidate of candidates) {
      columns.candidate.putSigned(candidate.member - expected);
      expected = candidate.member + 1;
      this.candidate(candidate);
    }
    return number;
  }

  private candidate({ excluded, scores }: Candidate): void {
    const { columns, texts } = this;
    columns.excluded.put(excluded === null ? 0 : texts.indexOf(excluded) + 1);
    columns.scores.put(scores.length);
    for (const { name } of scores) columns.score.put(texts.indexOf(name));
  }
}
