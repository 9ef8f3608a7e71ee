import { OUTCOME_NAMES } from "../../model/world-listener.ts";
import type { ExplainedRequest } from "../explain.ts";
import type { SeenRequest } from "../replication/seen-request.ts";
import type { ByteReader, ByteWriter } from "./byte-columns.ts";
import type { FilmColumn } from "./film-columns.ts";
import type { TextTable, TextWriter } from "./text-table.ts";

/** A request with the instants of its start and its end. */
export interface FilmedRequest {
  readonly seen: SeenRequest;
  readonly start: number;
  readonly end: number;
}

/** What a film tells of a request, and the instants at which it started and ended. */
export interface ToldRequest {
  readonly request: Omit<ExplainedRequest, "variant" | "decisions" | "startUs" | "endUs">;
  readonly start: number;
  /** Null when the run ended before it. */
  readonly end: number | null;
}

/** Guesses that writer and reader make alike: a session goes on with its next request, a new client is the next one. */
class Guesses {
  private readonly ordinals = new Map<string, number>();
  newClient = 0;

  ordinal(client: number, session: number): number {
    return (this.ordinals.get(`${client}/${session}`) ?? -1) + 1;
  }

  met(client: number, session: number, ordinal: number): void {
    this.ordinals.set(`${client}/${session}`, ordinal);
    this.newClient = Math.max(this.newClient, client + 1);
  }
}

/**
 * @param chosen members that the proxy's decisions chose, by rank
 * @param starts instants at which requests started, ascending
 */
export function writeRequests(
  requests: readonly FilmedRequest[],
  chosen: ReadonlyMap<number, readonly number[]>,
  starts: readonly number[],
  columns: Readonly<Record<FilmColumn, ByteWriter>>,
  texts: TextWriter,
): void {
  const guesses = new Guesses();
  const startNumber = new Map(starts.map((instant, number) => [instant, number]));
  let [lastRank, lastStart] = [-1, -1];
  for (const { seen, start, end } of [...requests].sort((a, b) => a.seen.rank - b.seen.rank)) {
    const { client, session, ordinal, tryNumber } = seen.identity;
    columns.rank.put(seen.rank - lastRank - 1);
    lastRank = seen.rank;
    // As a rule the next instant at which a request starts: 0.
    const number = startNumber.get(start) ?? 0;
    columns.start.putSigned(number - lastStart - 1);
    lastStart = number;
    columns.client.putSigned(guesses.newClient - client);
    columns.session.put(session);
    columns.ordinal.putSigned(ordinal - guesses.ordinal(client, session));
    guesses.met(client, session, ordinal);
    columns.try.put(tryNumber);
    columns.class.put(seen.classIndex);
    columns.span.put(end - start);
    columns.status.put(seen.status);
    columns.outcome.put(seen.outcome === null ? 0 : seen.outcome + 1);
    columns.found.put(seen.found === null ? 0 : seen.found ? 1 : 2);
    columns.loss.put(texts.indexOf(seen.loss ?? ""));
    columns.attempts.put(seen.attempts.length);
    const members = chosen.get(seen.rank) ?? [];
    for (const [a, { member, result }] of seen.attempts.entries()) {
      columns.attemptMember.putSigned(member - (members[a] ?? -1));
      columns.attemptResult.put(texts.indexOf(result ?? ""));
    }
  }
}

const STATES = ["no state asked for", "state found", "state missing"] as const;

/** The instants at which the requests of a film started, by rank; the first two of the columns that `writeRequests` wrote. */
export function readStarts(
  columns: Readonly<Record<FilmColumn, ByteReader>>,
  starts: readonly number[],
): ReadonlyMap<number, number> {
  const byRank = new Map<number, number>();
  let [rank, number] = [-1, -1];
  while (!columns.rank.isAtEnd) {
    rank += columns.rank.get() + 1;
    number += columns.start.getSigned() + 1;
    byRank.set(rank, starts[number] ?? 0);
  }
  return byRank;
}

/** Reads the other columns that `writeRequests` wrote. */
export function readRequests(
  columns: Readonly<Record<FilmColumn, ByteReader>>,
  startOf: ReadonlyMap<number, number>,
  chosen: ReadonlyMap<number, readonly number[]>,
  texts: TextTable,
  classes: readonly string[],
): readonly ToldRequest[] {
  const told: ToldRequest[] = [];
  const guesses = new Guesses();
  for (const [rank, start] of startOf) {
    const client = guesses.newClient - columns.client.getSigned();
    const session = columns.session.get();
    const ordinal = guesses.ordinal(client, session) + columns.ordinal.getSigned();
    guesses.met(client, session, ordinal);
    const identity = { client, session, ordinal, tryNumber: columns.try.get() };
    const className = classes[columns.class.get()] ?? "";
    const end = start + columns.span.get();
    const status = columns.status.get();
    const outcome = columns.outcome.get();
    const state = STATES[columns.found.get()] ?? "state found";
    const loss = texts[columns.loss.get()] || null;
    const members = chosen.get(rank) ?? [];
    const attempts = Array.from({ length: columns.attempts.get() }, (_, a) => ({
      member: (members[a] ?? -1) + columns.attemptMember.getSigned(),
      result: texts[columns.attemptResult.get()] || "not ended",
    }));
    const name = outcome === 0 ? null : (OUTCOME_NAMES[outcome - 1] ?? null);
    const request = {
      request: rank,
      identity,
      class: className,
      status,
      outcome: name,
      session: state,
      loss,
      attempts,
    };
    told.push({ request, start, end: outcome === 0 ? null : end });
  }
  return told;
}
