import { BreakCause } from "../../contract/failure.ts";
import type { ProxyMachine } from "../../contract/proxy-machine.ts";
import type { DriveListener } from "../../drive/drive-listener.ts";
import { grownFloat64, grownInt32 } from "../../engine/growing.ts";
import { Fingerprint } from "../../engine/stats/fingerprint.ts";
import { LogHistogram } from "../../engine/stats/log-histogram.ts";
import {
  LOSS_CAUSE_NAMES,
  OUTCOME_NAMES,
  Outcome,
  type RequestIdentity,
  type WorldListener,
} from "../../model/world-listener.ts";
import { FaultSpans } from "./fault-spans.ts";
import { LevelIntegral } from "./level-integral.ts";
import { MemberRecorder } from "./member-recorder.ts";
import type { ReplicationWatch } from "./replication-watch.ts";
import { Note } from "./request-notes.ts";
import { RequestRecorder } from "./request-recorder.ts";
import { SliceEvent, type SliceRecorder } from "./slice-recorder.ts";
import { StaleAttempts } from "./stale-attempts.ts";
import { TimeBins } from "./time-bins.ts";
import { TimelineEnds } from "./timeline-ends.ts";
import type { Window } from "./window.ts";

/** What a balancer without a usable member answers. */
const NO_MEMBER = 503;
const MISSING = 2;
const FOUND = 1;

