import type { ExplainedIdentity, ExplainedRequest } from "../explain.ts";
import { ByteReader } from "./byte-columns.ts";
import { Cast, type Player } from "./cast.ts";
import { type CellValue, growthOf, readCell } from "./cell-text.ts";
import { FILM_COLUMNS, type FilmColumn, FilmEvent, type FilmHeader, LOW_BYTE } from "./film-columns.ts";
import { DecisionReader } from "./film-decisions.ts";
import { Foresight } from "./foresight.ts";
import { instantContext } from "./instant-context.ts";
import { KnownReader } from "./known-lists.ts";
import { unpackFilm } from "./pack-film.ts";
import { readStart, readTales, type Tale, toldRequest } from "./request-columns.ts";
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
  readonly values: readonly CellValue[];
}

/** A table of the status page as it looked at an instant; columns in the page's order. */
export interface FilmTable {
  readonly title: string;
  readonly rows: readonly (readonly { readonly column: string; readonly text: string }[])[];
}

type Columns = Readonly<Record<FilmColumn, ByteReader>>;

export type FilmRequest = Omit<ExplainedRequest, "variant" | "decisions">;

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
  /** Who made requests, and at which instants they began and ended. */
  readonly story: Story;
  private readonly tales: readonly Tale[];

  /**
   * @param bytes what `packFilm` packed, after gunzip
   * @param reference the film from which `foretold` told its times
   * @throws RangeError when the film is cut off or of another version.
   */
  constructor(bytes: Uint8Array, variant: string, reference?: Film) {
    const { header, parts: stored } = unpackFilm(bytes);
    this.header = header;
    if (header.foreseen === true && reference === undefined) throw new RangeError("it tells its times by another film");
    this.variant = variant;
    this.complete = this.header.complete;
    const parts = stored.map((part) => new ByteReader(part));
    const columns = Object.fromEntries(FILM_COLUMNS.map((name, i) => [name, parts[i]])) as Record<
      FilmColumn,
      ByteReader
    >;
    const { texts, classes } = this.header;
    const foresight = header.foreseen === true && reference !== undefined ? new Foresight(reference) : null;
    this.story = readStory(columns, texts, foresight);
    this.instants = this.story.instants;
    const { cast, contexts } = this.story;
    this.tales = readTales(columns, cast.players, texts, classes);
    this.cells = readCells(columns, parts.slice(FILM_COLUMNS.length), texts, contexts);
    this.ranks = cast.players.map(({ rank }) => rank);
    this.nameInstants();
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
    const told = this.told(rank);
    if (told === null) return null;
    return { ...told, variant: this.variant, decisions: this.story.decisions.of(this.entryOf(rank)) };
  }

  /** A request without the decisions, which take time to tell; null when it is not retained. */
  told(rank: number): FilmRequest | null {
    const entry = this.entryOf(rank);
    const [player, tale] = [this.story.cast.players[entry], this.tales[entry]];
    if (player === undefined || tale === undefined) return null;
    const { timeUs } = this.instants;
    const end = this.story.ends[entry] as number;
    const startUs = timeUs[this.story.starts[entry] as number] as number;
    return { ...toldRequest(player, tale), startUs, endUs: end < 0 ? null : (timeUs[end] as number) };
  }

  /** The same request in this film; null when it was not made, or is not retained. */
  find({ client, session, ordinal, tryNumber }: ExplainedIdentity): ExplainedRequest | null {
    const same = this.story.cast.players.find(
      (player) =>
        player.client === client &&
        player.session === session &&
        player.ordinal === ordinal &&
        this.tales[player.entry]?.tryNumber === tryNumber,
    );
    return same === undefined ? null : this.request(same.rank);
  }

  /** The place of a request among those of the film; -1 when it is not retained. */
  private entryOf(rank: number): number {
    const entry = upperBound(this.ranks, rank) - 1;
    return this.ranks[entry] === rank ? entry : -1;
  }

  /** What starts or ends at an instant names it rather than what is decided there. */
  private nameInstants(): void {
    const { starts, ends } = this.story;
    for (const [entry, rank] of this.ranks.entries()) {
      this.instants.rank[starts[entry] as number] = rank;
      const end = ends[entry] as number;
      if (end >= 0) this.instants.rank[end] = rank;
    }
  }
}

