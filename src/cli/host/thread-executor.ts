import { cpus } from "node:os";
import { Tinypool } from "tinypool";
import type { Executor } from "../../experiment/executor.ts";
import { type ReplicationTask, runTask } from "../../experiment/task.ts";

/** Fewer tasks than this per thread do not repay the start of a worker (about 40 ms each). */
const LEAST_TASKS_PER_THREAD = 3;

/**
 * Runs tasks on worker threads, or in this thread when `threads` is 1 or the tasks are few. `stop` makes it finish what
 * runs and start nothing more. Results come by index whatever the order in which they were made.
 */
export class ThreadExecutor implements Executor {
  private readonly threads: number;
  private stopped = false;

  constructor(threads: number | null) {
    this.threads = threads ?? cpus().length;
  }

  stop(): void {
    this.stopped = true;
  }

  get isStopped(): boolean {
    return this.stopped;
  }

  async run<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number) => void,
  ): Promise<(Result | undefined)[]> {
    const threads = Math.min(this.threads, Math.floor(tasks.length / LEAST_TASKS_PER_THREAD));
    if (threads <= 1) return this.runHere<Task, Result>(tasks, onDone);
    return this.runOnThreads<Task, Result>(tasks, threads, onDone);
  }

  private async runHere<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number) => void,
  ): Promise<(Result | undefined)[]> {
    const results: (Result | undefined)[] = [];
    for (const task of tasks) {
      if (this.stopped) results.push(undefined);
      else {
        results.push(runTask(task as unknown as ReplicationTask) as unknown as Result);
        onDone?.(results.length);
        // Lets signals and the progress line through between two tasks.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return results;
  }

  private async runOnThreads<Task, Result>(
    tasks: readonly Task[],
    threads: number,
    onDone?: (finished: number) => void,
  ): Promise<(Result | undefined)[]> {
    const pool = new Tinypool({
      filename: new URL("./thread-worker.js", import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
    });
    const results: (Result | undefined)[] = new Array(tasks.length).fill(undefined);
    let next = 0;
    let finished = 0;
    const work = async (): Promise<void> => {
      while (next < tasks.length && !this.stopped) {
        const index = next++;
        results[index] = (await pool.run(tasks[index])) as Result;
        onDone?.(++finished);
      }
    };
    try {
      await Promise.all(Array.from({ length: threads }, work));
    } finally {
      await pool.destroy();
    }
    return results;
  }
}
