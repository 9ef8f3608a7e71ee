import type { Decision } from "./decision.ts";
import type { ClientRequest, Header, ResponseHead } from "./http-message.ts";
import type { Outbox } from "./outbox.ts";

/** Static facts about one member (server, worker, target) of a machine; its index is its identity everywhere. */
export interface MemberInfo {
  /** As the status page shows it: "http://10.0.0.1:8080". */
  readonly name: string;
  /** Balancer, upstream or backend section that the member belongs to. */
  readonly group: string;
  /** A second name that people use for it (Apache route, HAProxy server name), or null. */
  readonly alias: string | null;
  /** Index into ProxyMachine.addresses. */
  readonly address: number;
  /** Relative weight (loadfactor); the entitlement of a share. */
  readonly weight: number;
  /** Members of a lower tier are preferred (lbset, backup); hot standbys and spares say so in `role`. */
  readonly tier: number;
  readonly role: "normal" | "spare" | "standby";
}

/** A table of the proxy's own status page: column names as the real page spells them, one row per line. */
export interface StatusTable {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  /** Columns that recordings compare and that the real page does not show. */
  readonly notShown?: readonly string[];
}

/** Told while it is set; setting none costs one null test per decision. */
export interface MachineListener {
  decided?(decision: Decision): void;
  /** The state word of a member changed ("Init Ok" to "Init Err"). */
  memberChanged?(nowUs: number, member: number, state: string): void;
  /** An administrator would find this in the error log. */
  logged?(nowUs: number, line: string): void;
}

/** The instance's own chance: sequenced, private to the instance, not common between variants. */
export interface RandomSource {
  /** Uniform in the open interval (0, 1). */
  next(): number;
  /** Uniform integer 0 … n − 1. */
  nextInt(n: number): number;
}

/** What a machine is built with. */
export interface MachineContext {
  readonly outbox: Outbox;
  readonly random: RandomSource;
  /** When the proxy was started, on the simulation clock; negative = before the run began. */
  readonly startedAtUs: number;
  /** Microseconds between a whole second of the wall clock and time 0: phases of whole-second clocks. */
  readonly epochOffsetUs: number;
}

/** What becomes of a SYN that reaches the listening socket. */
export const Listen = {
  /** The kernel established the connection; the proxy accepts it when it gets round to it. */
  ESTABLISHED: 1,
  /** The accept queue is full: the SYN is lost, the client's kernel will repeat it. */
  DROPPED: 2,
} as const;

/**
 * A proxy as a state machine without I/O: it is told what happens and puts what it wants done into the outbox.
 * It has no clock and no chance of its own. Request, attempt, connection and probe ids are small dense integers that are
 * reused; request and client-connection ids belong to the driver, attempt, backend-connection, timer and probe ids to
 * the machine. The driver empties the outbox after every call.
 */
export interface ProxyMachine {
  readonly family: string;
  readonly members: readonly MemberInfo[];
  /** Where the members listen: "host:port" exactly as configured, each distinct one once. */
  readonly addresses: readonly string[];
  /** Texts of the pages that the proxy itself answers with, by page id. */
  page(id: number): string;
  listener: MachineListener | null;
  /** Connection and Keep-Alive headers of the answer to a request; asked while its answer is being delivered. */
  keepAliveHeaders(request: number): readonly Header[];
  /**
   * Index into `addresses` of the server that the program's log names for a request, -1 = none; asked when the request is
   * done. Only of families whose recordings know a server that never saw the request from that log alone.
   */
  loggedAddress?(request: number): number;

  /** The machine begins to work (first timers, first probes). Called once, at `startedAtUs`. */
  start(nowUs: number): void;

  // --- clients
  /**
   * A SYN arrives; `remote` = source address in text; `repeated` = how often it was lost before (absent = 0). Answers one of
   * `Listen`.
   */
  connectionArrived(nowUs: number, connection: number, remote: string, listener: number, repeated?: number): number;
  /** First bytes of a request head that is not complete yet. */
  headStarted(nowUs: number, connection: number): void;
  /** A whole request head is in the socket of the connection. The record stays valid until DONE. */
  requestArrived(nowUs: number, connection: number, request: number, what: ClientRequest): void;
  /**
   * The client closed the connection (also while a request is in progress, or while it waits to be accepted). From then on
   * the connection id is free again as soon as no request of it is in progress (not DONE).
   */
  clientGone(nowUs: number, connection: number): void;

  // --- backends
  attemptConnected(nowUs: number, attempt: number): void;
  /** `failure` is one of ConnectFailure; the backend connection is gone. */
  attemptFailed(nowUs: number, attempt: number, failure: number): void;
  /** Head and body as far as sent left the proxy; bytes counted as on the wire. */
  requestSent(nowUs: number, attempt: number, bytes: number): void;
  /** "100 Continue" or another interim answer. */
  interim(nowUs: number, attempt: number, status: number): void;
  head(nowUs: number, attempt: number, head: ResponseHead): void;
  body(nowUs: number, attempt: number, bytes: number): void;
  end(nowUs: number, attempt: number): void;
  /** head, body and end at one instant; must mean exactly the same as the three calls. */
  answered(nowUs: number, attempt: number, head: ResponseHead, bodyBytes: number): void;
  /**
   * `phase` is one of BreakPhase, `cause` one of BreakCause. After CLOSED, RESET and STALE the backend connection is gone
   * by itself; after TIMEOUT it stands until the machine closes it.
   */
  broken(nowUs: number, attempt: number, phase: number, cause: number): void;
  /** The tunnel of an attempt was closed by one of its ends; if the client did it, `clientGone` follows. */
  tunnelClosed(nowUs: number, attempt: number): void;
  /** The peer closed a backend connection on which no exchange was running. */
  idleConnectionClosed(nowUs: number, connection: number): void;

  // --- clock, health, operator
  timer(nowUs: number, timer: number): void;
  /** `failure` = 0: connected and, unless TCP, answered with `status`; else one of ConnectFailure, or 100 + BreakCause. */
  probeResult(nowUs: number, probe: number, failure: number, status: number, body: string): void;
  /** An administrator acts on a member, in the family's own words ("status=+D", "loadfactor=3"). Throws RangeError for words it doesn't know. */
  operate(nowUs: number, member: number, command: string): void;
  /** Load report for a member's address (heartbeat, agent). */
  loadReport(nowUs: number, address: number, busy: number, ready: number): void;

  // --- questions
  snapshot(nowUs: number): readonly StatusTable[];
  /** One word per state as the status page has it ("Ok", "Err"); cheap. */
  memberState(member: number): string;
  /** Request that an attempt belongs to; asked at the attempt's first CONNECT or SEND. */
  requestOfAttempt(attempt: number): number;
  /** Member that an attempt was sent to. */
  memberOfAttempt(attempt: number): number;
  /** Whether the machine's own rules would let a new request without a session go to this member at `nowUs`. */
  isUsable(nowUs: number, member: number): boolean;
  /**
   * Of a member that is not usable: when the machine's own rules let new requests through to it by themselves, as at the
   * end of a retry window; Infinity when that takes an event (a good probe, an administrator).
   */
  usableAgainUs(member: number): number;
}
