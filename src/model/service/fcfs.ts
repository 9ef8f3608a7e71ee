import { BackendWake } from "../backends/backend-wake.ts";
import type { JobTable } from "../backends/job-table.ts";
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
    jobs.inService[job] = 1;
    jobs.remainingUs[job] = jobs.demandUs[job] as number;
    this.schedule(nowUs, job);
  }

  remove(nowUs: number, job: number): number {
    this.settle(nowUs, job);
    this.jobs.inService[job] = 0;
    return (this.jobs.demandUs[job] as number) - (this.jobs.remainingUs[job] as number);
  }

  setSpeed(nowUs: number, speed: number): void {
    const jobs = this.jobs;
    for (let job = 0; job < jobs.used; job++) {
      if (jobs.inService[job] === 1 && jobs.backend[job] === this.backend) this.settle(nowUs, job);
    }
    this.speed = speed;
    for (let job = 0; job < jobs.used; job++) {
      if (jobs.inService[job] === 1 && jobs.backend[job] === this.backend) this.schedule(nowUs, job);
    }
  }

  takeDue(nowUs: number, job: number): number {
    const jobs = this.jobs;
    // An alarm of a job that was moved, removed, or whose id was reused rings at another instant than its finish.
    if (jobs.inService[job] === 0 || jobs.finishUs[job] !== nowUs) return -1;
    jobs.inService[job] = 0;
    return job;
  }

  rearm(_nowUs: number): void {}

  /** Books what was served since the last change. */
  private settle(nowUs: number, job: number): void {
    const jobs = this.jobs;
    const served = (nowUs - (jobs.sinceUs[job] as number)) * this.speed;
    jobs.remainingUs[job] = Math.max(0, (jobs.remainingUs[job] as number) - served);
    jobs.sinceUs[job] = nowUs;
  }

  private schedule(nowUs: number, job: number): void {
    const jobs = this.jobs;
    jobs.sinceUs[job] = nowUs;
    if (this.speed === 0) {
      jobs.finishUs[job] = Number.POSITIVE_INFINITY;
      return;
    }
    const finishUs = nowUs + Math.ceil((jobs.remainingUs[job] as number) / this.speed - TOLERANCE_US);
    jobs.finishUs[job] = finishUs;
    (this.alarm as Alarm).wakeAt(finishUs, wakeId(BackendWake.JOB, job));
  }
}
