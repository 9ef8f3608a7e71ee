import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Replication } from "../../src/experiment/run-replication.ts";
import { randomScenario } from "./random-scenario.ts";
import { startRun } from "./start-run.ts";

/** Books of a run, kept from what its listeners are told. */
class Books {
  lastUs = Number.NEGATIVE_INFINITY;
  timeWentBack = false;
  negativeLevel = false;
  finishedWithoutStart = 0;
  readonly open = new Set<number>();
  started = 0;
  finished = 0;
  // user requests: first try to the end of the last
  present = 0;
  begun = 0;
  ended = 0;
  integral = 0;
  sumOfStarts = 0;
  sumOfEndedStarts = 0;
  sumOfTimes = 0;
  private levelSinceUs = 0;

  constructor(run: Replication) {
    const { recorder } = run;
    tapClock(recorder, (nowUs) => this.at(nowUs));
    const { requestStarted, requestFinished, userRequestFinished, backendLevel } = recorder;
    recorder.requestStarted = (nowUs, request, identity, slot) => {
      this.at(nowUs);
      if (this.open.has(request)) this.finishedWithoutStart++;
      this.open.add(request);
      this.started++;
      if (identity.tryNumber === 0) {
        this.begun++;
        this.sumOfStarts += nowUs;
        this.change(nowUs, 1);
      }
      requestStarted.call(recorder, nowUs, request, identity, slot);
    };
    recorder.requestFinished = (nowUs, request, outcome, status) => {
      this.at(nowUs);
      if (!this.open.delete(request)) this.finishedWithoutStart++;
      this.finished++;
      requestFinished.call(recorder, nowUs, request, outcome, status);
    };
    recorder.userRequestFinished = (nowUs, startedUs, classIndex, outcome) => {
      this.at(nowUs);
      this.ended++;
      this.sumOfTimes += nowUs - startedUs;
      this.sumOfEndedStarts += startedUs;
      this.change(nowUs, -1);
      userRequestFinished.call(recorder, nowUs, startedUs, classIndex, outcome);
    };
    recorder.backendLevel = (nowUs, backend, running, waiting) => {
      this.at(nowUs);
      if (running < 0 || waiting < 0) this.negativeLevel = true;
      backendLevel.call(recorder, nowUs, backend, running, waiting);
    };
  }

  close(nowUs: number): void {
    this.change(nowUs, 0);
  }

  private at(nowUs: number): void {
    if (nowUs < this.lastUs) this.timeWentBack = true;
    this.lastUs = nowUs;
  }

  private change(nowUs: number, by: number): void {
    this.integral += this.present * (nowUs - this.levelSinceUs);
    this.levelSinceUs = nowUs;
    this.present += by;
    if (this.present < 0) this.negativeLevel = true;
  }
}

/** Looks at the clock of the calls that the books do not keep. */
function tapClock(recorder: Replication["recorder"], at: (nowUs: number) => void): void {
  const { attemptStarted, attemptEnded, requestDone, faultChanged } = recorder;
  recorder.attemptStarted = (nowUs, request, attempt, member) => {
    at(nowUs);
    attemptStarted.call(recorder, nowUs, request, attempt, member);
  };
  recorder.attemptEnded = (nowUs, request, attempt, status, failure, bytes) => {
    at(nowUs);
    attemptEnded.call(recorder, nowUs, request, attempt, status, failure, bytes);
  };
  recorder.requestDone = (nowUs, request) => {
    at(nowUs);
    requestDone.call(recorder, nowUs, request);
  };
  recorder.faultChanged = (nowUs, fault, backend, active) => {
    at(nowUs);
    faultChanged.call(recorder, nowUs, fault, backend, active);
  };
}

describe("any scenario", () => {
  it("ends every request once or leaves it unresolved, never has fewer than none in flight, and time never goes back", () => {
    fc.assert(
      fc.property(randomScenario, (random) => {
        const run = startRun(random);
        const books = new Books(run);
        run.run();
        const { metrics } = run.result();
        expect(books.finishedWithoutStart).toBe(0);
        expect(books.started).toBe(run.recorder.started);
        expect(books.started).toBe(books.finished + books.open.size);
        // A user request without an end has a try out, or pauses before its next one.
        expect(metrics.unresolved).toBe(books.present);
        expect(books.open.size).toBeLessThanOrEqual(books.present);
        expect(books.negativeLevel).toBe(false);
        expect(books.timeWentBack).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it("obeys Little's law to the microsecond: the integral of the number present is the sum of the times spent", () => {
    fc.assert(
      fc.property(randomScenario, (random) => {
        const run = startRun(random);
        const books = new Books(run);
        run.run();
        const endUs = run.drive.nowUs;
        books.close(endUs);
        expect(books.present).toBe(books.begun - books.ended);
        // Who is still there has spent the time since its start: the edge term.
        const edge = books.present * endUs - (books.sumOfStarts - books.sumOfEndedStarts);
        expect(books.integral).toBe(books.sumOfTimes + edge);
        expect(run.recorder.latency.count).toBe(books.ended);
        expect(run.recorder.latency.sum).toBe(books.sumOfTimes);
      }),
      { numRuns: 100 },
    );
  });
});
