import { BackendWake } from "../../../src/model/backends/backend-wake.ts";
import { JobTable, JobTime } from "../../../src/model/backends/job-table.ts";
import type { Service } from "../../../src/model/service/service.ts";
import type { Alarm } from "../../../src/model/sides.ts";
import { wakeIndex, wakeKind } from "../../../src/model/wake-id.ts";

/** What happens to a service under test: a job of some demand enters, a job leaves early, the speed changes. */
export type Step =
  | { readonly atUs: number; readonly enter: string; readonly demandUs: number }
  | { readonly atUs: number; readonly leave: string }
  | { readonly atUs: number; readonly speed: number };

export interface Schedule {
  /** When each job ended. */
  readonly finish: Record<string, number>;
  /** Demand that was served of each job that left early. */
  readonly served: Record<string, number>;
  readonly alarms: number;
}

/** Runs a service through steps, with alarms that ring in the order of time. */
export function schedule(make: (jobs: JobTable) => Service, steps: readonly Step[]): Schedule {
  const jobs = new JobTable();
  const service = make(jobs);
  const alarms: { timeUs: number; id: number }[] = [];
  let rung = 0;
  service.alarm = { wakeAt: (timeUs: number, id: number) => void alarms.push({ timeUs, id }) } as unknown as Alarm;
  const names = new Map<number, string>();
  const jobOf: Record<string, number> = {};
  const finish: Record<string, number> = {};
  const served: Record<string, number> = {};
  const ring = (untilUs: number): void => {
    for (;;) {
      alarms.sort((a, b) => a.timeUs - b.timeUs);
      const next = alarms[0];
      if (next === undefined || next.timeUs > untilUs) return;
      alarms.shift();
      rung++;
      const job = wakeKind(next.id) === BackendWake.JOB ? wakeIndex(next.id) : -1;
      for (let due = service.takeDue(next.timeUs, job); due >= 0; due = service.takeDue(next.timeUs, job)) {
        finish[names.get(due) as string] = next.timeUs;
        jobs.release(due);
      }
      service.rearm(next.timeUs);
    }
  };
  for (const step of steps) {
    ring(step.atUs);
    if ("enter" in step) {
      const job = jobs.take();
      names.set(job, step.enter);
      jobOf[step.enter] = job;
      jobs.times[(job << 3) | JobTime.DEMAND] = step.demandUs;
      service.add(step.atUs, job);
    } else if ("leave" in step) {
      const job = jobOf[step.leave] as number;
      served[step.leave] = service.remove(step.atUs, job);
      jobs.release(job);
    } else service.setSpeed(step.atUs, step.speed);
  }
  ring(Number.POSITIVE_INFINITY);
  return { finish, served, alarms: rung };
}