/** Stands for the end and the outcome of a try that has none. */
const UNRESOLVED = -1;

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
  readonly ends: TimelineEnds;
  readonly retried: Float64Array;
  readonly failovers: Float64Array;
  readonly sessionsLost: Float64Array;
  readonly lostByBackend: Float64Array[];
  readonly stickyHits: Float64Array;
  readonly stickyAsked: Float64Array;
  readonly running: LevelIntegral[];
  readonly waiting: LevelIntegral[];
  readonly workUs: Float64Array;
  wastedUs = 0;
  started = 0;
  finished = 0;
  /** Tries that the proxy answered by itself although not for want of a member: no balancer was reached. */
  unrouted = 0;
  /** User requests that began in the observed time, whether they ended or not; the good ones among them. */
  userRequests = 0;
  userGood = 0;
  /** Tries that began in the observed time. */
  tries = 0;
  /** User requests that have begun and not ended, in the whole run. */
  openRequests = 0;
  sessionsStarted = 0;
  sessionsEnded = 0;
  sessionsUnharmed = 0;
  /** Sessions with a request that has no end when the run is over. */
  sessionsUnresolved = 0;
  interrupted = 0;
  doomed = 0;
  tunnelsCut = 0;
  readonly faults = new FaultSpans();
  readonly rows: RequestRecorder | null;
  readonly slices: SliceRecorder | null;
  private readonly watch: ReplicationWatch | null;
  private readonly bins: TimeBins;
  private readonly stale = new StaleAttempts();

  // by request slot
  private notes = new Int32Array(64 << 4);
  private startUs = new Float64Array(64);
  private rank = new Float64Array(64);
  private readonly membersTried: number[][] = [];
  // by attempt slot
  private attemptMember = new Int32Array(64);
  private attemptStartUs = new Float64Array(64);
  // by session slot
  private harmed = new Int32Array(64);

  constructor(
    machine: ProxyMachine,
    window: Window,
    backends: number,
    mostRows: number,
    watch: ReplicationWatch | null,
    slices: SliceRecorder | null = null,
  ) {
    this.window = window;
    this.members = new MemberRecorder(machine, window);
    this.bins = new TimeBins(window);
    const bins = (): Float64Array => new Float64Array(window.bins);
    this.ends = new TimelineEnds(window, this.bins);
    this.retried = bins();
    this.failovers = bins();
    this.sessionsLost = bins();
    this.stickyHits = bins();
    this.stickyAsked = bins();
    const perBackend = <T>(make: () => T): T[] => Array.from({ length: backends }, make);
    this.lostByBackend = perBackend(bins);
    this.running = perBackend(() => new LevelIntegral(window.fromUs, window.toUs, window.binUs));
    this.waiting = perBackend(() => new LevelIntegral(window.fromUs, window.toUs, window.binUs));
    this.slices = slices;
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
    if (this.watch !== null) this.watch.attemptStarted(request, attempt, member);
    if (!this.stale.isEmpty && this.goesOn(request, attempt, member)) return;
    const { notes } = this;
    const at = request << 4;
    const tried = (notes[at | Note.ATTEMPTS] as number) + 1;
    notes[at | Note.ATTEMPTS] = tried;
    notes[at | Note.ATTEMPT_HASH] = (Math.imul(notes[at | Note.ATTEMPT_HASH] as number, 31) + member + 1) | 0;
    if (this.rows !== null) this.membersTried[request]?.push(member);
    this.members.started(nowUs, member);
    if (tried > 1) {
      count(this.failovers, this.bins.of(nowUs));
      this.slices?.happened(nowUs, SliceEvent.FAILOVER);
    }
  }

  attemptReached(): void {}

  attemptEnded(nowUs: number, request: number, attempt: number, status: number, failure: number, bytes: number): void {
    if (this.watch !== null) this.watch.attemptEnded(request, attempt, status, failure);
    const member = this.attemptMember[attempt] as number;
    const startUs = this.attemptStartUs[attempt] as number;
    if (failure !== 0 && this.stale.keep(request, failure, { member, startUs, endUs: nowUs })) return;
    this.members.ended(startUs, nowUs, member, failure, bytes);
  }

  requestDone(nowUs: number, request: number): void {
    if (!this.stale.isEmpty) this.goesOn(request, -1, -1);
    const { notes } = this;
    const at = request << 4;
    const { fingerprint } = this;
    fingerprint.addNumber(nowUs);
    fingerprint.addWord(notes[at | Note.CLIENT] as number);
    fingerprint.addWord(notes[at | Note.ATTEMPT_HASH] as number);
  }

  // ------------------------------------------------------------ requests

  requestStarted(nowUs: number, request: number, identity: RequestIdentity, sessionSlot: number): void {
    if (request >= this.startUs.length) this.growRequests(request);
    const { notes } = this;
    const at = request << 4;
    notes[at | Note.CLIENT] = identity.client;
    notes[at | Note.SESSION] = identity.session;
    notes[at | Note.ORDINAL] = identity.ordinal;
    notes[at | Note.TRY] = identity.tryNumber;
    notes[at | Note.CLASS] = identity.classIndex;
    notes[at | Note.SESSION_SLOT] = sessionSlot;
    notes[at | Note.ATTEMPTS] = 0;
    notes[at | Note.ATTEMPT_HASH] = 0;
    notes[at | Note.VERDICT] = 0;
    notes[at | Note.IS_OPEN] = 1;
    this.startUs[request] = nowUs;
    const rank = this.started++;
    if (identity.tryNumber === 0) this.userRequestStarted(nowUs, identity);
    if (nowUs >= this.window.fromUs) this.tries++;
    if (this.slices !== null) this.slices.attemptStarted(nowUs, identity.classIndex);
    if (this.rows !== null) this.beginRow(request, rank);
    if (this.watch !== null) this.watch.requestStarted(nowUs, request, identity, sessionSlot);
    if (identity.tryNumber > 0) {
      count(this.retried, this.bins.of(nowUs));
      this.slices?.happened(nowUs, SliceEvent.RETRY);
    }
  }

  private userRequestStarted(nowUs: number, { classIndex }: RequestIdentity): void {
    this.openRequests++;
    if (nowUs >= this.window.fromUs) this.userRequests++;
    if (this.slices !== null) this.slices.userRequestStarted(nowUs, classIndex);
  }

  requestFinished(nowUs: number, request: number, outcome: number, status: number): void {
    this.finished++;
    if (this.watch !== null) this.watch.requestFinished(nowUs, request, outcome, status);
    const { notes } = this;
    const at = request << 4;
    notes[at | Note.IS_OPEN] = 0;
    const { fingerprint } = this;
    fingerprint.addNumber(nowUs);
    fingerprint.addWord(notes[at | Note.CLIENT] as number);
    fingerprint.addWord(
      ((notes[at | Note.SESSION] as number) << 20) ^
        ((notes[at | Note.ORDINAL] as number) << 4) ^
        (notes[at | Note.TRY] as number),
    );
    fingerprint.addWord(((notes[at | Note.ATTEMPTS] as number) << 24) ^ (notes[at | Note.ATTEMPT_HASH] as number));
    fingerprint.addWord((status << 8) ^ (outcome << 4) ^ (notes[at | Note.VERDICT] as number));
    if ((this.startUs[request] as number) >= this.window.fromUs)
      this.outcomes[outcome] = (this.outcomes[outcome] as number) + 1;
    if (this.slices !== null)
      this.slices.attemptEnded(
        this.startUs[request] as number,
        notes[at | Note.CLASS] as number,
        outcome === Outcome.GOOD,
      );
    if (notes[at | Note.ATTEMPTS] === 0 && status > 0 && status !== NO_MEMBER) this.unrouted++;
    if (outcome !== Outcome.GOOD) this.harm(notes[at | Note.SESSION_SLOT] as number);
    if (this.rows !== null) this.keepRow(nowUs, request, outcome, status);
  }

  userRequestFinished(nowUs: number, startedUs: number, classIndex: number, outcome: number): void {
    this.openRequests--;
    const isGood = outcome === Outcome.GOOD;
    const us = nowUs - startedUs;
    this.ends.ended(nowUs, us, isGood);
    if (startedUs < this.window.fromUs) return;
    this.latency.record(us);
    if (this.slices !== null) this.slices.userRequestEnded(startedUs, classIndex, us, isGood);
    if (isGood) this.userGood++;
  }

  // ------------------------------------------------------------ sessions

  sessionChecked(nowUs: number, request: number, backend: number, found: boolean): void {
    if (this.watch !== null) this.watch.sessionChecked(request, found);
    this.notes[(request << 4) | Note.VERDICT] = found ? FOUND : MISSING;
    const bin = this.bins.of(nowUs);
    count(this.stickyAsked, bin);
    if (found) count(this.stickyHits, bin);
    this.fingerprint.addWord((backend << 1) | (found ? 1 : 0));
  }

  sessionStarted(nowUs: number): void {
    if (this.bins.of(nowUs) < 0) return;
    this.sessionsStarted++;
    this.slices?.happened(nowUs, SliceEvent.SESSION_STARTED);
  }

  sessionLost(nowUs: number, sessionSlot: number, backend: number, cause: number): void {
    this.watch?.sessionLost(nowUs, sessionSlot, cause);
    this.harm(sessionSlot);
    const bin = this.bins.of(nowUs);
    if (bin < 0) return;
    count(this.sessionsLost, bin);
    this.slices?.happened(nowUs, SliceEvent.SESSION_LOST);
    this.lostByCause[cause] = (this.lostByCause[cause] as number) + 1;
    const byBackend = this.lostByBackend[backend];
    if (byBackend !== undefined) count(byBackend, bin);
  }

  sessionInterrupted(nowUs: number): void {
    if (this.bins.of(nowUs) < 0) return;
    this.interrupted++;
    this.slices?.happened(nowUs, SliceEvent.SESSION_INTERRUPTED);
  }

  sessionDoomed(nowUs: number): void {
    if (nowUs < this.window.fromUs) return;
    this.doomed++;
    this.slices?.happened(nowUs, SliceEvent.SESSION_DOOMED);
  }

  sessionEnded(nowUs: number, sessionSlot: number): void {
    this.harmed = grownInt32(this.harmed, sessionSlot);
    const harmed = this.harmed[sessionSlot] === 1;
    this.harmed[sessionSlot] = 0;
    if (nowUs < this.window.fromUs) return;
    this.sessionsEnded++;
    if (!harmed) this.sessionsUnharmed++;
  }

  tunnelCut(nowUs: number): void {
    if (this.bins.of(nowUs) >= 0) this.tunnelsCut++;
  }

  clientLeft(): void {}

  // ------------------------------------------------------------ backends

  faultChanged(nowUs: number, fault: number, backend: number, active: boolean): void {
    this.watch?.faultChanged?.(nowUs);
    this.slices?.faultChanged(nowUs, fault, backend, active);
    this.faults.changed(nowUs, fault, backend, active);
  }

  backendLevel(nowUs: number, backend: number, running: number, waiting: number): void {
    (this.running[backend] as LevelIntegral).set(nowUs, running);
    (this.waiting[backend] as LevelIntegral).set(nowUs, waiting);
  }

  workWasted(nowUs: number, _backend: number, wastedUs: number): void {
    if (this.bins.of(nowUs) >= 0) this.wastedUs += wastedUs;
  }

  workDone(nowUs: number, backend: number, busyUs: number): void {
    const { fromUs, toUs } = this.window;
    // Work that began before the observed time, or ends after it, counts with the part that lies inside.
    const insideUs = Math.min(nowUs, toUs) - Math.max(nowUs - busyUs, fromUs);
    if (insideUs > 0) this.workUs[backend] = (this.workUs[backend] as number) + insideUs;
  }

  /** Ends open faults and levels, and tells of the tries that are still out; call once, before the results are read. */
  close(nowUs: number): void {
    this.closeOpenTries();
    this.faults.close(nowUs);
    for (const level of [...this.running, ...this.waiting]) level.advance(Math.min(nowUs, this.window.toUs));
  }

  /** Their sessions are neither over nor unharmed. */
  private closeOpenTries(): void {
    const { notes, startUs } = this;
    const sessions = new Set<number>();
    for (let request = 0; request < startUs.length; request++) {
      if (notes[(request << 4) | Note.IS_OPEN] === 0) continue;
      sessions.add(notes[(request << 4) | Note.SESSION_SLOT] as number);
      if (this.rows !== null) this.keepRow(UNRESOLVED, request, UNRESOLVED, 0);
    }
    this.sessionsUnresolved = sessions.size;
  }

  /** Whether an attempt is the one that met a dead connection at the same member; if not, that one has failed. */
  private goesOn(request: number, attempt: number, member: number): boolean {
    const before = this.stale.take(request);
    if (before === null) return false;
    if (before.member === member) this.attemptStartUs[attempt] = before.startUs;
    else this.members.ended(before.startUs, before.endUs, before.member, 100 + BreakCause.STALE, 0);
    return before.member === member;
  }

  private beginRow(request: number, rank: number): void {
    this.rank[request] = rank;
    this.membersTried[request] = [];
  }

  private keepRow(nowUs: number, request: number, outcome: number, status: number): void {
    const { notes } = this;
    const at = request << 4;
    const identity = {
      client: notes[at | Note.CLIENT] as number,
      session: notes[at | Note.SESSION] as number,
      ordinal: notes[at | Note.ORDINAL] as number,
      tryNumber: notes[at | Note.TRY] as number,
      classIndex: notes[at | Note.CLASS] as number,
    };
    this.rows?.add(
      this.rank[request] as number,
      identity,
      this.startUs[request] as number,
      nowUs,
      this.membersTried[request] ?? [],
      status,
      outcome,
      notes[at | Note.VERDICT] as number,
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
    this.notes = grownInt32(this.notes, (this.startUs.length << 4) - 1);
  }
}

function count(bins: Float64Array, bin: number): void {
  if (bin >= 0) bins[bin] = (bins[bin] as number) + 1;
}
