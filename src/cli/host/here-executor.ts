import { type ReplicationTask, runTask } from "../../experiment/task.ts";
import type { StoppableExecutor } from "./stoppable-executor.ts";

/** Runs tasks one after the other in this thread. */
export class HereExecutor implements StoppableExecutor {
  private isStopped = false;

  stop(): void {
    this.isStopped = true;
  }

  async close(): Promise<void> {}

  async run<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number, index: number, result: Result) => void,
  ): Promise<(Result | undefined)[]> {
    const results: (Result | undefined)[] = new Array(tasks.length).fill(undefined);
    for (const [i, task] of tasks.entries()) {
      if (this.isStopped) break;
      const result = runTask(task as unknown as ReplicationTask) as unknown as Result;
      results[i] = result;
      onDone?.(i + 1, i, result);
    }
    return results;
  }
}
