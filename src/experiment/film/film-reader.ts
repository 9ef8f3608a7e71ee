import type { Decision } from "../../contract/decision.ts";
import type { ExplainedIdentity, ExplainedRequest } from "../explain.ts";
import { ByteReader } from "./byte-columns.ts";
import { readCell } from "./cell-text.ts";
import { FILM_COLUMNS, FILM_VERSION, type FilmColumn, FilmEvent, type FilmHeader, GAP_UNIT } from "./film-columns.ts";
import { readDecisions } from "./film-decisions.ts";
import { KnownReader } from "./known-lists.ts";
import { readRequests, readStarts } from "./request-columns.ts";
import type { TextTable } from "./text-table.ts";

/** One retained moment of a run. */
export interface Instants {
  readonly timeUs: Float64Array;
  /** Bits of FilmEvent. */
  readonly events: Uint16Array;
  /** Rank of a request that it was about, or -1. */
  readonly rank: Int32Array;
}

interface Cell {
  readonly instants: readonly number[];
  readonly texts: readonly string[];
}

/** A table of the status page as it looked at an instant; columns in the page's order. */
export interface FilmTable {
  readonly title: string;
  readonly rows: readonly (readonly { readonly column: string; readonly text: string }[])[];
}

type FilmRequest = Omit<ExplainedRequest, "variant" | "decisions">;

/** A film unpacked: what the status page showed at every instant, and why every retained request went where it went. */
export class Film {
  /** All requests of the run are in it; else a chosen part. */
  readonly complete: boolean;
  readonly instants: Instants;
  /** Ranks of the retained requests, ascending. */
  readonly ranks: readonly number[];
  private readonly variant: string;
  private readonly header: FilmHeader;
  private readonly cells: readonly Cell[];
  private readonly requests = new Map<number, FilmRequest>();
  private readonly byIdentity = new Map<string, number>();
  private readonly decisions: ReadonlyMap<number, readonly Decision[]>;

  /**
   * @param bytes what `packFilm` packed, after gunzip
   * @throws RangeError when the film is cut off or of another version.
   */
  constructor(bytes: Uint8Array, variant: string) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const headLength = view.getUint32(0);
    this.header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))) as FilmHeader;
    if (this.header.version !== FILM_VERSION)
      throw new RangeError(`it is of version ${this.header.version}; this lbsim reads version ${FILM_VERSION}`);
    this.variant = variant;
    this.complete = this.header.complete;
    let at = 4 + headLength;
    const parts = this.header.lengths.map((length) => {
      at += length;
      return new ByteReader(bytes.subarray(at - length, at));
    });
    const columns = Object.fromEntries(FILM_COLUMNS.map((name, i) => [name, parts[i]])) as Record<
      FilmColumn,
      ByteReader
    >;
    this.instants = readInstants(columns);
    this.cells = readCells(columns, parts.slice(FILM_COLUMNS.length), this.header.texts, this.instants.timeUs.length);
    const startOf = readStarts(columns, startInstants(this.instants));
    this.decisions = readDecisions(columns, startOf, this.header.texts, this.instants);
    this.readRequests(columns, startOf);
    this.ranks = [...this.requests.keys()];
  }

  /** The status page as it was after the events of an instant. */
  tablesAt(instant: number): readonly FilmTable[] {
    let at = 0;
    return this.header.tables.map(({ title, rows }) => ({
      title,
      rows: rows.map((columns) =>
        columns.map((column) => ({ column, text: textAt(this.cells[at++] as Cell, instant) })),
      ),
    }));
  }

  /** The last instant at or before a time, or the first one. */
  instantAt(timeUs: number): number {
    const { timeUs: times } = this.instants;
    return Math.max(0, upperBound(times, timeUs) - 1);
  }

  /** Null when the request is not retained. */
  request(rank: number): ExplainedRequest | null {
    const request = this.requests.get(rank);
    return request === undefined
      ? null
      : { ...request, variant: this.variant, decisions: this.decisions.get(rank) ?? [] };
  }

  /** The same request in this film; null when it was not made, or is not retained. */
  find(identity: ExplainedIdentity): ExplainedRequest | null {
    const rank = this.byIdentity.get(identityKey(identity));
    return rank === undefined ? null : this.request(rank);
  }

  private readRequests(columns: Readonly<Record<FilmColumn, ByteReader>>, startOf: ReadonlyMap<number, number>): void {
    const { texts, classes } = this.header;
    const { timeUs, rank: rankAt } = this.instants;
    const chosen = new Map([...this.decisions].map(([rank, list]) => [rank, list.map(({ winner }) => winner)]));
    for (const { request, start, end } of readRequests(columns, startOf, chosen, texts, classes)) {
      const { request: rank, identity } = request;
      const endUs = end === null ? null : (timeUs[end] as number);
      this.requests.set(rank, { ...request, startUs: timeUs[start] as number, endUs });
      this.byIdentity.set(identityKey(identity), rank);
      rankAt[start] = rank;
      if (end !== null) rankAt[end] = rank;
    }
  }
}

function readCells(
  columns: Readonly<Record<FilmColumn, ByteReader>>,
  values: readonly ByteReader[],
  texts: TextTable,
  count: number,
): readonly Cell[] {
  const cells = values.map(() => ({ instants: [] as number[], texts: [] as string[] }));
  const sets = new KnownReader(columns.cellSet, () => {
    let last = 0;
    return Array.from({ length: columns.cellCount.get() }, () => {
      last += columns.cell.get();
      return last;
    });
  });
  for (let instant = 0; instant < count; instant++)
    for (const at of sets.get()) {
      const [cell, from] = [cells[at], values[at]];
      if (cell === undefined || from === undefined) throw new RangeError(`a film has no cell ${at}`);
      cell.texts.push(readCell(from, texts, cell.texts[cell.texts.length - 1] ?? ""));
      cell.instants.push(instant);
    }
  return cells;
}

function readInstants(columns: Readonly<Record<FilmColumn, ByteReader>>): Instants {
  const [times, events]: [number[], number[]] = [[], []];
  let nowUs = 0;
  while (!columns.gapLow.isAtEnd) {
    nowUs += columns.gapLow.getByte() + GAP_UNIT * columns.gapHigh.get();
    times.push(nowUs);
    events.push(columns.events.get());
  }
  return {
    timeUs: Float64Array.from(times),
    events: Uint16Array.from(events),
    rank: new Int32Array(times.length).fill(-1),
  };
}

function startInstants({ events }: Instants): readonly number[] {
  const starts: number[] = [];
  for (const [instant, bits] of events.entries()) if ((bits & FilmEvent.REQUEST_STARTED) !== 0) starts.push(instant);
  return starts;
}

function textAt({ instants, texts }: Cell, instant: number): string {
  return texts[upperBound(instants, instant) - 1] ?? "";
}

/** Number of elements that are not above the value. */
function upperBound(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function identityKey({ client, session, ordinal, tryNumber }: ExplainedIdentity): string {
  return `${client}/${session}/${ordinal}/${tryNumber}`;
}