/** What happened at every instant: which requests started, what was decided for which, and which ended. */
export interface Story {
  readonly instants: Instants;
  readonly cast: Cast;
  readonly decisions: DecisionReader;
  /** Instants of start and end by entry; -1 = the run ended before it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** By instant. */
  readonly contexts: Float64Array;
}

function readStory(columns: Columns, texts: TextTable, foresight: Foresight | null): Story {
  const cast = new Cast();
  const [timeUs, events, rank, contexts]: [number[], number[], number[], number[]] = [[], [], [], []];
  const decisions = new DecisionReader(cast, columns, texts, timeUs);
  const [starts, ends]: [number[], number[]] = [[], []];
  const decisionsAt = new Map<number, number>();
  let lastRank = -1;
  while (!columns.events.isAtEnd) {
    const instant = events.length;
    const bits = columns.events.get();
    events.push(bits);
    rank.push(-1);
    const started: number[] = [];
    if ((bits & FilmEvent.REQUEST_STARTED) !== 0)
      for (let left = columns.starts.get(); left >= 0; left--) {
        lastRank = readStart(cast, columns, lastRank).rank;
        started.push(starts.push(instant) - 1);
        ends.push(-1);
      }
    let winner: number | undefined;
    if ((bits & FilmEvent.ATTEMPT) !== 0) {
      const made = columns.decisions.getSigned() + (decisionsAt.get(bits) ?? 0);
      decisionsAt.set(bits, made);
      for (let left = made; left > 0; left--) {
        const player = decisions.read(instant);
        rank[instant] = player.rank;
        winner = player.winners.at(-1);
      }
    }
    const ended: Player[] = [];
    if ((bits & (FilmEvent.REQUEST_ENDED | FilmEvent.FAILED)) !== 0)
      for (let left = columns.ends.get(); left >= 0; left--) {
        const player = cast.ended(columns.end.get());
        ends[player.entry] = instant;
        ended.push(player);
      }
    const over = foresight === null ? [] : ended.map(({ entry }) => entry).sort((a, b) => a - b);
    const expectedUs = foresight?.expected(cast.players, started, over) ?? null;
    timeUs.push(readTime(columns, timeUs[instant - 1] ?? 0, expectedUs));
    foresight?.happened(cast.players, started, over, timeUs[instant] as number);
    contexts.push(instantContext(bits, winner, ended.at(-1)));
  }
  const instants = {
    timeUs: Float64Array.from(timeUs),
    events: Uint16Array.from(events),
    rank: Int32Array.from(rank),
  };
  return { instants, cast, decisions, starts, ends, contexts: Float64Array.from(contexts) };
}

/** The gap to the instant before; where another film foresees one, 0 says that it came true, and gaps are one higher. */
function readTime(columns: Columns, lastUs: number, expectedUs: number | null): number {
  let high = columns.gapHigh.get();
  if (expectedUs !== null && high-- === 0) return expectedUs;
  return lastUs + columns.gapLow.getByte() + LOW_BYTE * high;
}

function readCells(
  columns: Columns,
  values: readonly ByteReader[],
  texts: TextTable,
  contexts: Float64Array,
): readonly Cell[] {
  const cells = values.map(() => ({ instants: [] as number[], values: [] as CellValue[] }));
  const sets = new KnownReader(columns.cellSet, () => {
    let last = 0;
    const places = Array.from({ length: columns.cellCount.get() }, () => {
      last += columns.cell.get();
      return last;
    });
    return { places, growth: places.map(() => 0) };
  });
  for (const [instant, context] of contexts.entries()) {
    const { places, growth } = sets.get(context);
    for (const [i, at] of places.entries()) {
      const [cell, from] = [cells[at], values[at]];
      if (cell === undefined || from === undefined) throw new RangeError(`a film has no cell ${at}`);
      const before = cell.values[cell.values.length - 1] ?? "";
      const expected = growth[i] as number;
      const value = readCell(from, texts, before, expected);
      growth[i] = growthOf(value, before, expected);
      cell.values.push(value);
      cell.instants.push(instant);
    }
  }
  return cells;
}

function textAt({ instants, values }: Cell, instant: number): string {
  return String(values[upperBound(instants, instant) - 1] ?? "");
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
