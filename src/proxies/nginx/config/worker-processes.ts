/** Processors that `worker_processes auto` is taken to find. Stated assumption: nothing in the file tells. */
export const ASSUMED_PROCESSORS = 4;

/** Worker processes of a `worker_processes` line, null = no line. */
export function workerProcessCount(word: string | null): number {
  if (word === null) return 1;
  return word === "auto" ? ASSUMED_PROCESSORS : Math.max(1, Number(word));
}
