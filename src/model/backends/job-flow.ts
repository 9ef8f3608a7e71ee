import type { ForwardedRequest } from "../../contract/http-message.ts";
import { lengthFor, longerInt32 } from "../../engine/growing.ts";
import { invariant } from "../../engine/invariant.ts";
import type { RequestClass } from "../clients/request-class.ts";
import { type RequestJournal, TryField } from "../sessions/request-journal.ts";
import type { BackendNet } from "../sides.ts";
import type { WorldListener } from "../world-listener.ts";
import type { WorldRecords } from "../world-records.ts";
import { After, type AnswerWriter } from "./answer-writer.ts";
import { type BackendConnections, ConnectionState } from "./backend-connections.ts";
import type { BackendProcess } from "./backend-process.ts";
import { JobField, JobState, type JobTable, JobTime } from "./job-table.ts";
import type { SessionApplication } from "./session-application.ts";

const NOTHING = -1;

/** The way of requests through the processes: place or queue, service, answer; or out again when somebody leaves or dies. */
export class JobFlow {
  net: BackendNet | null = null;
  private readonly listener: WorldListener;
  private readonly processes: readonly BackendProcess[];
  private readonly jobs: JobTable;
  private readonly connections: BackendConnections;
  private readonly application: SessionApplication;
  private readonly writer: AnswerWriter;
  private readonly classes: readonly RequestClass[];
  private readonly journal: RequestJournal;
  private jobOfExchange = new Int32Array(64).fill(NOTHING);

  constructor(
    records: WorldRecords,
    listener: WorldListener,
    processes: readonly BackendProcess[],
    jobs: JobTable,
    connections: BackendConnections,
    application: SessionApplication,
    writer: AnswerWriter,
  ) {
    this.listener = listener;
    this.processes = processes;
    this.jobs = jobs;
    this.connections = connections;
    this.application = application;
    this.writer = writer;
    this.classes = records.classes;
    this.journal = records.journal;
  }

  /** An exchange begins; its id may have meant another one before. */
  opened(exchange: number): void {
    const known = this.jobOfExchange.length;
    if (exchange >= known) this.jobOfExchange = longerInt32(this.jobOfExchange, lengthFor(known, exchange), NOTHING);
    const before = this.jobOfExchange[exchange] as number;
    if (before >= 0) this.jobs.rows[(before << 4) | JobField.EXCHANGE] = NOTHING;
    this.jobOfExchange[exchange] = NOTHING;
  }

  /** A request enters the process: it is worked on, or waits. */
  enter(
    nowUs: number,
    process: BackendProcess,
    connection: number,
    exchange: number,
    request: number,
    what: ForwardedRequest,
    coinAddress: number,
  ): void {
    this.connections.state[connection] = ConnectionState.BUSY;
    const job = this.takeJob(process, connection, exchange, request, what, coinAddress);
    if (process.running < process.spec.concurrency) this.begin(nowUs, process, job);
    else {
      this.jobs.rows[(job << 4) | JobField.STATE] = JobState.WAITING;
      process.queue.push(job);
    }
    this.tellLevel(nowUs, process);
  }

  /** A request for which there is no room. */
  reject(nowUs: number, process: BackendProcess, connection: number, exchange: number, request: number): void {
    this.journal.answered(request, NOTHING, NOTHING, false, false);
    this.afterAnswer(nowUs, process, connection, process.spec.keepAlive);
    (this.net as BackendNet).answer(exchange, process.heads.of(503), 0);
  }

  bodyFollows(nowUs: number, exchange: number): void {
    const job = this.jobOfExchange[exchange] as number;
    if (job < 0 || this.jobs.rows[(job << 4) | JobField.STATE] !== JobState.AWAITS_BODY) return;
    this.serve(nowUs, this.processOf(job), job);
  }

  /** The requester of an exchange is gone. */
  abandoned(nowUs: number, exchange: number): void {
    const job = exchange < this.jobOfExchange.length ? (this.jobOfExchange[exchange] as number) : NOTHING;
    if (job < 0) return;
    const { jobs } = this;
    const process = this.processOf(job);
    this.jobOfExchange[exchange] = NOTHING;
    jobs.rows[(job << 4) | JobField.EXCHANGE] = NOTHING;
    this.connections.state[jobs.rows[(job << 4) | JobField.CONNECTION] as number] = ConnectionState.CLOSED;
    if (!this.noticesLeaving(process, job)) return;
    this.dropJob(nowUs, process, job, true);
    this.fillPlaces(nowUs, process);
    this.tellLevel(nowUs, process);
  }

