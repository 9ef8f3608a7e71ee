import type { Decision } from "../../contract/decision.ts";
import { BreakCause } from "../../contract/failure.ts";
import type { RequestIdentity } from "../../model/world-listener.ts";

/** All that can be told of one request. */
export interface SeenRequest {
  /** The rank-th request to start in its replication, counted from 0. */
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
  readonly attempts: { attempt: number; readonly member: number; result: string | null }[];
}

export function beginRequest(
  nowUs: number,
  rank: number,
  { client, session, ordinal, tryNumber, classIndex }: RequestIdentity,
  sessionSlot: number,
): SeenRequest {
  return {
    rank,
    identity: { client, session, ordinal, tryNumber },
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

/** The proxy tries; after a dead connection to the same member it is still the attempt that met it. */
export function beginAttempt(request: SeenRequest, attempt: number, member: number): void {
  const last = request.attempts.at(-1);
  if (last?.member === member && last.result === BREAKS[BreakCause.STALE]) {
    last.attempt = attempt;
    last.result = null;
  } else request.attempts.push({ attempt, member, result: null });
}

export function endAttempt(request: SeenRequest, attempt: number, status: number, failure: number): void {
  const ended = request.attempts.find((each) => each.attempt === attempt && each.result === null);
  if (ended !== undefined) ended.result = inWords(status, failure);
}

const CONNECT_FAILURES = ["", "connection refused", "connect timed out", "name has no address", "connection reset"];
const BREAKS = ["", "connection closed", "connection reset", "no answer in time", "stale connection"];

function inWords(status: number, failure: number): string {
  if (failure === 0) return `${status}`;
  return failure >= 100 ? (BREAKS[failure - 100] ?? "broken") : (CONNECT_FAILURES[failure] ?? "failed");
}
