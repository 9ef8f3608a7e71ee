import { describe, expect, it } from "vitest";
import { JobQueue } from "../../../src/model/backends/job-queue.ts";
import { JobTable } from "../../../src/model/backends/job-table.ts";

describe("JobQueue", () => {
  it("is first come first served, also when some give up at head, middle and tail", () => {
    const jobs = new JobTable();
    const queue = new JobQueue(jobs);
    const [a, b, c, d, e] = Array.from({ length: 5 }, () => jobs.take()) as [number, number, number, number, number];
    for (const job of [a, b, c, d, e]) queue.push(job);
    for (const job of [a, c, e]) queue.remove(job);
    expect([queue.length, queue.shift(), queue.shift(), queue.shift(), queue.length]).toEqual([2, b, d, -1, 0]);
    queue.push(c);
    expect(queue.shift()).toBe(c);
  });
});
