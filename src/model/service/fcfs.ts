import { BackendWake } from "../backends/backend-wake.ts";
import { JobField, type JobTable, JobTime } from "../backends/job-table.ts";
import type { Alarm } from "../sides.ts";
import { wakeId } from "../wake-id.ts";
import { type Service, TOLERANCE_US } from "./service.ts";

/**
 * Every running request has a core of its own, so it ends demand ÷ speed after it began, whatever else runs. Who waits
 * enters in the order of arrival; with concurrency c this is the G/G/c queue.
 */
export class Fcfs implements Service {
  alarm: Alarm | null = null;
  private speed: number;
  private readonly jobs: JobTable;
  private readonly backend: number;

  constructor(jobs: JobTable, backend: number, speed: number) {
    this.jobs = jobs;
    this.backend = backend;
    this.speed = speed;
  }

  add(nowUs: number, job: number): void {
    const jobs = this.jobs;
    jobs.rows[(job << 4) | JobField.IN_SERVICE] = 1;
    jobs.times[(job << 3) | JobTime.REMAINING] = jobs.times[(job << 3) | JobTime.DEMAND] as number;
    this.schedule(nowUs, job);
  }

  remove(nowUs: number, job: number): number {
    this.settle(nowUs, job);
    this.jobs.rows[(job << 4) | JobField.IN_SERVICE] = 0;
    return (
      (this.jobs.times[(job << 3) | JobTime.DEMAND] as number) -
      (this.jobs.times[(job << 3) | JobTime.REMAINING] as number)
    );
  }

  setSpeed(nowUs: number, speed: number): void {
    const jobs = this.jobs;
    for (let job = 0; job < jobs.used; job++) {
      if (
        jobs.rows[(job << 4) | JobField.IN_SERVICE] === 1 &&
        jobs.rows[(job << 4) | JobField.BACKEND] === this.backend
      )
        this.settle(nowUs, job);
    }
    this.speed = speed;
    for (let job = 0; job < jobs.used; job++) {
      if (
        jobs.rows[(job << 4) | JobField.IN_SERVICE] === 1 &&
        jobs.rows[(job << 4) | JobField.BACKEND] === this.backend
      )
        this.schedule(nowUs, job);
    }
  }

  takeDue(nowUs: number, job: number): number {
    const jobs = this.jobs;
    // An alarm of a job that was moved, removed, or whose id was reused rings at another instant than its finish.
    if (jobs.rows[(job << 4) | JobField.IN_SERVICE] === 0 || jobs.times[(job << 3) | JobTime.FINISH] !== nowUs)
      return -1;
    jobs.rows[(job << 4) | JobField.IN_SERVICE] = 0;
    return job;
  }

  rearm(_nowUs: number): void {}

  /** Books what was served since the last change. */
  private settle(nowUs: number, job: number): void {
    const jobs = this.jobs;
    const served = (nowUs - (jobs.times[(job << 3) | JobTime.SINCE] as number)) * this.speed;
    jobs.times[(job << 3) | JobTime.REMAINING] = Math.max(
      0,
      (jobs.times[(job << 3) | JobTime.REMAINING] as number) - served,
    );
    jobs.times[(job << 3) | JobTime.SINCE] = nowUs;
  }

  private schedule(nowUs: number, job: number): void {
    const jobs = this.jobs;
    jobs.times[(job << 3) | JobTime.SINCE] = nowUs;
    if (this.speed === 0) {
      jobs.times[(job << 3) | JobTime.FINISH] = Number.POSITIVE_INFINITY;
      return;
    }
    const finishUs =
      nowUs + Math.ceil((jobs.times[(job << 3) | JobTime.REMAINING] as number) / this.speed - TOLERANCE_US);
    jobs.times[(job << 3) | JobTime.FINISH] = finishUs;
    (this.alarm as Alarm).wakeAt(finishUs, wakeId(BackendWake.JOB, job));
  }
}
