import { JobField, type JobTable } from "./job-table.ts";

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
    const { rows } = this.jobs;
    rows[(job << 4) | JobField.NEXT] = -1;
    rows[(job << 4) | JobField.PREVIOUS] = this.tail;
    if (this.tail >= 0) rows[(this.tail << 4) | JobField.NEXT] = job;
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
    const { rows } = this.jobs;
    const before = rows[(job << 4) | JobField.PREVIOUS] as number;
    const after = rows[(job << 4) | JobField.NEXT] as number;
    if (before >= 0) rows[(before << 4) | JobField.NEXT] = after;
    else this.head = after;
    if (after >= 0) rows[(after << 4) | JobField.PREVIOUS] = before;
    else this.tail = before;
    this.length--;
  }
}
