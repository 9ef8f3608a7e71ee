import type { ReplicationTask } from "../../experiment/task.ts";
import { type Journal, sha256 } from "./journal.ts";
import type { StoppableExecutor } from "./stoppable-executor.ts";

/**
 * Runs only the tasks that the journal does not hold yet, and writes each into it as soon as it has finished. A task is
 * known by the hash of all it says, so a run with more replications goes on with those of a shorter one.
 */
export class JournalExecutor implements StoppableExecutor {
  private readonly inner: StoppableExecutor;
  private readonly journal: Journal;
  private readonly experiments = new WeakMap<object, string>();

  constructor(inner: StoppableExecutor, journal: Journal) {
    this.inner = inner;
    this.journal = journal;
  }

  stop(): void {
    this.inner.stop();
  }

  async close(): Promise<void> {
    await this.inner.close();
    this.journal.close();
  }

  async run<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number, index: number, result: Result) => void,
  ): Promise<(Result | undefined)[]> {
    const keys = tasks.map((task) => this.keyOf(task as unknown as ReplicationTask));
    const results = keys.map((key) => this.journal.find(key) as Result | undefined);
    let finished = 0;
    for (const [index, result] of results.entries()) if (result !== undefined) onDone?.(++finished, index, result);
    const missing = [...keys.keys()].filter((index) => results[index] === undefined);
    const made = await this.inner.run<Task, Result>(
      missing.map((index) => tasks[index] as Task),
      (_, which, result) => {
        const index = missing[which] as number;
        this.journal.add(keys[index] as string, result);
        onDone?.(++finished, index, result);
      },
    );
    for (const [which, result] of made.entries()) results[missing[which] as number] = result;
    return results;
  }

  /** The experiment is long and the same for many tasks: it is hashed once. */
  private keyOf(task: ReplicationTask): string {
    const { experiment } = task;
    const hash = this.experiments.get(experiment) ?? sha256(JSON.stringify(experiment));
    this.experiments.set(experiment, hash);
    return sha256(JSON.stringify({ ...task, experiment: hash }));
  }
}
