import type { Decision } from "../../contract/decision.ts";
import { LOSS_CAUSE_NAMES, type RequestIdentity } from "../../model/world-listener.ts";

export interface SeenRequest {
  readonly rank: number;
  readonly identity: {
    readonly client: number;
    readonly session: number;
    readonly ordinal: number;
    readonly tryNumber: number;
  };
  readonly classIndex: number;
  readonly startUs: number;
  readonly sessionSlot: number;
  endUs: number | null;
  status: number;
  outcome: number | null;
  found: boolean | null;
  loss: string | null;
  readonly decisions: Decision[];
  readonly attempts: { readonly attempt: number; readonly member: number; result: string | null }[];
}

/** Follows one request of a run through driver, world and machine; told by the recorder beside its counting. */
export class RequestWatch {
  seen: SeenRequest | null = null;
  /** The proxy and the client are both done with it. */
  isOver = false;
  private readonly isIt: (identity: SeenRequest["identity"], rank: number) => boolean;
  private slot = -1;
  private rank = 0;

  constructor(isIt: (identity: SeenRequest["identity"], rank: number) => boolean) {
    this.isIt = isIt;
  }

  requestStarted(nowUs: number, request: number, identity: RequestIdentity, sessionSlot: number): void {
    const rank = this.rank++;
    const { client, session, ordinal, tryNumber, classIndex } = identity;
    const own = { client, session, ordinal, tryNumber };
    if (this.seen !== null || !this.isIt(own, rank)) return;
    this.slot = request;
    this.seen = {
      rank,
      identity: own,
      classIndex,
      startUs: nowUs,
      sessionSlot,
      endUs: null,
      status: 0,
      outcome: null,
      found: null,
      loss: null,
      decisions: [],
      attempts: [],
    };
  }

  decided(decision: Decision): void {
    if (this.isWatched(decision.request)) this.seen?.decisions.push(decision);
  }

  attemptStarted(request: number, attempt: number, member: number): void {
    if (this.isWatched(request)) this.seen?.attempts.push({ attempt, member, result: null });
  }

  attemptEnded(request: number, attempt: number, status: number, failure: number): void {
    if (!this.isWatched(request)) return;
    const ended = this.seen?.attempts.find((each) => each.attempt === attempt && each.result === null);
    if (ended !== undefined) ended.result = inWords(status, failure);
  }

  sessionChecked(request: number, found: boolean): void {
    if (this.isWatched(request) && this.seen !== null) this.seen.found = found;
  }

  sessionLost(nowUs: number, sessionSlot: number, cause: number): void {
    if (this.seen !== null && !this.isOver && this.seen.sessionSlot === sessionSlot && nowUs >= this.seen.startUs)
      this.seen.loss = LOSS_CAUSE_NAMES[cause] ?? null;
  }

  requestFinished(nowUs: number, request: number, outcome: number, status: number): void {
    if (!this.isWatched(request) || this.seen === null) return;
    this.seen.endUs = nowUs;
    this.seen.status = status;
    this.seen.outcome = outcome;
    this.isOver = true;
  }

  private isWatched(request: number): boolean {
    return request === this.slot && !this.isOver;
  }
}

const CONNECT_FAILURES = ["", "connection refused", "connect timed out", "name has no address", "connection reset"];
const BREAKS = ["", "connection closed", "connection reset", "no answer in time", "stale connection"];

function inWords(status: number, failure: number): string {
  if (failure === 0) return `${status}`;
  return failure >= 100 ? (BREAKS[failure - 100] ?? "broken") : (CONNECT_FAILURES[failure] ?? "failed");
}
