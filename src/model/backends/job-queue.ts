import type { JobTable } from "./job-table.ts";

/** The waiting requests of one backend, first come first served; one that gives up is taken out wherever it stands. */
export class JobQueue {
  length = 0;
  private head = -1;
  private tail = -1;
  private readonly jobs: JobTable;

  constructor(jobs: JobTable) {
    this.jobs = jobs;
  }

  push(job: number): void {
    const { next, previous } = this.jobs;
    next[job] = -1;
    previous[job] = this.tail;
    if (this.tail >= 0) next[this.tail] = job;
    else this.head = job;
    this.tail = job;
    this.length++;
  }

  /** The one that waits longest, taken out; -1 when nobody waits. */
  shift(): number {
    const job = this.head;
    if (job >= 0) this.remove(job);
    return job;
  }

  remove(job: number): void {
    const { next, previous } = this.jobs;
    const before = previous[job] as number;
    const after = next[job] as number;
    if (before >= 0) next[before] = after;
    else this.head = after;
    if (after >= 0) previous[after] = before;
    else this.tail = before;
    this.length--;
  }
}
