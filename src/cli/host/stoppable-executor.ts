import type { Executor } from "../../experiment/executor.ts";

/** An executor that can be told to finish what runs and start nothing more. */
export interface StoppableExecutor extends Executor {
  stop(): void;
  /** Ends its threads; call once, after the last run. */
  close(): Promise<void>;
}