  /** An alarm of a process's service rang. */
  serviceRang(nowUs: number, process: BackendProcess, job: number): void {
    const { service } = process;
    if (!process.isShared) {
      // An alarm of a core of one's own is about one job.
      if (service.takeDue(nowUs, job) >= 0) this.finish(nowUs, process, job);
      return;
    }
    for (let due = service.takeDue(nowUs, job); due >= 0; due = service.takeDue(nowUs, job))
      this.finish(nowUs, process, due);
    service.rearm(nowUs);
  }

  /** The process dies: all its work is lost. */
  dropAll(nowUs: number, process: BackendProcess): void {
    const { jobs } = this;
    for (let job = 0; job < jobs.used; job++) {
      if (
        jobs.rows[(job << 4) | JobField.STATE] !== JobState.FREE &&
        jobs.rows[(job << 4) | JobField.BACKEND] === process.index
      )
        this.dropJob(nowUs, process, job, (jobs.rows[(job << 4) | JobField.EXCHANGE] as number) < 0);
    }
    const { running, serving, queue } = process;
    invariant(running === 0 && serving === 0 && queue.length === 0, "a dead process has no work");
    this.tellLevel(nowUs, process);
  }

  /** A process that hung goes on: sends what was due, and notices who has left. */
  resume(nowUs: number, process: BackendProcess): void {
    const { jobs } = this;
    for (let job = 0; job < jobs.used; job++) {
      if (
        jobs.rows[(job << 4) | JobField.STATE] === JobState.FREE ||
        jobs.rows[(job << 4) | JobField.BACKEND] !== process.index
      )
        continue;
      if ((jobs.rows[(job << 4) | JobField.EXCHANGE] as number) < 0) {
        if (this.noticesLeaving(process, job)) this.dropJob(nowUs, process, job, true);
      } else if (jobs.rows[(job << 4) | JobField.STATE] === JobState.AWAITS_BODY) this.sendContinue(process, job);
    }
    this.fillPlaces(nowUs, process);
    this.tellLevel(nowUs, process);
  }

  // ------------------------------------------------------------ steps

  private takeJob(
    process: BackendProcess,
    connection: number,
    exchange: number,
    request: number,
    what: ForwardedRequest,
    coinAddress: number,
  ): number {
    const { jobs } = this;
    const job = jobs.take();
    const { rows } = jobs;
    const at = job << 4;
    const tries = this.journal.rows;
    const tryAt = request << 4;
    const classIndex = tries[tryAt | TryField.CLASS] as number;
    rows[at | JobField.BACKEND] = process.index;
    rows[at | JobField.EXCHANGE] = exchange;
    rows[at | JobField.CONNECTION] = connection;
    rows[at | JobField.REQUEST] = request;
    rows[at | JobField.SERIAL] = tries[tryAt | TryField.SERIAL] as number;
    rows[at | JobField.COIN_ADDRESS] = coinAddress;
    rows[at | JobField.UPGRADE] = what.upgrade === null ? 0 : 1;
    rows[at | JobField.EXPECTS_CONTINUE] = what.expectContinue ? 1 : 0;
    jobs.times[(job << 3) | JobTime.DEMAND] = process.demand.of(
      classIndex,
      tries[tryAt | TryField.CLIENT] as number,
      tries[tryAt | TryField.SESSION] as number,
      tries[tryAt | TryField.ORDINAL] as number,
    );
    this.jobOfExchange[exchange] = job;
    if (process.hasSessions && (this.classes[classIndex] as RequestClass).hasSession)
      this.application.read(process, job, request, what);
    return job;
  }

  /** A place is free for the job. */
  private begin(nowUs: number, process: BackendProcess, job: number): void {
    process.running++;
    if (this.jobs.rows[(job << 4) | JobField.EXPECTS_CONTINUE] === 0) {
      this.serve(nowUs, process, job);
      return;
    }
    this.jobs.rows[(job << 4) | JobField.STATE] = JobState.AWAITS_BODY;
    if (!process.conditions.isHung) this.sendContinue(process, job);
  }

  private sendContinue(process: BackendProcess, job: number): void {
    if (!process.conditions.isHole)
      (this.net as BackendNet).interim(this.jobs.rows[(job << 4) | JobField.EXCHANGE] as number, 100);
  }

