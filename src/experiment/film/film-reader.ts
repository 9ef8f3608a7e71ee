import type { Decision } from "../../contract/decision.ts";
import { OUTCOME_NAMES } from "../../model/world-listener.ts";
import type { ExplainedIdentity, ExplainedRequest } from "../explain.ts";
import { ByteReader } from "./byte-columns.ts";
import { readCell } from "./cell-text.ts";
import { FILM_COLUMNS, type FilmColumn, type FilmHeader } from "./film-columns.ts";
import { readDecisions } from "./film-decisions.ts";

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

  /** @param bytes what `packFilm` packed, after gunzip */
  constructor(bytes: Uint8Array, variant: string) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const headLength = view.getUint32(0);
    this.header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))) as FilmHeader;
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
    this.readRequests(columns);
    this.ranks = [...this.requests.keys()].sort((a, b) => a - b);
    this.decisions = readDecisions(columns, this.header.texts, this.instants);
    this.cells = this.readCells(parts.slice(FILM_COLUMNS.length));
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

  private readRequests(columns: Readonly<Record<FilmColumn, ByteReader>>): void {
    const { texts, classes } = this.header;
    const { timeUs, rank: rankAt } = this.instants;
    let [rank, client, end] = [0, 0, 0];
    while (!columns.rank.isAtEnd) {
      rank += columns.rank.getSigned();
      client += columns.client.getSigned();
      end += columns.end.get();
      const start = end - columns.span.get();
      const identity = {
        client,
        session: columns.session.get(),
        ordinal: columns.ordinal.get(),
        tryNumber: columns.try.get(),
      };
      const outcome = columns.outcome.get();
      const attempts = [];
      const className = classes[columns.class.get()] ?? "";
      for (let left = columns.attempts.get(); left > 0; left--)
        attempts.push({
          member: columns.attemptMember.get() - 1,
          result: texts[columns.attemptResult.get()] || "not ended",
        });
      this.requests.set(rank, {
        request: rank,
        identity,
        class: className,
        startUs: timeUs[start] as number,
        endUs: outcome === 0 ? null : (timeUs[end] as number),
        status: columns.status.get(),
        outcome: outcome === 0 ? null : (OUTCOME_NAMES[outcome - 1] ?? null),
        session:
          (["no state asked for", "state found", "state missing"] as const)[columns.found.get()] ?? "state found",
        loss: texts[columns.loss.get()] || null,
        attempts,
      });
      this.byIdentity.set(identityKey(identity), rank);
      rankAt[start] = rank;
      if (outcome !== 0) rankAt[end] = rank;
    }
  }

  private readCells(parts: readonly ByteReader[]): readonly Cell[] {
    const cells: Cell[] = [];
    for (let i = 0; i < parts.length; i += 2) {
      const [when, what] = [parts[i] as ByteReader, parts[i + 1] as ByteReader];
      const instants: number[] = [];
      const texts: string[] = [];
      let instant = 0;
      let text = "";
      while (!when.isAtEnd) {
        instant += when.get();
        text = readCell(what, this.header.texts, text);
        instants.push(instant);
        texts.push(text);
      }
      cells.push({ instants, texts });
    }
    return cells;
  }
}

function readInstants(columns: Readonly<Record<FilmColumn, ByteReader>>): Instants {
  const [times, events]: [number[], number[]] = [[], []];
  let nowUs = 0;
  while (!columns.gap.isAtEnd) {
    nowUs += columns.gap.getSigned();
    times.push(nowUs);
    events.push(columns.events.get());
  }
  return {
    timeUs: Float64Array.from(times),
    events: Uint16Array.from(events),
    rank: new Int32Array(times.length).fill(-1),
  };
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
