import type { Decision } from "../../contract/decision.ts";
import type { ProxyMachine } from "../../contract/proxy-machine.ts";
import { LOSS_CAUSE_NAMES, Outcome, type RequestIdentity } from "../../model/world-listener.ts";
import type { ReplicationWatch } from "../replication/replication-watch.ts";
import { beginAttempt, beginRequest, endAttempt, type SeenRequest } from "../replication/seen-request.ts";
import { FilmEvent } from "./film-columns.ts";
import { FilmSelection, identityHash } from "./film-selection.ts";
import { FilmWriter } from "./film-writer.ts";
import { packFilm } from "./pack-film.ts";

/** Even frames of a thinned-out film. */
const KEY_FRAMES = 300;

/**
 * Places of a thinned-out film, of those of a whole one: between two requests that it keeps others pass, so all numbers of
 * the page have changed, and by how much can't be expected. The more numbers move, the fewer places.
 */
const THINNED_SHARE = 0.3;
/** Bytes that a thinned-out film has for each place of a whole one. */
const THINNED_BYTES = 12;

/** Numbers for each place beyond which a film would be too heavy for a page: then it is thinned out as well. */
const MOST_NUMBERS = 150;
/** Films of few places may have as many all the same. */
const FEW_NUMBERS = 200_000;

export interface FilmOptions {
  /** Requests that a film holds at most. */
  readonly most: number;
  /** Ranks of the requests to keep; null = all, as long as there are no more than `most`. */
  readonly keep: ReadonlySet<number> | null;
  /** When arrivals end: the distance of the key frames. */
  readonly endUs: number;
}

/**
 * Films a replication: the status page after every event, and all that can be told of every request. When more requests
 * come than fit, the film of all is given up, and `chosen` says which to keep in a second run.
 */
export class FilmRecorder implements ReplicationWatch {
  private readonly selection: FilmSelection;
  private readonly options: FilmOptions;
  private writer: FilmWriter | null = new FilmWriter();
  /** By request slot. */
  private readonly running: (SeenRequest | undefined)[] = [];
  private readonly nearChange: boolean[] = [];
  /** What a request costs in a thinned-out film. */
  private bytesOfRequest = 1;
  private rank = 0;
  private events: number = FilmEvent.KEY;
  private nextKeyUs = 0;

  constructor(options: FilmOptions) {
    this.options = options;
    this.selection = new FilmSelection(Math.floor(options.most * THINNED_SHARE));
  }

  /** Ranks of the requests to keep in a second run, when this one was too long. */
  chosen(): ReadonlySet<number> {
    const places = (this.options.most * THINNED_BYTES) / this.bytesOfRequest;
    return this.selection.ranks(Math.min(Math.floor(this.options.most * THINNED_SHARE), Math.floor(places)));
  }

  /** More requests came than fit. */
  get isTooLong(): boolean {
    return this.writer === null;
  }

  requestStarted(nowUs: number, request: number, identity: RequestIdentity, sessionSlot: number): void {
    const rank = this.rank++;
    if (this.isOver(rank)) this.giveUp();
    if (this.options.keep?.has(rank) === false) {
      this.running[request] = undefined;
      return;
    }
    const seen = beginRequest(nowUs, rank, identity, sessionSlot);
    this.running[request] = seen;
    this.writer?.start(seen);
    this.nearChange[request] = this.selection.isNearChange(nowUs);
    this.mark(FilmEvent.REQUEST_STARTED);
  }

  decided(decision: Decision): void {
    const seen = this.running[decision.request];
    if (seen === undefined) return;
    this.writer?.decision(seen.rank, decision);
    this.mark(FilmEvent.ATTEMPT);
  }

  attemptStarted(request: number, attempt: number, member: number): void {
    const seen = this.running[request];
    if (seen === undefined) return;
    beginAttempt(seen, attempt, member);
    this.mark(FilmEvent.ATTEMPT);
  }

  attemptEnded(request: number, attempt: number, status: number, failure: number): void {
    const seen = this.running[request];
    if (seen === undefined) return;
    endAttempt(seen, attempt, status, failure);
    this.mark(FilmEvent.ATTEMPT);
  }

  sessionChecked(request: number, found: boolean): void {
    const seen = this.running[request];
    if (seen !== undefined) seen.found = found;
  }

  sessionLost(_nowUs: number, sessionSlot: number, cause: number): void {
    for (const seen of this.running) {
      if (seen === undefined || seen.sessionSlot !== sessionSlot) continue;
      seen.loss = LOSS_CAUSE_NAMES[cause] ?? null;
      this.mark(FilmEvent.SESSION_LOST);
    }
  }

  requestFinished(nowUs: number, request: number, outcome: number, status: number): void {
    const seen = this.running[request];
    if (seen === undefined) return;
    seen.endUs = nowUs;
    seen.status = status;
    seen.outcome = outcome;
    const good = outcome === Outcome.GOOD;
    this.writer?.end(seen);
    this.mark(good ? FilmEvent.REQUEST_ENDED : FilmEvent.REQUEST_ENDED | FilmEvent.FAILED);
    this.running[request] = undefined;
    if (this.options.keep !== null) return;
    const { client, session, ordinal, tryNumber } = seen.identity;
    const hash = identityHash(client, session, ordinal, tryNumber);
    this.selection.offer(seen.rank, hash, good, seen.loss, this.nearChange[request] === true);
  }

  faultChanged(nowUs: number): void {
    this.selection.changed(nowUs);
    this.mark(FilmEvent.FAULT);
  }

  memberChanged(nowUs: number): void {
    this.selection.changed(nowUs);
    this.mark(FilmEvent.STATE);
  }

  settled(nowUs: number, machine: ProxyMachine): void {
    if (this.options.keep !== null && nowUs >= this.nextKeyUs) {
      this.events |= FilmEvent.KEY;
      this.nextKeyUs += this.options.endUs / KEY_FRAMES;
    }
    if (this.events === 0) return;
    this.writer?.instant(nowUs, this.events, machine.snapshot(nowUs));
    this.events = 0;
  }

  /** The film as text; null when it was too long. Call once, after the last event. */
  finish(classes: readonly string[]): string | null {
    const { writer } = this;
    if (writer === null) return null;
    writer.close();
    return packFilm(writer.header(this.options.keep === null, classes), writer.parts());
  }

  private isOver(rank: number): boolean {
    const { most, keep } = this.options;
    if (keep !== null || this.writer === null) return false;
    return rank >= most || this.writer.numbers > Math.max(FEW_NUMBERS, MOST_NUMBERS * most);
  }

  private giveUp(): void {
    this.bytesOfRequest = this.writer?.thinnedBytes() ?? 1;
    this.writer = null;
  }

  private mark(event: number): void {
    this.events |= event;
  }
}
