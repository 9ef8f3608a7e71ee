import type { Candidate, Decision } from "../../contract/decision.ts";
import type { StatusTable } from "../../contract/proxy-machine.ts";
import type { SeenRequest } from "../replication/seen-request.ts";
import { ByteWriter } from "./byte-columns.ts";
import { CellWriter } from "./cell-text.ts";
import { FILM_COLUMNS, type FilmColumn, type FilmHeader } from "./film-columns.ts";
import { StatusCells } from "./status-cells.ts";
import { TextWriter } from "./text-table.ts";

/** Writes what a film shows, column by column, each number as the difference to the one that is most like it. */
export class FilmWriter {
  private readonly texts = new TextWriter();
  private readonly cells = new StatusCells(this.texts);
  private readonly columns: Readonly<Record<FilmColumn, ByteWriter>>;
  private readonly before: CellWriter;
  private readonly after: CellWriter;
  /** What each member's score was when it was last told of. */
  private readonly lastScore = new Map<string, number>();
  /** Instants so far: the number of the one that will be written next, when the event that runs is over. */
  instants = 0;
  private lastInstantUs = 0;
  private lastRank = 0;
  private lastClient = 0;
  private lastEnd = 0;
  private lastDecisionRank = 0;
  private lastDecisionInstant = 0;

  constructor() {
    this.columns = Object.fromEntries(FILM_COLUMNS.map((name) => [name, new ByteWriter()])) as Record<
      FilmColumn,
      ByteWriter
    >;
    this.before = new CellWriter(this.columns.before, this.texts);
    this.after = new CellWriter(this.columns.after, this.texts);
  }

  /** The status page after everything of an event. */
  instant(nowUs: number, events: number, tables: readonly StatusTable[]): void {
    const { columns } = this;
    this.cells.look(this.instants++, tables);
    columns.gap.putSigned(nowUs - this.lastInstantUs);
    this.lastInstantUs = nowUs;
    columns.events.put(events);
  }

  /** A request that ends at the instant to come, or that the run left unfinished; `start` = the instant of its start. */
  request(seen: SeenRequest, start: number): void {
    const { columns, texts } = this;
    columns.rank.putSigned(seen.rank - this.lastRank);
    this.lastRank = seen.rank;
    columns.client.putSigned(seen.identity.client - this.lastClient);
    this.lastClient = seen.identity.client;
    columns.session.put(seen.identity.session);
    columns.ordinal.put(seen.identity.ordinal);
    columns.try.put(seen.identity.tryNumber);
    columns.class.put(seen.classIndex);
    columns.end.put(this.instants - this.lastEnd);
    this.lastEnd = this.instants;
    columns.span.put(this.instants - start);
    columns.status.put(seen.status);
    columns.outcome.put(seen.outcome === null ? 0 : seen.outcome + 1);
    columns.found.put(seen.found === null ? 0 : seen.found ? 1 : 2);
    columns.loss.put(texts.indexOf(seen.loss ?? ""));
    columns.attempts.put(seen.attempts.length);
    for (const { member, result } of seen.attempts) {
      columns.attemptMember.put(member + 1);
      columns.attemptResult.put(texts.indexOf(result ?? ""));
    }
  }

  decision(rank: number, decision: Decision): void {
    const { columns, texts } = this;
    columns.decisionRank.putSigned(rank - this.lastDecisionRank);
    this.lastDecisionRank = rank;
    columns.decisionInstant.put(this.instants - this.lastDecisionInstant);
    this.lastDecisionInstant = this.instants;
    columns.decisionOrdinal.put(decision.ordinal);
    columns.group.put(texts.indexOf(decision.group));
    columns.method.put(texts.indexOf(decision.method));
    columns.sticky.put(decision.sticky === null ? 0 : texts.indexOf(decision.sticky) + 1);
    columns.tier.put(decision.tier === null ? 0 : texts.indexOf(decision.tier) + 1);
    columns.winner.put(decision.winner + 1);
    columns.rule.put(texts.indexOf(decision.rule));
    columns.candidates.put(decision.candidates.length);
    let expected = 0;
    for (const candidate of decision.candidates) {
      columns.candidate.putSigned(candidate.member - expected);
      expected = candidate.member + 1;
      this.candidate(candidate);
    }
  }

  header(complete: boolean, classes: readonly string[]): FilmHeader {
    return {
      version: 1,
      complete,
      classes,
      texts: this.texts.texts,
      tables: this.cells.layout(),
      lengths: this.parts().map(({ length }) => length),
    };
  }

  parts(): readonly Uint8Array[] {
    return [...FILM_COLUMNS.map((name) => this.columns[name].take()), ...this.cells.columns()];
  }

  private candidate({ member, excluded, scores }: Candidate): void {
    const { columns, texts } = this;
    columns.excluded.put(excluded === null ? 0 : texts.indexOf(excluded) + 1);
    columns.scores.put(scores.length);
    for (const { name, before, after } of scores) {
      const key = `${member} ${name}`;
      columns.score.put(texts.indexOf(name));
      this.before.put(before, this.lastScore.get(key) ?? 0);
      this.after.put(after, before);
      this.lastScore.set(key, after);
    }
  }
}
