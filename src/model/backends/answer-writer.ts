import type { ResponseHead } from "../../contract/http-message.ts";
import type { Draws } from "../../engine/random/draws.ts";
import type { RequestClass } from "../clients/request-class.ts";
import { eitherRate } from "../faults/conditions.ts";
import { sizeOf } from "../sampled.ts";
import { type RequestJournal, TryField } from "../sessions/request-journal.ts";
import type { BackendNet } from "../sides.ts";
import type { WorldRecords } from "../world-records.ts";
import type { BackendProcess } from "./backend-process.ts";
import { Coin, type ErrorCoins } from "./error-coins.ts";
import { JobField, type JobTable } from "./job-table.ts";
import type { SessionApplication } from "./session-application.ts";

/** What becomes of the connection after an answer. */
export const After = {
  STAYS_OPEN: 0,
  CLOSED: 1,
  /** It is a tunnel now. */
  TUNNEL: 2,
} as const;

/** Sends the answers to finished jobs: status by chance and class, session, size. */
export class AnswerWriter {
  private readonly classes: readonly RequestClass[];
  private readonly constantBytes: Float64Array;
  private readonly journal: RequestJournal;
  private readonly jobs: JobTable;
  private readonly application: SessionApplication;
  private readonly coins: ErrorCoins;
  private readonly sizeDraws: Draws;

  constructor(
    records: WorldRecords,
    jobs: JobTable,
    application: SessionApplication,
    coins: ErrorCoins,
    sizeDraws: Draws,
  ) {
    this.classes = records.classes;
    this.constantBytes = Float64Array.from(records.classes, ({ spec }) =>
      spec.responseBytes.cv2 === 0 ? sizeOf(spec.responseBytes.mean) : -1,
    );
    this.journal = records.journal;
    this.jobs = jobs;
    this.application = application;
    this.coins = coins;
    this.sizeDraws = sizeDraws;
  }

  /** Answers a job whose requester is there. Answers one of After. */
  answer(net: BackendNet, nowUs: number, process: BackendProcess, job: number, exchange: number): number {
    const { application, journal } = this;
    const jobRow = this.jobs.rows;
    const at = job << 4;
    const request = jobRow[at | JobField.REQUEST] as number;
    if (journal.rows[(request << 4) | TryField.SERIAL] !== jobRow[at | JobField.SERIAL]) {
      // Everybody else is done with the try and its id is in use again: nobody will hear this answer.
      net.answer(exchange, process.heads.of(200), 0);
      return After.STAYS_OPEN;
    }
    const kind = this.classes[journal.rows[(request << 4) | TryField.CLASS] as number] as RequestClass;
    const coins = jobRow[at | JobField.COIN_ADDRESS] as number;
    const failed = process.mayFail ? this.errorStatus(process, request, coins) : 0;
    let status = failed;
    if (failed === 0) status = !kind.isTunnel ? 200 : jobRow[at | JobField.UPGRADE] === 1 ? 101 : 426;
    let head: ResponseHead;
    if (failed === 0 && process.hasSessions && kind.hasSession)
      head = application.handle(nowUs, process, job, request, status);
    else {
      application.ignore();
      head = process.heads.of(status);
    }
    const hides = process.mayFail && status === 200 && this.hidesError(process, request, coins);
    journal.answered(request, application.state, application.stateSerial, application.isNew, hides);
    if (head.status === 101) {
      net.answerHead(exchange, head);
      return After.TUNNEL;
    }
    const bytes = this.bytesOf(request);
    if (process.mayFail && this.breaksOff(process, request, coins)) {
      net.answerHead(exchange, head);
      if (bytes > 1) net.answerBody(exchange, Math.floor(bytes / 2));
      net.breakOff(exchange, false);
      return After.CLOSED;
    }
    net.answer(exchange, head, bytes);
    return head.keepAlive ? After.STAYS_OPEN : After.CLOSED;
  }

  /** Status of an answer that fails by chance, or 0. One coin for the fault's errors and the backend's own. */
  private errorStatus(process: BackendProcess, request: number, coins: number): number {
    const { conditions, spec } = process;
    if (conditions.errorRate === 0 && spec.errors.rate === 0) return 0;
    const coin = this.coins.throw(request, coins, Coin.ERROR);
    if (coin < conditions.errorRate) return conditions.errorStatus;
    return coin < eitherRate(conditions.errorRate, spec.errors.rate) ? spec.errors.status : 0;
  }

  private hidesError(process: BackendProcess, request: number, coins: number): boolean {
    const { conditions, spec } = process;
    if (conditions.hiddenErrorRate === 0 && spec.hiddenErrors === 0) return false;
    const rate = eitherRate(conditions.hiddenErrorRate, spec.hiddenErrors);
    return this.coins.throw(request, coins, Coin.HIDDEN) < rate;
  }

  private breaksOff(process: BackendProcess, request: number, coins: number): boolean {
    const { truncateRate } = process.conditions;
    return truncateRate > 0 && this.coins.throw(request, coins, Coin.TRUNCATE) < truncateRate;
  }

  private bytesOf(request: number): number {
    const { rows } = this.journal;
    const at = request << 4;
    const classIndex = rows[at | TryField.CLASS] as number;
    const constant = this.constantBytes[classIndex] as number;
    if (constant >= 0) return constant;
    const draws = this.sizeDraws.at(
      rows[at | TryField.CLIENT] as number,
      rows[at | TryField.SESSION] as number,
      rows[at | TryField.ORDINAL] as number,
      1,
    );
    return sizeOf((this.classes[classIndex] as RequestClass).spec.responseBytes.sample(draws));
  }
}
