import type { Decision } from "../../contract/decision.ts";
import { LOSS_CAUSE_NAMES, type RequestIdentity } from "../../model/world-listener.ts";
import type { ReplicationWatch } from "./replication-watch.ts";
import { beginAttempt, beginRequest, endAttempt, type SeenRequest } from "./seen-request.ts";

/** Follows one request of a run. */
export class RequestWatch implements ReplicationWatch {
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
    if (this.seen !== null || !this.isIt(identity, rank)) return;
    this.slot = request;
    this.seen = beginRequest(nowUs, rank, identity, sessionSlot);
  }

  decided(decision: Decision): void {
    if (this.isWatched(decision.request)) this.seen?.decisions.push(decision);
  }

  attemptStarted(request: number, attempt: number, member: number): void {
    if (this.isWatched(request) && this.seen !== null) beginAttempt(this.seen, attempt, member);
  }

  attemptEnded(request: number, attempt: number, status: number, failure: number): void {
    if (this.isWatched(request) && this.seen !== null) endAttempt(this.seen, attempt, status, failure);
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
