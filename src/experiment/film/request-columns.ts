import { OUTCOME_NAMES } from "../../model/world-listener.ts";
import type { ExplainedRequest } from "../explain.ts";
import type { SeenRequest } from "../replication/seen-request.ts";
import type { ByteReader, ByteWriter } from "./byte-columns.ts";
import { BY_NUMBER, type Cast, type Player } from "./cast.ts";
import { type FilmColumn, LOW_BYTE } from "./film-columns.ts";
import { KnownReader, KnownWriter } from "./known-lists.ts";
import type { TextTable, TextWriter } from "./text-table.ts";

/** How it went, told alike of many requests; members as differences to those that the proxy chose. */
export interface Tale {
  readonly tryNumber: number;
  readonly className: string;
  readonly status: number;
  readonly outcome: string | null;
  readonly session: ExplainedRequest["session"];
  readonly loss: string | null;
  readonly attempts: readonly { readonly member: number; readonly result: string }[];
}

/** First requests of a session go alike, and those with as many decisions. */
function taleContext(ordinal: number, decisions: number): number {
  return Math.min(ordinal, 1) + 2 * decisions;
}

/** Writes what becomes of requests. */
export class RequestWriter {
  private readonly cast: Cast;
  private readonly columns: Readonly<Record<FilmColumn, ByteWriter>>;
  private readonly texts: TextWriter;
  /** In the order in which they started, which is that of their ranks. */
  private readonly requests: { readonly seen: SeenRequest; readonly player: Player }[] = [];
  private readonly playerOf = new Map<number, Player>();
  private lastRank = -1;

  constructor(cast: Cast, columns: Readonly<Record<FilmColumn, ByteWriter>>, texts: TextWriter) {
    this.cast = cast;
    this.columns = columns;
    this.texts = texts;
  }

  start(seen: SeenRequest): void {
    const { cast, columns } = this;
    const { client, session, ordinal } = seen.identity;
    columns.rank.put(seen.rank - this.lastRank - 1);
    this.lastRank = seen.rank;
    const code = cast.clientCode(client);
    columns.clientLow.putByte(code % LOW_BYTE);
    columns.clientHigh.put(Math.floor(code / LOW_BYTE));
    if (code === BY_NUMBER) columns.clientNumber.put(client);
    columns.session.put(session);
    columns.ordinal.putSigned(ordinal - cast.nextOrdinal(client, session));
    const player = cast.start(seen.rank, client, session, ordinal);
    this.requests.push({ seen, player });
    this.playerOf.set(seen.rank, player);
  }

  player(rank: number): Player {
    const player = this.playerOf.get(rank);
    if (player === undefined) throw new RangeError(`request ${rank} did not start in this film`);
    return player;
  }

  end(seen: SeenRequest): Player {
    const code = this.cast.endCode(this.player(seen.rank));
    this.columns.end.put(code);
    return this.cast.ended(code);
  }

  /** Tells of all requests, when everything about them is known. Call once, after the last instant. */
  tell(): void {
    const { columns, texts } = this;
    const tales = new KnownWriter(columns.tale);
    for (const { seen, player } of this.requests) {
      const tale = [
        seen.identity.tryNumber,
        seen.classIndex,
        seen.status,
        seen.outcome === null ? 0 : seen.outcome + 1,
        seen.found === null ? 0 : seen.found ? 1 : 2,
        texts.indexOf(seen.loss ?? ""),
        seen.attempts.length,
      ];
      const attempts = seen.attempts.map(({ member, result }, a) => ({
        member: member - (player.winners[a] ?? -1),
        result: texts.indexOf(result ?? ""),
      }));
      const key = [...tale, ...attempts.flatMap(({ member, result }) => [member, result])].join(" ");
      const context = taleContext(seen.identity.ordinal, player.winners.length);
      if (!tales.put(key, context).isNew) continue;
      for (const [i, name] of TALE_COLUMNS.entries()) columns[name].put(tale[i] as number);
      for (const { member, result } of attempts) {
        columns.attemptMember.putSigned(member);
        columns.attemptResult.put(result);
      }
    }
  }
}

const TALE_COLUMNS = ["try", "class", "status", "outcome", "found", "loss", "attempts"] as const;
const STATES = ["no state asked for", "state found", "state missing"] as const;

/** Reads what was written of a request when it started; `lastRank` is that of the one before, −1 for the first. */
export function readStart(cast: Cast, columns: Readonly<Record<FilmColumn, ByteReader>>, lastRank: number): Player {
  const rank = lastRank + columns.rank.get() + 1;
  const code = columns.clientLow.getByte() + LOW_BYTE * columns.clientHigh.get();
  const client = cast.clientOf(code) ?? columns.clientNumber.get();
  const session = columns.session.get();
  const ordinal = cast.nextOrdinal(client, session) + columns.ordinal.getSigned();
  return cast.start(rank, client, session, ordinal);
}

/** Reads what `RequestWriter.tell` wrote: how it went for each request. */
export function readTales(
  columns: Readonly<Record<FilmColumn, ByteReader>>,
  players: readonly Player[],
  texts: TextTable,
  classes: readonly string[],
): readonly Tale[] {
  const tales = new KnownReader(columns.tale, () => readTale(columns, texts, classes));
  return players.map(({ ordinal, winners }) => tales.get(taleContext(ordinal, winners.length)));
}

/** A request with how it went for it. */
export function toldRequest(
  { rank, client, session, ordinal, winners }: Player,
  { tryNumber, className, attempts, ...tale }: Tale,
): Omit<ExplainedRequest, "variant" | "decisions" | "startUs" | "endUs"> {
  return {
    ...tale,
    request: rank,
    identity: { client, session, ordinal, tryNumber },
    class: className,
    attempts: attempts.map(({ member, result }, a) => ({ member: member + (winners[a] ?? -1), result })),
  };
}

function readTale(
  columns: Readonly<Record<FilmColumn, ByteReader>>,
  texts: TextTable,
  classes: readonly string[],
): Tale {
  const [tryNumber = 0, classIndex = 0, status = 0, outcome = 0, found = 0, loss = 0, count = 0] = TALE_COLUMNS.map(
    (name) => columns[name].get(),
  );
  return {
    tryNumber,
    className: classes[classIndex] ?? "",
    status,
    outcome: outcome === 0 ? null : (OUTCOME_NAMES[outcome - 1] ?? null),
    session: STATES[found] ?? "state found",
    loss: texts[loss] || null,
    attempts: Array.from({ length: count }, () => ({
      member: columns.attemptMember.getSigned(),
      result: texts[columns.attemptResult.get()] || "not ended",
    })),
  };
}
