/**
 * What one more worker costs before it earns: start of the thread, loading of the modules and the first, uncompiled run
 * of their code. Measured with Node 22 on the machine of docs/reference/performance.md: 250 to 300 ms.
 */
export const WORKER_START_MS = 250;

/**
 * Whether one more worker beside `workers` ends the queue earlier, when its tasks take `taskMs` each: what it takes off
 * the others must be more than its own start.
 */
export function anotherWorkerPays(queued: number, taskMs: number, workers: number, mostWorkers: number): boolean {
  if (workers >= mostWorkers || queued === 0) return false;
  const waitingMs = queued * taskMs;
  return waitingMs / workers - waitingMs / (workers + 1) > WORKER_START_MS;
}
