import { readFileSync } from "node:fs";
import { listenForInterrupts } from "./interrupts.ts";
import type { StoppableExecutor } from "./stoppable-executor.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { ThreadExecutor } from "./thread-executor.ts";

/** The machine under the commands: streams, threads, signals. Injected, so that commands can be tested. */
export interface CommandHost {
  readonly terminal: Terminal;
  /** `threads` null = all cores. */
  makeExecutor(threads: number | null): StoppableExecutor;
  /** Calls `onInterrupt` at every Ctrl-C until the answered function is called. */
  listenForInterrupts(onInterrupt: () => void): () => void;
  /** Ends the process at once. */
  exitNow(code: number): void;
  /** The bundled script of the report page. */
  pageScript(): string;
}

/** This process on this machine. */
export function processHost(): CommandHost {
  return {
    terminal: processTerminal(),
    makeExecutor: (threads) => new ThreadExecutor(threads),
    listenForInterrupts,
    exitNow: (code) => process.exit(code),
    pageScript: () => readFileSync(new URL("../../page/report-page.js", import.meta.url), "utf8"),
  };
}
