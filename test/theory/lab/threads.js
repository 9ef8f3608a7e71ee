import { Worker } from "node:worker_threads";

/**
 * Runs all replications of cases on threads. Which thread runs what does not matter: every replication has draws of its
 * own and the results are kept by their numbers.
 *
 * @param {"short" | "long"} list
 * @param {readonly { index: number, replications: number }[]} wanted cases by their place in the list
 * @param {number} threads
 * @param {(index: number, runs: { values: number[], requests: number }[]) => void} [done] called once per case
 * @returns {Promise<Map<number, { values: number[], requests: number }[]>>} runs by place in the list
 */
export function runOnThreads(list, wanted, threads, done = () => {}) {
  const tasks = wanted.flatMap(({ index, replications }) =>
    Array.from({ length: replications }, (_, replication) => ({ list, index, replication })),
  );
  const runs = new Map(wanted.map(({ index }) => [index, []]));
  const left = new Map(wanted.map(({ index, replications }) => [index, replications]));
  let next = 0;
  const work = (worker) =>
    new Promise((resolve, reject) => {
      const give = () => (next < tasks.length ? worker.postMessage(tasks[next++]) : resolve(undefined));
      worker.on("error", reject);
      worker.on("message", ({ index, replication, run }) => {
        runs.get(index)[replication] = run;
        left.set(index, left.get(index) - 1);
        if (left.get(index) === 0) done(index, runs.get(index));
        give();
      });
      give();
    });
  const workers = Array.from({ length: threads }, () => new Worker(new URL("./thread.js", import.meta.url)));
  return Promise.all(workers.map(work))
    .then(() => runs)
    .finally(() => Promise.all(workers.map((worker) => worker.terminate())));
}
