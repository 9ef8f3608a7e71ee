import { describe, expect, it } from "vitest";
import { Draws } from "../../../src/engine/random/draws.ts";
import { JobTable, JobTime } from "../../../src/model/backends/job-table.ts";
import { JobHeap } from "../../../src/model/service/job-heap.ts";

describe("JobHeap", () => {
  it("hands out jobs by finish and then by arrival, also when some were taken out of the middle", () => {
    const jobs = new JobTable();
    const heap = new JobHeap(jobs);
    const draws = new Draws(1, 0, "test");
    const all: number[] = [];
    for (let i = 0; i < 300; i++) {
      const job = jobs.take();
      jobs.times[(job << 3) | JobTime.FINISH] = Math.floor(draws.at(i).next() * 40);
      heap.push(job);
      all.push(job);
    }
    const gone = new Set(all.filter((job) => job % 3 === 0));
    for (const job of gone) heap.remove(job);
    const expected = all
      .filter((job) => !gone.has(job))
      .sort(
        (a, b) =>
          (jobs.times[(a << 3) | JobTime.FINISH] as number) - (jobs.times[(b << 3) | JobTime.FINISH] as number) ||
          a - b,
      );
    const popped: number[] = [];
    while (heap.size > 0) {
      const job = heap.top();
      heap.remove(job);
      popped.push(job);
    }
    expect(popped).toEqual(expected);
  });
});
