import type { ProxyMachine } from "../../contract/proxy-machine.ts";
import type { DriveListener } from "../../drive/drive-listener.ts";
import { grownFloat64, grownInt32 } from "../../drive/growing.ts";
import { Fingerprint } from "../../engine/stats/fingerprint.ts";
import { LogHistogram } from "../../engine/stats/log-histogram.ts";
import {
  LOSS_CAUSE_NAMES,
  OUTCOME_NAMES,
  Outcome,
  type RequestIdentity,
  type WorldListener,
} from "../../model/world-listener.ts";
import { COARSE_CELLS, coarseCell } from "./coarse-times.ts";
import { LevelIntegral } from "./level-integral.ts";
import { MemberRecorder } from "./member-recorder.ts";
import type { FaultSpan } from "./replication-result.ts";
import { RequestRecorder } from "./request-recorder.ts";
import type { RequestWatch } from "./request-watch.ts";
import { binOf, type Window } from "./window.ts";

/** What a balancer without a usable member answers. */
const NO_MEMBER = 503;
const MISSING = 2;
const FOUND = 1;

/**
 * Listens to world and driver of one replication and counts. Counters are typed arrays, one addition each: this is on
 * the path of every request. A user request counts when it was meant to start in the observed time; everything else
 * when it happened in it.
 */
export class ReplicationRecorder implements WorldListener, DriveListener {
  readonly window: Window;
  readonly members: MemberRecorder;
  readonly fingerprint = new Fingerprint();
  readonly latency = new LogHistogram();
  readonly outcomes = new Float64Array(OUTCOME_NAMES.length);
  readonly lostByCause = new Float64Array(LOSS_CAUSE_NAMES.length);
  readonly good: Float64Array;
  readonly failed: Float64Array;
  readonly retried: Float64Array;
  readonly failovers: Float64Array;
  readonly sessionsLost: Float64Array;
  readonly lostByBackend: Float64Array[];
  readonly stickyHits: Float64Array;
  readonly stickyAsked: Float64Array;
  readonly running: LevelIntegral[];
  readonly waiting: LevelIntegral[];
  readonly response: Int32Array;
  readonly workUs: Float64Array;
  wastedUs = 0;
  started = 0;
  finished = 0;
  /** Tries that the proxy answered by itself although not for want of a member: no balancer was reached. */
  unrouted = 0;
  userRequests = 0;
  userGood = 0;
  sessionsStarted = 0;
  sessionsEnded = 0;
  sessionsUnharmed = 0;
  interrupted = 0;
  doomed = 0;
  readonly faults: FaultSpan[] = [];
  readonly rows: RequestRecorder | null;
  private readonly watch: RequestWatch | null;

  private readonly openFaults: FaultSpan[] = [];
  // by request slot
  private identity = new Int32Array(5 * 64);
  private startUs = new Float64Array(64);
  private rank = new Float64Array(64);
  private attempts = new Int32Array(64);
  private attemptHash = new Int32Array(64);
  private verdict = new Int32Array(64);
  private sessionSlot = new Int32Array(64);
  private readonly membersTried: number[][] = [];
  // by attempt slot
  private attemptMember = new Int32Array(64);
  private attemptStartUs = new Float64Array(64);
  // by session slot
  private harmed = new Int32Array(64);

  constructor(machine: ProxyMachine, window: Window, backends: number, mostRows: number, watch: RequestWatch | null) {
    this.window = window;
    this.members = new MemberRecorder(machine, window);
    const bins = (): Float64Array => new Float64Array(window.bins);
    this.good = bins();
    this.failed = bins();
    this.retried = bins();
    this.failovers = bins();
    this.sessionsLost = bins();
    this.stickyHits = bins();
    this.stickyAsked = bins();
    const perBackend = <T>(make: () => T): T[] => Array.from({ length: backends }, make);
    this.lostByBackend = perBackend(bins);
    this.running = perBackend(() => new LevelIntegral(window.fromUs, window.toUs, window.binUs));
    this.waiting = perBackend(() => new LevelIntegral(window.fromUs, window.toUs, window.binUs));
    this.response = new Int32Array(window.bins * COARSE_CELLS);
    this.workUs = new Float64Array(backends);
    this.watch = watch;
    this.rows = mostRows > 0 ? new RequestRecorder(mostRows) : null;
  }

  // ------------------------------------------------------------ driver

