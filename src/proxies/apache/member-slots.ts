import type { MemberConfig } from "./config/apache-config.ts";
import { statusOfLetters } from "./worker-status.ts";

/** "Never failed": long before any time of a run. */
export const NEVER_US = -Infinity;

/**
 * What all processes share about the members of one balancer (httpd: proxy_worker_shared, one slot per member; spec/apache.md 1).
 * Struct of arrays, so that a pick over many members reads a few dense columns.
 */
export class MemberSlots {
  readonly count: number;
  /** loadfactor × 100. */
  readonly factor: Int32Array;
  /** Signed urgency, column Load of the manager. */
  readonly lbstatus: Int32Array;
  /** Requests in flight. */
  readonly busy: Int32Array;
  /** Bit set of worker-status.ts. Changed only through Balancer.setFlags. */
  readonly status: Int32Array;
  readonly lbset: Int32Array;
  /** How often chosen, also by a session, also when the attempt failed. */
  readonly elected: Float64Array;
  /** Bytes to the backend: request line, headers and body as sent. */
  readonly sent: Float64Array;
  /** Bytes from the backend: status line without CR LF and body; headers don't count. */
  readonly read: Float64Array;
  /** When the member last went into error. */
  readonly errorTimeUs: Float64Array;
  readonly retryUs: Float64Array;
  /** Retry windows opened since the last good connect. */
  readonly retries: Int32Array;
  /** Passed and failed health checks counted so far; neither is reset by the opposite result. */
  readonly passCount: Int32Array;
  readonly failCount: Int32Array;

  constructor(members: readonly MemberConfig[]) {
    const count = members.length;
    this.count = count;
    this.factor = Int32Array.from(members, (member) => member.factor);
    this.lbstatus = new Int32Array(count);
    this.busy = new Int32Array(count);
    this.status = Int32Array.from(members, (member) => statusOfLetters(member.status));
    this.lbset = Int32Array.from(members, (member) => member.lbset);
    this.elected = new Float64Array(count);
    this.sent = new Float64Array(count);
    this.read = new Float64Array(count);
    this.errorTimeUs = new Float64Array(count).fill(NEVER_US);
    this.retryUs = Float64Array.from(members, (member) => member.retryUs);
    this.retries = new Int32Array(count);
    this.passCount = new Int32Array(count);
    this.failCount = new Int32Array(count);
  }
}
