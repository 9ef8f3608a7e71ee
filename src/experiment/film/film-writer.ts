import type { Decision } from "../../contract/decision.ts";
import type { StatusTable } from "../../contract/proxy-machine.ts";
import type { SeenRequest } from "../replication/seen-request.ts";
import { ByteWriter } from "./byte-columns.ts";
import { Cast } from "./cast.ts";
import { DecisionWriter } from "./decision-writer.ts";
import { FILM_COLUMNS, FILM_VERSION, type FilmColumn, FilmEvent, type FilmHeader, LOW_BYTE } from "./film-columns.ts";
import { instantContext } from "./instant-context.ts";
import { RequestWriter } from "./request-columns.ts";
import { StatusCells } from "./status-cells.ts";
import { TextWriter } from "./text-table.ts";

/** Writes what a film shows, column by column, each number as the difference to what one would expect. */
export class FilmWriter {
  private readonly texts = new TextWriter();
  private readonly columns: Readonly<Record<FilmColumn, ByteWriter>>;
  private readonly cells: StatusCells;
  private readonly cast = new Cast();
  private readonly requests: RequestWriter;
  private readonly decisions: DecisionWriter;
  /** What happened since the last instant. */
  private started: SeenRequest[] = [];
  private decided: { readonly rank: number; readonly decision: Decision }[] = [];
  private ended: SeenRequest[] = [];
  private lastInstantUs = 0;
  /** How many decisions were made when these events came the last time. */
  private readonly decisionsAt = new Map<number, number>();

  constructor() {
    this.columns = Object.fromEntries(FILM_COLUMNS.map((name) => [name, new ByteWriter()])) as Record<
      FilmColumn,
      ByteWriter
    >;
    this.cells = new StatusCells(this.texts, this.columns);
    this.requests = new RequestWriter(this.cast, this.columns, this.texts);
    this.decisions = new DecisionWriter(this.cast, this.columns, this.texts);
  }

  start(seen: SeenRequest): void {
    this.started.push(seen);
  }

  decision(rank: number, decision: Decision): void {
    this.decided.push({ rank, decision });
  }

  end(seen: SeenRequest): void {
    this.ended.push(seen);
  }

  /** The status page after everything of an event: starts first, then decisions, then ends. */
  instant(nowUs: number, events: number, tables: readonly StatusTable[]): void {
    const { columns, started, decided, ended } = this;
    const gap = nowUs - this.lastInstantUs;
    this.lastInstantUs = nowUs;
    columns.gapLow.putByte(gap % LOW_BYTE);
    columns.gapHigh.put(Math.floor(gap / LOW_BYTE));
    columns.events.put(events);
    if ((events & FilmEvent.REQUEST_STARTED) !== 0) columns.starts.put(started.length - 1);
    for (const seen of started) this.requests.start(seen);
    if ((events & FilmEvent.ATTEMPT) !== 0) {
      columns.decisions.putSigned(decided.length - (this.decisionsAt.get(events) ?? 0));
      this.decisionsAt.set(events, decided.length);
    }
    for (const { rank, decision } of decided) this.decisions.write(this.requests.player(rank), decision);
    if ((events & (FilmEvent.REQUEST_ENDED | FilmEvent.FAILED)) !== 0) columns.ends.put(ended.length - 1);
    const last = ended.map((seen) => this.requests.end(seen)).at(-1);
    this.cells.look(tables, instantContext(events, decided.at(-1)?.decision.winner, last));
    this.started = [];
    this.decided = [];
    this.ended = [];
  }

  /** Scores and cells written so far. */
  get numbers(): number {
    return this.cells.written + this.decisions.written;
  }

  /**
   * Bytes that a request would cost if others passed unseen before it: as measured, 0.6 for each cell that moves, at its
   * start and at its end, 1.2 for each score of its decision, and 10 for the rest.
   */
  thinnedBytes(): number {
    return 2 * 0.6 * this.cells.moving + 1.2 * this.decisions.scoresEach + 10;
  }

  /** Ends the film: call once, before `header` and `parts`. */
  close(): void {
    this.requests.tell();
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
}
