import { availableParallelism } from "node:os";
import { Tinypool } from "tinypool";
import type { StoppableExecutor } from "./stoppable-executor.ts";

/** Fewer tasks than this per thread do not repay the start of a worker (about 40 ms each). */
const LEAST_TASKS_PER_THREAD = 3;

/**
 * Runs tasks on worker threads, also when there is only one: this thread stays free to hear signals while a long
 * replication runs. Results come by index whatever the order in which they were made.
 */
export class ThreadExecutor implements StoppableExecutor {
  private readonly threads: number;
  private pool: Tinypool | null = null;
  private isStopped = false;

  /** `threads` null = all cores. */
  constructor(threads: number | null) {
    this.threads = threads ?? availableParallelism();
  }

  stop(): void {
    this.isStopped = true;
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
    this.pool = null;
  }

  async run<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number) => void,
  ): Promise<(Result | undefined)[]> {
    this.pool ??= new Tinypool({
      filename: new URL("./thread-worker.js", import.meta.url).href,
      minThreads: 1,
      maxThreads: this.threads,
      idleTimeout: 60_000,
    });
    const { pool } = this;
    const results: (Result | undefined)[] = new Array(tasks.length).fill(undefined);
    let next = 0;
    let finished = 0;
    const work = async (): Promise<void> => {
      while (next < tasks.length && !this.isStopped) {
        const index = next++;
        results[index] = (await pool.run(tasks[index])) as Result;
        onDone?.(++finished);
      }
    };
    const lanes = Math.max(1, Math.min(this.threads, Math.floor(tasks.length / LEAST_TASKS_PER_THREAD)));
    await Promise.all(Array.from({ length: lanes }, work));
    return results;
  }
}
