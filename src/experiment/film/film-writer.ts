import type { Candidate, Decision } from "../../contract/decision.ts";
import type { StatusTable } from "../../contract/proxy-machine.ts";
import type { SeenRequest } from "../replication/seen-request.ts";
import { ByteWriter } from "./byte-columns.ts";
import { CellWriter } from "./cell-text.ts";
import { FILM_COLUMNS, FILM_VERSION, type FilmColumn, FilmEvent, type FilmHeader, GAP_UNIT } from "./film-columns.ts";
import { KnownWriter } from "./known-lists.ts";
import { type FilmedRequest, writeRequests } from "./request-columns.ts";
import { StatusCells } from "./status-cells.ts";
import { TextWriter } from "./text-table.ts";

/** Writes what a film shows, column by column, each number as the difference to the one that is most like it. */
export class FilmWriter {
  private readonly texts = new TextWriter();
  private readonly columns: Readonly<Record<FilmColumn, ByteWriter>>;
  private readonly cells: StatusCells;
  private readonly shapes: KnownWriter;
  private readonly before: CellWriter;
  private readonly after: CellWriter;
  /** What each member's score was when it was last told of. */
  private readonly lastScore = new Map<string, number>();
  /** Requests in the order in which they ended; they are written when all of them are known. */
  private readonly requests: FilmedRequest[] = [];
  /** Members that the proxy chose for a request, by rank. */
  private readonly chosen = new Map<number, number[]>();
  /** Decisions in their order: most are made at the instant at which their request starts. */
  private readonly decided: { readonly rank: number; readonly instant: number }[] = [];
  /** Instants at which a request started. */
  private readonly starts: number[] = [];
  /** Instants so far: the number of the one that will be written next, when the event that runs is over. */
  instants = 0;
  private lastInstantUs = 0;
  private lastRank = 0;

  constructor() {
    this.columns = Object.fromEntries(FILM_COLUMNS.map((name) => [name, new ByteWriter()])) as Record<
      FilmColumn,
      ByteWriter
    >;
    this.cells = new StatusCells(this.texts, this.columns);
    this.shapes = new KnownWriter(this.columns.shape);
    this.before = new CellWriter(this.columns.before, this.texts);
    this.after = new CellWriter(this.columns.after, this.texts);
  }

  /** The status page after everything of an event. */
  instant(nowUs: number, events: number, tables: readonly StatusTable[]): void {
    const { columns } = this;
    if ((events & FilmEvent.REQUEST_STARTED) !== 0) this.starts.push(this.instants);
    this.instants++;
    this.cells.look(tables);
    const gap = nowUs - this.lastInstantUs;
    columns.gapLow.putByte(gap % GAP_UNIT);
    columns.gapHigh.put(Math.floor(gap / GAP_UNIT));
    this.lastInstantUs = nowUs;
    columns.events.put(events);
  }

  /** A request that ends at the instant to come, or that the run left unfinished; `start` = the instant of its start. */
  request(seen: SeenRequest, start: number): void {
    this.requests.push({ seen, start, end: this.instants });
  }

  decision(rank: number, decision: Decision): void {
    const { columns, texts, chosen } = this;
    columns.decisionRank.putSigned(rank - this.lastRank);
    this.lastRank = rank;
    this.decided.push({ rank, instant: this.instants });
    const winners = chosen.get(rank);
    if (winners === undefined) chosen.set(rank, [decision.winner]);
    else winners.push(decision.winner);
    columns.decisionOrdinal.put(decision.ordinal);
    columns.rule.put(texts.indexOf(decision.rule));
    columns.winner.put(decision.winner + 1);
    this.shape(decision);
    for (const { member, scores } of decision.candidates)
      for (const { name, before, after } of scores) {
        const key = `${member} ${name}`;
        this.before.put(before, this.lastScore.get(key) ?? 0);
        this.after.put(after, before);
        this.lastScore.set(key, after);
      }
  }

  /** Ends the film: call once, before `header` and `parts`. */
  end(): void {
    const { columns } = this;
    writeRequests(this.requests, this.chosen, this.starts, columns, this.texts);
    const startOf = new Map(this.requests.map(({ seen, start }) => [seen.rank, start]));
    for (const { rank, instant } of this.decided) columns.decisionInstant.putSigned(instant - (startOf.get(rank) ?? 0));
  }

  header(complete: boolean, classes: readonly string[]): FilmHeader {
    return {
      version: FILM_VERSION,
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

  /** All of a decision that recurs: the same candidates are excluded for the same reasons again and again. */
  private shape({ group, method, sticky, tier, candidates }: Decision): void {
    const { columns, texts } = this;
    const recurring = candidates.map(({ member, excluded, scores }) => [
      member,
      excluded,
      scores.map(({ name }) => name),
    ]);
    if (!this.shapes.put(JSON.stringify([group, method, sticky, tier, recurring]))) return;
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
  }

  private candidate({ excluded, scores }: Candidate): void {
    const { columns, texts } = this;
    columns.excluded.put(excluded === null ? 0 : texts.indexOf(excluded) + 1);
    columns.scores.put(scores.length);
    for (const { name } of scores) columns.score.put(texts.indexOf(name));
  }
}