  attemptStarted(nowUs: number, request: number, attempt: number, member: number): void {
    if (attempt >= this.attemptMember.length) {
      this.attemptMember = grownInt32(this.attemptMember, attempt);
      this.attemptStartUs = grownFloat64(this.attemptStartUs, attempt);
    }
    this.attemptMember[attempt] = member;
    this.attemptStartUs[attempt] = nowUs;
    const tried = (this.attempts[request] as number) + 1;
    this.attempts[request] = tried;
    this.attemptHash[request] = (Math.imul(this.attemptHash[request] as number, 31) + member + 1) | 0;
    if (this.rows !== null) this.membersTried[request]?.push(member);
    this.watch?.attemptStarted(request, attempt, member);
    this.members.started(nowUs, member);
    if (tried > 1) count(this.failovers, binOf(this.window, nowUs));
  }

  attemptReached(): void {}

  attemptEnded(nowUs: number, request: number, attempt: number, status: number, failure: number, bytes: number): void {
    this.watch?.attemptEnded(request, attempt, status, failure);
    this.members.ended(
      this.attemptStartUs[attempt] as number,
      nowUs,
      this.attemptMember[attempt] as number,
      failure,
      bytes,
    );
  }

  requestDone(nowUs: number, request: number): void {
    const { fingerprint } = this;
    fingerprint.addNumber(nowUs);
    fingerprint.addInt(this.identity[request * 5] as number);
    fingerprint.addInt(this.attemptHash[request] as number);
  }

  // ------------------------------------------------------------ requests

  requestStarted(nowUs: number, request: number, identity: RequestIdentity, sessionSlot: number): void {
    if (request >= this.startUs.length) this.growRequests(request);
    const at = request * 5;
    this.identity[at] = identity.client;
    this.identity[at + 1] = identity.session;
    this.identity[at + 2] = identity.ordinal;
    this.identity[at + 3] = identity.tryNumber;
    this.identity[at + 4] = identity.classIndex;
    this.startUs[request] = nowUs;
    this.attempts[request] = 0;
    this.attemptHash[request] = 0;
    this.verdict[request] = 0;
    this.sessionSlot[request] = sessionSlot;
    this.rank[request] = this.started++;
    if (this.rows !== null) this.membersTried[request] = [];
    this.watch?.requestStarted(nowUs, request, identity, sessionSlot);
    if (identity.tryNumber > 0) count(this.retried, binOf(this.window, nowUs));
  }

  requestFinished(nowUs: number, request: number, outcome: number, status: number): void {
    this.finished++;
    this.watch?.requestFinished(nowUs, request, outcome, status);
    const at = request * 5;
    const { identity, fingerprint } = this;
    fingerprint.addNumber(nowUs);
    fingerprint.addInt(identity[at] as number);
    fingerprint.addInt(
      ((identity[at + 1] as number) << 20) ^ ((identity[at + 2] as number) << 4) ^ (identity[at + 3] as number),
    );
    fingerprint.addInt(((this.attempts[request] as number) << 24) ^ (this.attemptHash[request] as number));
    fingerprint.addInt((status << 8) ^ (outcome << 4) ^ (this.verdict[request] as number));
    const startUs = this.startUs[request] as number;
    if (startUs >= this.window.fromUs) this.outcomes[outcome] = (this.outcomes[outcome] as number) + 1;
    if (this.attempts[request] === 0 && status > 0 && status !== NO_MEMBER) this.unrouted++;
    if (outcome !== Outcome.GOOD) this.harm(this.sessionSlot[request] as number);
    if (this.rows !== null) this.keepRow(nowUs, request, outcome, status);
  }

  userRequestFinished(nowUs: number, startedUs: number, _classIndex: number, outcome: number): void {
    if (startedUs < this.window.fromUs) return;
    this.userRequests++;
    const us = nowUs - startedUs;
    this.latency.record(us);
    const bin = Math.min(binOf(this.window, Math.min(nowUs, this.window.toUs - 1)), this.window.bins - 1);
    if (bin >= 0) {
      const cell = bin * COARSE_CELLS + coarseCell(us);
      this.response[cell] = (this.response[cell] as number) + 1;
    }
    if (outcome === Outcome.GOOD) {
      this.userGood++;
      count(this.good, bin);
    } else count(this.failed, bin);
  }

  // ------------------------------------------------------------ sessions