  private serve(nowUs: number, process: BackendProcess, job: number): void {
    const { jobs } = this;
    process.book(nowUs);
    process.serving++;
    jobs.rows[(job << 4) | JobField.STATE] = JobState.RUNNING;
    jobs.times[(job << 3) | JobTime.STARTED] = nowUs;
    jobs.times[(job << 3) | JobTime.DEMAND] = process.demand.whenCold(
      jobs.times[(job << 3) | JobTime.DEMAND] as number,
      nowUs - process.startedUs,
    );
    process.service.add(nowUs, job);
  }

  /** The work on a job is done. */
  private finish(nowUs: number, process: BackendProcess, job: number): void {
    const { jobs } = this;
    this.leaveService(nowUs, process);
    process.running--;
    const exchange = jobs.rows[(job << 4) | JobField.EXCHANGE] as number;
    if (exchange < 0) {
      const wastedUs = Math.round((jobs.times[(job << 3) | JobTime.DEMAND] as number) / process.spec.speed);
      this.listener.workWasted(nowUs, process.index, wastedUs);
      jobs.release(job);
    } else if (process.conditions.isHole) this.detach(job);
    else this.answer(nowUs, process, job, exchange);
    this.fillPlaces(nowUs, process);
    this.tellLevel(nowUs, process);
  }

  private answer(nowUs: number, process: BackendProcess, job: number, exchange: number): void {
    const { jobs } = this;
    const connection = jobs.rows[(job << 4) | JobField.CONNECTION] as number;
    const after = this.writer.answer(this.net as BackendNet, nowUs, process, job, exchange);
    if (after === After.TUNNEL) {
      jobs.rows[(job << 4) | JobField.STATE] = JobState.TUNNEL;
      return;
    }
    this.detach(job);
    this.afterAnswer(nowUs, process, connection, after === After.STAYS_OPEN);
  }

  private afterAnswer(nowUs: number, process: BackendProcess, connection: number, staysOpen: boolean): void {
    if (staysOpen) this.connections.becameIdle(nowUs, connection, process.spec.keepAliveIdleUs, this.net as BackendNet);
    else this.connections.state[connection] = ConnectionState.CLOSED;
  }

  private fillPlaces(nowUs: number, process: BackendProcess): void {
    while (process.queue.length > 0 && process.running < process.spec.concurrency)
      this.begin(nowUs, process, process.queue.shift());
  }

  private leaveService(nowUs: number, process: BackendProcess): void {
    process.book(nowUs);
    process.serving--;
    invariant(process.serving >= 0, "what ends on a core was begun there");
    this.listener.workDone(nowUs, process.index, process.takeBusyUs());
  }

  private detach(job: number): void {
    const exchange = this.jobs.rows[(job << 4) | JobField.EXCHANGE] as number;
    if (exchange >= 0) this.jobOfExchange[exchange] = NOTHING;
    this.jobs.release(job);
  }

  private tellLevel(nowUs: number, process: BackendProcess): void {
    this.listener.backendLevel(nowUs, process.index, process.running, process.queue.length);
  }

  private processOf(job: number): BackendProcess {
    return this.processes[this.jobs.rows[(job << 4) | JobField.BACKEND] as number] as BackendProcess;
  }

  /** Whether a job ends early because its requester is gone. Nothing is noticed through a black hole or while hanging. */
  private noticesLeaving(process: BackendProcess, job: number): boolean {
    const state = this.jobs.rows[(job << 4) | JobField.STATE] as number;
    if (state === JobState.TUNNEL) return true;
    if (process.conditions.isHole || process.conditions.isHung) return false;
    return process.spec.whenClientGone === "cancel" || this.awaitsBody(job);
  }

  /** A body that was not sent yet never comes. */
  private awaitsBody(job: number): boolean {
    const state = this.jobs.rows[(job << 4) | JobField.STATE] as number;
    return (
      this.jobs.rows[(job << 4) | JobField.EXPECTS_CONTINUE] === 1 &&
      (state === JobState.WAITING || state === JobState.AWAITS_BODY)
    );
  }

  /** Takes a job out wherever it stands. */
  private dropJob(nowUs: number, process: BackendProcess, job: number, countsAsWaste: boolean): void {
    const { jobs } = this;
    switch (jobs.rows[(job << 4) | JobField.STATE]) {
      case JobState.WAITING:
        process.queue.remove(job);
        break;
      case JobState.AWAITS_BODY:
        process.running--;
        break;
      case JobState.RUNNING: {
        this.leaveService(nowUs, process);
        process.running--;
        const servedUs = Math.round(process.service.remove(nowUs, job) / process.spec.speed);
        if (countsAsWaste && servedUs > 0) this.listener.workWasted(nowUs, process.index, servedUs);
        break;
      }
      default:
    }
    this.detach(job);
  }
}
