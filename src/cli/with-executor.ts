import type { Executor } from "../experiment/executor.ts";
import { ExitCode } from "./exit-code.ts";
import type { CommandHost } from "./host/command-host.ts";
import type { Journal } from "./host/journal.ts";
import { JournalExecutor } from "./host/journal-executor.ts";
import type { Output } from "./host/output.ts";
import { Progress } from "./host/progress.ts";

/**
 * Lets `work` run tasks on threads, every finished one kept in the journal, with a progress line. Ctrl-C lets the running
 * tasks finish and starts no more; a second one ends the process.
 */
export async function withExecutor<Answer>(
  host: CommandHost,
  threads: number | null,
  journal: Journal,
  output: Output,
  work: (executor: Executor, onProgress: (done: number, of: number) => void) => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly wasInterrupted: boolean }> {
  const executor = new JournalExecutor(host.makeExecutor(threads), journal);
  const progress = new Progress(output);
  let interrupts = 0;
  const unlisten = host.listenForInterrupts(() => {
    progress.end();
    if (++interrupts > 1) return host.exitNow(ExitCode.INTERRUPTED);
    executor.stop();
    output.fail("stopping after the replications that run now; Ctrl-C again ends at once, without a report\n");
    output.fail("the same command with --resume goes on with what is finished\n");
  });
  try {
    const answer = await work(executor, (done, of) => progress.update(done, of));
    return { answer, wasInterrupted: interrupts > 0 };
  } finally {
    progress.end();
    await executor.close();
    unlisten();
  }
}
