import type { Cast, Player } from "./cast.ts";

/** What is looked at of the film that foresees. */
interface Told {
  readonly story: {
    readonly cast: Cast;
    readonly starts: readonly number[];
    readonly ends: readonly number[];
    readonly instants: { readonly timeUs: ArrayLike<number> };
  };
}

/** What became of a request in the film that foresees. */
interface Course {
  /** From the end of the client's request before, or from the start of the run when it had none. */
  readonly thinkUs: number;
  readonly isFirst: boolean;
  /** Null when the run ended before it. */
  readonly responseUs: number | null;
}

/**
 * What the film of one variant tells of the times of another: with common random numbers a client thinks as long after
 * the end of its last request, and a request that met no other takes as long. Where that comes true, a time needs no digits.
 */
export class Foresight {
  private readonly courses = new Map<number, Course>();
  private readonly names = new Names();
  /** Of the film that is told: the course of each request by entry, its start, and when its client's last request ended. */
  private readonly followed: (Course | undefined)[] = [];
  private readonly startUs: number[] = [];
  private readonly lastEndUs = new Map<number, number>();

  constructor({ story: { cast, starts, ends, instants } }: Told) {
    const { timeUs } = instants;
    const names = new Names();
    const lastEndUs = new Map<number, number>();
    forEachInstant(starts, ends, (instant, started, ended) => {
      const nowUs = timeUs[instant] as number;
      for (const entry of started) {
        const player = cast.players[entry] as Player;
        const before = lastEndUs.get(player.client);
        const end = ends[entry] as number;
        this.courses.set(names.of(player), {
          thinkUs: nowUs - (before ?? 0),
          isFirst: before === undefined,
          responseUs: end < 0 ? null : (timeUs[end] as number) - nowUs,
        });
      }
      for (const entry of ended) lastEndUs.set((cast.players[entry] as Player).client, nowUs);
    });
  }

  /**
   * When what started and ended together is expected, by the first of it; null when nothing is known of that.
   *
   * @param started entries, ascending; so is `ended`
   */
  expected(players: readonly Player[], started: readonly number[], ended: readonly number[]): number | null {
    const first = started[0];
    for (const entry of started) this.followed[entry] = this.courses.get(this.names.of(players[entry] as Player));
    if (first !== undefined) {
      const course = this.followed[first];
      const before = this.lastEndUs.get((players[first] as Player).client);
      if (course === undefined || course.isFirst !== (before === undefined)) return null;
      return (before ?? 0) + course.thinkUs;
    }
    const over = ended[0];
    const responseUs = over === undefined ? null : (this.followed[over]?.responseUs ?? null);
    return over === undefined || responseUs === null ? null : (this.startUs[over] as number) + responseUs;
  }

  /** To be told of every instant, after `expected`. */
  happened(players: readonly Player[], started: readonly number[], ended: readonly number[], nowUs: number): void {
    for (const entry of started) this.startUs[entry] = nowUs;
    for (const entry of ended) this.lastEndUs.set((players[entry] as Player).client, nowUs);
  }
}

/** Clients have fewer sessions and sessions fewer requests; more would spoil expectations, nothing else. */
const SESSIONS = 1_048_576;
const ORDINALS = 4_096;

/** Numbers requests alike in every film: by client, session and ordinal, and the how manieth of these it is. */
class Names {
  private readonly times = new Map<number, number>();

  of({ client, session, ordinal }: Player): number {
    const name = (client * SESSIONS + session) * ORDINALS + ordinal;
    const times = this.times.get(name) ?? 0;
    this.times.set(name, times + 1);
    return times === 0 ? name : -(name + times);
  }
}

/** Calls `look` for every instant at which requests start or end, with their entries, ascending. */
export function forEachInstant(
  starts: readonly number[],
  ends: readonly number[],
  look: (instant: number, started: readonly number[], ended: readonly number[]) => void,
): void {
  const byEnd = Int32Array.from(ends.keys()).sort((a, b) => (ends[a] as number) - (ends[b] as number) || a - b);
  let start = 0;
  // Requests that the run did not see the end of come first.
  let end = byEnd.findIndex((entry) => (ends[entry] as number) >= 0);
  if (end < 0) end = byEnd.length;
  const endOf = (place: number): number => ends[byEnd[place] as number] as number;
  while (start < starts.length || end < byEnd.length) {
    const instant = Math.min(starts[start] ?? Infinity, end < byEnd.length ? endOf(end) : Infinity);
    const [started, ended]: [number[], number[]] = [[], []];
    while (starts[start] === instant) started.push(start++);
    while (end < byEnd.length && endOf(end) === instant) ended.push(byEnd[end++] as number);
    look(instant, started, ended);
  }
}
