/**
 * Runs tasks somewhere and gives results by index. A task is one self-contained JSON value (texts inlined, no paths), so
 * that threads or machines can stand behind this interface; results are used in task order, never in completion order.
 */
export interface Executor {
  /**
   * `onDone` is called as tasks finish, in any order, with how many have finished, which one it was and what it gave.
   * Answers results by index; those of tasks that were not run because the executor was told to stop are undefined.
   * May be called again while an earlier call goes on.
   */
  run<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number, index: number, result: Result) => void,
  ): Promise<(Result | undefined)[]>;
}
