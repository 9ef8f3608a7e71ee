import type { RequestIdentity } from "../../model/world-listener.ts";
import type { RequestRows } from "./replication-result.ts";

/** Rows that are kept at most; beyond that the file would be larger than people open. */
export const MOST_ROWS = 200_000;

/** Columns of requests.csv, kept while somebody wants them. */
export class RequestRecorder {
  private readonly columns = {
    started: [] as number[],
    client: [] as number[],
    session: [] as number[],
    ordinal: [] as number[],
    tryNumber: [] as number[],
    classIndex: [] as number[],
    startUs: [] as number[],
    endUs: [] as number[],
    attempts: [] as number[],
    members: [] as string[],
    status: [] as number[],
    outcome: [] as number[],
    session_verdict: [] as number[],
  };
  private truncated = false;
  private readonly most: number;

  /** @param most rows that are kept at most. */
  constructor(most: number) {
    this.most = most;
  }

  /** `identity` is read at once. */
  add(
    started: number,
    identity: RequestIdentity,
    startUs: number,
    endUs: number,
    members: readonly number[],
    status: number,
    outcome: number,
    verdict: number,
  ): void {
    const { columns } = this;
    if (columns.client.length >= this.most) {
      this.truncated = true;
      return;
    }
    columns.started.push(started);
    columns.client.push(identity.client);
    columns.session.push(identity.session);
    columns.ordinal.push(identity.ordinal);
    columns.tryNumber.push(identity.tryNumber);
    columns.classIndex.push(identity.classIndex);
    columns.startUs.push(startUs);
    columns.endUs.push(endUs);
    columns.attempts.push(members.length);
    columns.members.push(members.join(">"));
    columns.status.push(status);
    columns.outcome.push(outcome);
    columns.session_verdict.push(verdict);
  }

  rows(): RequestRows {
    return { ...this.columns, truncated: this.truncated };
  }
}
