import { Conditions } from "../faults/conditions.ts";
import { Fcfs } from "../service/fcfs.ts";
import { ProcessorSharing } from "../service/processor-sharing.ts";
import type { Service } from "../service/service.ts";
import type { BackendSpec } from "../world-spec.ts";
import { AnswerHeads } from "./answer-heads.ts";
import { JobQueue } from "./job-queue.ts";
import type { JobTable } from "./job-table.ts";
import type { ServiceDemand } from "./service-demand.ts";

/** One backend process: how it is made, what runs and waits in it, and how it fares. */
export class BackendProcess {
  readonly index: number;
  readonly spec: BackendSpec;
  readonly demand: ServiceDemand;
  readonly service: Service;
  readonly queue: JobQueue;
  readonly heads: AnswerHeads;
  readonly hasSessions: boolean;
  /** All that run share the cores; else each has one of its own. */
  readonly isShared: boolean;
  /** Answers may fail or break by chance: only then coins are thrown. */
  mayFail: boolean;
  /** Name of the session cookie, "" when sessions travel in the path. */
  readonly cookie: string;
  /** ";" and the path parameter's name, or "" when sessions travel in a cookie. */
  readonly marker: string;
  readonly conditions = new Conditions();
  /** Places taken: requests that are worked on or whose body is awaited. */
  running = 0;
  /** Requests that cores work on. */
  serving = 0;
  /** µs of demand that a core does per µs; 0 = the process stands still. */
  speed: number;
  /** Last start; at the beginning of the run all processes have been up for long. */
  startedUs = Number.NEGATIVE_INFINITY;
  private readonly cores: number;
  private busyUs = 0;
  private bookedUs = 0;

  constructor(index: number, spec: BackendSpec, demand: ServiceDemand, jobs: JobTable) {
    this.index = index;
    this.spec = spec;
    this.demand = demand;
    this.speed = spec.speed;
    this.isShared = spec.discipline === "ps";
    this.mayFail = this.canFail();
    this.cookie = spec.session.cookie;
    this.cores = this.isShared ? spec.cores : Number.POSITIVE_INFINITY;
    this.service = this.isShared
      ? new ProcessorSharing(jobs, index, spec.cores, spec.speed)
      : new Fcfs(jobs, index, spec.speed);
    this.queue = new JobQueue(jobs);
    this.heads = new AnswerHeads(spec.keepAlive);
    this.hasSessions = spec.session.store !== "none";
    this.marker = spec.session.cookie === "" ? `;${spec.session.pathParameter}` : "";
  }

  /** Whether chance has a say in answers, by the backend's own rates or by a fault's. */
  canFail(): boolean {
    const { conditions, spec } = this;
    const own = spec.errors.rate > 0 || spec.hiddenErrors > 0;
    return own || conditions.errorRate > 0 || conditions.hiddenErrorRate > 0 || conditions.truncateRate > 0;
  }

  isFull(): boolean {
    return this.running >= this.spec.concurrency && this.queue.length >= this.spec.queue;
  }

  /** Books the time that cores were busy; before every change of `serving` or `speed`. */
  book(nowUs: number): void {
    if (this.serving > 0 && this.speed > 0) this.busyUs += (nowUs - this.bookedUs) * Math.min(this.serving, this.cores);
    this.bookedUs = nowUs;
  }

  /** Core time in µs since this was last asked. */
  takeBusyUs(): number {
    const busyUs = this.busyUs;
    this.busyUs = 0;
    return busyUs;
  }
}
