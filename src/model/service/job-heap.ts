import { longerInt32 } from "../../engine/growing.ts";
import { JobField, type JobTable, JobTime } from "../backends/job-table.ts";

/**
 * Binary heap of jobs by (finishUs, order of arrival). `heapPlace` in the table says where a job stands, so that one in
 * the middle can be taken out.
 */
export class JobHeap {
  size = 0;
  private heap = new Int32Array(16);
  private readonly jobs: JobTable;

  constructor(jobs: JobTable) {
    this.jobs = jobs;
  }

  /** The first job; only when `size` > 0. */
  top(): number {
    return this.heap[0] as number;
  }

  push(job: number): void {
    if (this.size === this.heap.length) this.heap = longerInt32(this.heap, this.size * 2);
    this.up(this.size++, job);
  }

  remove(job: number): void {
    const place = this.jobs.rows[(job << 4) | JobField.HEAP_PLACE] as number;
    const last = this.heap[--this.size] as number;
    if (place === this.size) return;
    if (this.before(last, job)) this.up(place, last);
    else this.down(place, last);
  }

  private before(a: number, b: number): boolean {
    const { times } = this.jobs;
    const difference = (times[(a << 3) | JobTime.FINISH] as number) - (times[(b << 3) | JobTime.FINISH] as number);
    if (difference !== 0) return difference < 0;
    return (times[(a << 3) | JobTime.ORDER] as number) < (times[(b << 3) | JobTime.ORDER] as number);
  }

  private up(from: number, job: number): void {
    const { heap } = this;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent] as number;
      if (!this.before(job, above)) break;
      this.put(place, above);
      place = parent;
    }
    this.put(place, job);
  }

  private down(from: number, job: number): void {
    const { heap, size } = this;
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && this.before(heap[child + 1] as number, heap[child] as number)) child++;
      const below = heap[child] as number;
      if (!this.before(below, job)) break;
      this.put(place, below);
      place = child;
    }
    this.put(place, job);
  }

  private put(place: number, job: number): void {
    this.heap[place] = job;
    this.jobs.rows[(job << 4) | JobField.HEAP_PLACE] = place;
  }
}
