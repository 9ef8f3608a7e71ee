import { BackendWake } from "../backends/backend-wake.ts";
import { JobQueue } from "../backends/job-queue.ts";
import { JobField, type JobTable, JobTime } from "../backends/job-table.ts";
import type { Alarm } from "../sides.ts";
import { wakeId } from "../wake-id.ts";
import { JobHeap } from "./job-heap.ts";
import { type Service, TOLERANCE_US } from "./service.ts";

/** Stands for the heap place of a job that is done. */
const DONE = -1;

/**
 * All running requests share the cores evenly: with n of them each progresses at min(1, cores/n) × speed.
 *
 * Since all progress at the same rate, one number (attained service, `attainedUs`) says for all how far they are: a job
 * that enters at attained service v with demand d ends when the attained service is v + d. So the jobs stand in a heap by
 * that value, an event costs O(log n), and nothing is recomputed for the others (Kleinrock, "Queueing Systems" II,
 * section 4.4, for the discipline). Example, one core, demands 3 and 1 entering at 0 and 1: alone until 1 (attained 1),
 * then at half speed; the second ends at attained 2, time 3, the first at attained 3, time 4.
 *
 * A job that is done between two whole µs leaves its share to the others there and then, and is reported at the next
 * whole µs: so no rounding adds up over a busy period.
 */
export class ProcessorSharing implements Service {
  alarm: Alarm | null = null;
  private attainedUs = 0;
  /** Instant up to which the attained service is worked out; between whole µs when a job ends there. */
  private sinceUs = 0;
  private speed: number;
  /** Earliest alarm that is set and has not rung. */
  private alarmUs = Number.POSITIVE_INFINITY;
  private readonly heap: JobHeap;
  /** Jobs whose work is done and whose alarm has not rung: less than 1 µs, or later in this very instant. */
  private readonly done: JobQueue;
  private readonly jobs: JobTable;
  private readonly backend: number;
  private readonly cores: number;

  constructor(jobs: JobTable, backend: number, cores: number, speed: number) {
    this.jobs = jobs;
    this.heap = new JobHeap(jobs);
    this.done = new JobQueue(jobs);
    this.backend = backend;
    this.cores = cores;
    this.speed = speed;
  }

  add(nowUs: number, job: number): void {
    this.advance(nowUs);
    const jobs = this.jobs;
    jobs.rows[(job << 4) | JobField.IN_SERVICE] = 1;
    jobs.times[(job << 3) | JobTime.FINISH] = this.attainedUs + (jobs.times[(job << 3) | JobTime.DEMAND] as number);
    this.heap.push(job);
    this.setAlarm(nowUs);
  }

  remove(nowUs: number, job: number): number {
    this.advance(nowUs);
    const jobs = this.jobs;
    const demandUs = jobs.times[(job << 3) | JobTime.DEMAND] as number;
    jobs.rows[(job << 4) | JobField.IN_SERVICE] = 0;
    if (jobs.rows[(job << 4) | JobField.HEAP_PLACE] === DONE) {
      this.done.remove(job);
      return demandUs;
    }
    this.heap.remove(job);
    this.setAlarm(nowUs);
    return demandUs - Math.max(0, (jobs.times[(job << 3) | JobTime.FINISH] as number) - this.attainedUs);
  }

  setSpeed(nowUs: number, speed: number): void {
    this.advance(nowUs);
    this.speed = speed;
    this.setAlarm(nowUs);
  }

  takeDue(nowUs: number, _job: number): number {
    if (nowUs >= this.alarmUs) this.alarmUs = Number.POSITIVE_INFINITY;
    this.advance(nowUs);
    const job = this.done.shift();
    if (job >= 0) this.jobs.rows[(job << 4) | JobField.IN_SERVICE] = 0;
    return job;
  }

  rearm(nowUs: number): void {
    this.setAlarm(nowUs);
  }

  private rate(): number {
    const n = this.heap.size;
    return n <= this.cores ? this.speed : (this.speed * this.cores) / n;
  }

  /** Works out the attained service up to `nowUs`, through every end of a job on the way. */
  private advance(nowUs: number): void {
    const { heap, jobs } = this;
    while (heap.size > 0) {
      const job = heap.top();
      const left = (jobs.times[(job << 3) | JobTime.FINISH] as number) - this.attainedUs;
      const endUs = left <= TOLERANCE_US ? this.sinceUs : this.sinceUs + left / this.rate();
      if (endUs > nowUs + TOLERANCE_US) {
        this.attainedUs += Math.max(0, nowUs - this.sinceUs) * this.rate();
        break;
      }
      this.attainedUs = jobs.times[(job << 3) | JobTime.FINISH] as number;
      this.sinceUs = endUs;
      heap.remove(job);
      jobs.rows[(job << 4) | JobField.HEAP_PLACE] = DONE;
      this.done.push(job);
    }
    // Nobody is there: count anew, so that the sum never grows beyond what a double holds exactly.
    if (heap.size === 0) this.attainedUs = 0;
    this.sinceUs = nowUs;
  }

  /** An alarm that would ring too early is left as it is and only looks again; one that would ring too late is doubled. */
  private setAlarm(nowUs: number): void {
    let dueUs = nowUs;
    if (this.done.length === 0) {
      if (this.heap.size === 0 || this.speed === 0) return;
      const left = (this.jobs.times[(this.heap.top() << 3) | JobTime.FINISH] as number) - this.attainedUs;
      dueUs = nowUs + Math.max(0, Math.ceil(left / this.rate() - TOLERANCE_US));
    }
    if (dueUs >= this.alarmUs) return;
    this.alarmUs = dueUs;
    (this.alarm as Alarm).wakeAt(dueUs, wakeId(BackendWake.SHARING, this.backend));
  }
}
