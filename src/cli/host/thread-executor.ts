import { availableParallelism } from "node:os";
import { Tinypool } from "tinypool";
import type { StoppableExecutor } from "./stoppable-executor.ts";
import { anotherWorkerPays, WORKER_START_MS } from "./worker-pays.ts";

/** A task on its way, and whom to tell. */
interface Job {
  readonly task: unknown;
  done(result: unknown): void;
  failed(error: unknown): void;
  /** It was not begun and will not be. */
  dropped(): void;
}

/**
 * Runs tasks on worker threads, also when there is only one: this thread stays free to hear signals while a long
 * replication runs. All calls share one queue, first come, first served; results come by index whatever the order in
 * which they were made. It begins with one worker and adds another only where that pays, judged by how long the tasks
 * take that have run.
 */
export class ThreadExecutor implements StoppableExecutor {
  private readonly threads: number;
  private pool: Tinypool | null = null;
  private readonly queue: Job[] = [];
  private lanes = 0;
  private isStopped = false;
  private finished = 0;
  private finishedMs = 0;
  private longestRunningSinceMs: number | null = null;
  private timer: NodeJS.Timeout | null = null;

  /** `threads` null = all cores. */
  constructor(threads: number | null) {
    this.threads = threads ?? availableParallelism();
  }

  stop(): void {
    this.isStopped = true;
    for (const job of this.queue.splice(0)) job.dropped();
  }

  async close(): Promise<void> {
    this.stop();
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.pool?.destroy();
    this.pool = null;
  }

  run<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number, index: number, result: Result) => void,
  ): Promise<(Result | undefined)[]> {
    const results: (Result | undefined)[] = new Array(tasks.length).fill(undefined);
    if (tasks.length === 0 || this.isStopped) return Promise.resolve(results);
    return new Promise((resolve, reject) => {
      let finished = 0;
      let left = tasks.length;
      const settled = () => {
        if (--left === 0) resolve(results);
      };
      for (const [index, task] of tasks.entries())
        this.queue.push({
          task,
          done: (result) => {
            results[index] = result as Result;
            onDone?.(++finished, index, result as Result);
            settled();
          },
          failed: reject,
          dropped: settled,
        });
      this.grow();
    });
  }

  /** Starts another lane when the queue repays its worker. */
  private grow(): void {
    const meanMs = this.meanTaskMs();
    if (this.lanes === 0 || anotherWorkerPays(this.queue.length, meanMs, this.lanes, this.threads)) {
      this.lanes++;
      void this.lane(this.lanes === 1);
    }
    // While the first tasks run nothing is known yet but for how long they have been running.
    if (this.timer === null && this.lanes < this.threads && this.queue.length > 0)
      this.timer = setInterval(() => this.growLater(), WORKER_START_MS / 2).unref();
  }

  private growLater(): void {
    if (this.lanes > 0 && this.lanes < this.threads && this.queue.length > 0) {
      this.grow();
    } else if (this.timer !== null) {
      clearInterval(this.timer);
      this.timer = null;
    }
  }

  /** Mean of the tasks that have ended; before the first one has, how long it has been running. */
  private meanTaskMs(): number {
    if (this.finished > 0) return this.finishedMs / this.finished;
    const since = this.longestRunningSinceMs;
    return since === null ? 0 : Math.max(0, performance.now() - since - WORKER_START_MS);
  }

  private async lane(isFirst: boolean): Promise<void> {
    this.pool ??= new Tinypool({
      filename: new URL("./thread-worker.js", import.meta.url).href,
      minThreads: 1,
      maxThreads: this.threads,
      idleTimeout: 60_000,
    });
    let startMs = this.finished === 0 || !isFirst ? WORKER_START_MS : 0;
    for (let job = this.queue.shift(); job !== undefined; job = this.queue.shift()) {
      const beganMs = performance.now();
      this.longestRunningSinceMs ??= beganMs;
      try {
        job.done(await this.pool.run(job.task));
      } catch (error) {
        job.failed(error);
      }
      this.finished++;
      this.finishedMs += Math.max(0, performance.now() - beganMs - startMs);
      startMs = 0;
      this.grow();
    }
    this.lanes--;
  }
}
