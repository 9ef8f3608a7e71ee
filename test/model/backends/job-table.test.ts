import { describe, expect, it } from "vitest";
import { JobTable, JobTime } from "../../../src/model/backends/job-table.ts";

describe("JobTable", () => {
  it("gives ids again when they were released, and keeps what stands in the table while it grows", () => {
    const jobs = new JobTable();
    const first = jobs.take();
    jobs.release(first);
    expect(jobs.take()).toBe(first);
    jobs.times[(first << 3) | JobTime.DEMAND] = 7;
    const ids = new Set(Array.from({ length: 1000 }, () => jobs.take()));
    expect([ids.size, ids.has(first), jobs.times[(first << 3) | JobTime.DEMAND], jobs.used]).toEqual([
      1000,
      false,
      7,
      1001,
    ]);
  });
  it("numbers jobs in the order of their arrival, whatever their ids", () => {
    const jobs = new JobTable();
    const [a, b] = [jobs.take(), jobs.take()] as [number, number];
    jobs.release(a);
    const c = jobs.take();
    expect(c).toBe(a);
    expect(jobs.times[(c << 3) | JobTime.ORDER]).toBeGreaterThan(jobs.times[(b << 3) | JobTime.ORDER] as number);
  });
});
