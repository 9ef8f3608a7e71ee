import { BreakCause } from "../../contract/failure.ts";
import type { DriveListener } from "../drive-listener.ts";
import type { SeenAttempt } from "./scripted-backends.ts";

/** As the driver tells how an attempt ended: 100 + BreakCause. */
const STALE = 100 + BreakCause.STALE;

export interface LoggedAttempt {
  /** −1 = the address belongs to no backend of the case. */
  readonly backend: number;
  /** What the backend application saw, or null when it never saw the attempt. */
  seen: SeenAttempt | null;
}

/**
 * The attempts of each scripted request in the order the proxy made them. One that meets a kept-alive connection which the
 * backend had closed is none: the proxy sends the same attempt again on a new connection.
 */
export class AttemptLog implements DriveListener {
  backendOfAddress: readonly number[] = [];
  /** Asks the machine for the server in its log; absent = its log knows every try. */
  loggedAddress: ((request: number) => number) | null = null;
  private readonly logged = new Map<number, number>();
  private readonly attempts: LoggedAttempt[][];
  private readonly index = new Map<number, number>();
  private readonly running = new Map<number, LoggedAttempt>();

  constructor(requests: number) {
    this.attempts = Array.from({ length: requests }, () => []);
  }

  /** The driver's id `request` stands for the script's request `index` from now on. */
  assign(request: number, index: number): void {
    this.index.set(request, index);
  }

  indexOf(request: number): number {
    return this.index.get(request) ?? -1;
  }

  attemptsOf(index: number): readonly LoggedAttempt[] {
    return this.attempts[index] ?? [];
  }

  /** Attempts of a request that a backend saw so far. */
  sentCount(request: number): number {
    return this.attemptsOf(this.indexOf(request)).filter(({ seen }) => seen !== null).length;
  }

  attemptStarted(_nowUs: number, request: number, attempt: number, _member: number, address: number): void {
    const logged: LoggedAttempt = { backend: this.backendOfAddress[address] ?? -1, seen: null };
    this.attempts[this.indexOf(request)]?.push(logged);
    this.running.set(attempt, logged);
  }

  seen(attempt: number, seen: SeenAttempt): void {
    const logged = this.running.get(attempt);
    if (logged !== undefined) logged.seen = seen;
  }

  attemptReached(): void {}

  attemptEnded(_nowUs: number, request: number, attempt: number, _status: number, failure: number): void {
    if (failure !== STALE) return;
    const attempts = this.attempts[this.indexOf(request)];
    const at = attempts?.indexOf(this.running.get(attempt) as LoggedAttempt) ?? -1;
    if (at >= 0 && attempts?.[at]?.seen === null) attempts.splice(at, 1);
  }

  requestDone(_nowUs: number, request: number): void {
    const address = this.loggedAddress?.(request) ?? -1;
    const index = this.indexOf(request);
    if (index >= 0) this.logged.set(index, address < 0 ? -1 : (this.backendOfAddress[address] ?? -1));
  }

  /** Backend of the server that the proxy's log names for a scripted request, -1 = none. */
  loggedOf(index: number): number {
    return this.logged.get(index) ?? -1;
  }
}