  sessionChecked(nowUs: number, request: number, backend: number, found: boolean): void {
    this.watch?.sessionChecked(request, found);
    this.verdict[request] = found ? FOUND : MISSING;
    const bin = binOf(this.window, nowUs);
    count(this.stickyAsked, bin);
    if (found) count(this.stickyHits, bin);
    this.fingerprint.addInt((backend << 1) | (found ? 1 : 0));
  }

  sessionStarted(nowUs: number): void {
    if (binOf(this.window, nowUs) >= 0) this.sessionsStarted++;
  }

  sessionLost(nowUs: number, sessionSlot: number, backend: number, cause: number): void {
    this.watch?.sessionLost(nowUs, sessionSlot, cause);
    this.harm(sessionSlot);
    const bin = binOf(this.window, nowUs);
    if (bin < 0) return;
    count(this.sessionsLost, bin);
    this.lostByCause[cause] = (this.lostByCause[cause] as number) + 1;
    const byBackend = this.lostByBackend[backend];
    if (byBackend !== undefined) count(byBackend, bin);
  }

  sessionInterrupted(nowUs: number): void {
    if (binOf(this.window, nowUs) >= 0) this.interrupted++;
  }

  sessionDoomed(nowUs: number): void {
    if (nowUs >= this.window.fromUs) this.doomed++;
  }

  sessionEnded(nowUs: number, sessionSlot: number): void {
    this.harmed = grownInt32(this.harmed, sessionSlot);
    const harmed = this.harmed[sessionSlot] === 1;
    this.harmed[sessionSlot] = 0;
    if (nowUs < this.window.fromUs) return;
    this.sessionsEnded++;
    if (!harmed) this.sessionsUnharmed++;
  }

  clientLeft(): void {}

  // ------------------------------------------------------------ backends

  faultChanged(nowUs: number, fault: number, backend: number, active: boolean): void {
    if (active) {
      this.openFaults.push({ fault, backend, fromUs: nowUs, toUs: Number.POSITIVE_INFINITY });
      return;
    }
    const i = this.openFaults.findIndex((open) => open.fault === fault && open.backend === backend);
    if (i < 0) return;
    const [open] = this.openFaults.splice(i, 1) as [FaultSpan];
    this.faults.push({ ...open, toUs: nowUs });
  }

  backendLevel(nowUs: number, backend: number, running: number, waiting: number): void {
    (this.running[backend] as LevelIntegral).set(nowUs, running);
    (this.waiting[backend] as LevelIntegral).set(nowUs, waiting);
  }

  workWasted(nowUs: number, _backend: number, wastedUs: number): void {
    if (binOf(this.window, nowUs) >= 0) this.wastedUs += wastedUs;
  }

  workDone(nowUs: number, backend: number, busyUs: number): void {
    if (binOf(this.window, nowUs) >= 0) this.workUs[backend] = (this.workUs[backend] as number) + busyUs;
  }

  /** Ends open faults and levels; call once, before the results are read. */
  close(nowUs: number): void {
    for (const open of this.openFaults.splice(0)) this.faults.push({ ...open, toUs: nowUs });
    for (const level of [...this.running, ...this.waiting]) level.advance(Math.min(nowUs, this.window.toUs));
  }

  private keepRow(nowUs: number, request: number, outcome: number, status: number): void {
    const at = request * 5;
    const identity = {
      client: this.identity[at] as number,
      session: this.identity[at + 1] as number,
      ordinal: this.identity[at + 2] as number,
      tryNumber: this.identity[at + 3] as number,
      classIndex: this.identity[at + 4] as number,
    };
    this.rows?.add(
      this.rank[request] as number,
      identity,
      this.startUs[request] as number,
      nowUs,
      this.membersTried[request] ?? [],
      status,
      outcome,
      this.verdict[request] as number,
    );
  }

  private harm(sessionSlot: number): void {
    if (sessionSlot < 0) return;
    this.harmed = grownInt32(this.harmed, sessionSlot);
    this.harmed[sessionSlot] = 1;
  }

  private growRequests(request: number): void {
    this.startUs = grownFloat64(this.startUs, request);
    this.rank = grownFloat64(this.rank, request);
    this.attempts = grownInt32(this.attempts, request);
    this.attemptHash = grownInt32(this.attemptHash, request);
    this.verdict = grownInt32(this.verdict, request);
    this.sessionSlot = grownInt32(this.sessionSlot, request);
    this.identity = grownInt32(this.identity, this.startUs.length * 5);
  }
}

function count(bins: Float64Array, bin: number): void {
  if (bin >= 0) bins[bin] = (bins[bin] as number) + 1;
}
