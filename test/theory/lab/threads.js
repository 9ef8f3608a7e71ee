import { Worker } from "node:worker_threads";

/**
 * Threads that run replications of cases. Which thread runs what does not matter: every replication has draws of its own
 * and the results are kept by their numbers.
 */
export class Threads {
  /** @param {number} count */
  constructor(count) {
    this.workers = Array.from({ length: count }, () => new Worker(new URL("./thread.js", import.meta.url)));
  }

  /**
   * Runs all replications of some cases of a list; one such call at a time.
   *
   * @param {"short" | "long"} list
   * @param {readonly { index: number, replications: number }[]} wanted cases by their place in the list
   * @param {(index: number, runs: { values: number[], requests: number }[]) => void} [done] called once per case
   * @returns {Promise<Map<number, { values: number[], requests: number }[]>>} runs by place in the list
   */
  async run(list, wanted, done = () => {}) {
    const tasks = wanted.flatMap(({ index, replications }) =>
      Array.from({ length: replications }, (_, replication) => ({ list, index, replication })),
    );
    const runs = new Map(wanted.map(({ index }) => [index, []]));
    const left = new Map(wanted.map(({ index, replications }) => [index, replications]));
    const queue = tasks.values();
    const finished = ({ index, replication, run }) => {
      runs.get(index)[replication] = run;
      left.set(index, left.get(index) - 1);
      if (left.get(index) === 0) done(index, runs.get(index));
    };
    await Promise.all(this.workers.map((worker) => workOff(worker, queue, finished)));
    return runs;
  }

  async close() {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** Gives a worker one task after the other until none is left. */
async function workOff(worker, queue, finished) {
  for (const task of queue) {
    finished(
      await new Promise((resolve, reject) => {
        worker.once("error", reject);
        worker.once("message", (answer) => {
          worker.off("error", reject);
          resolve(answer);
        });
        worker.postMessage(task);
      }),
    );
  }
}
