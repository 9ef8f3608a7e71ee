import { describe, expect, it } from "vitest";
import type { JobTable } from "../../../src/model/backends/job-table.ts";
import { Fcfs } from "../../../src/model/service/fcfs.ts";
import { schedule } from "./service-fixture.ts";

const at = (speed: number) => (jobs: JobTable) => new Fcfs(jobs, 0, speed);

describe("Fcfs", () => {
  it("serves every job on a core of its own", () => {
    const { finish } = schedule(at(1), [
      { atUs: 0, enter: "a", demandUs: 100 },
      { atUs: 10, enter: "b", demandUs: 50 },
      { atUs: 10, enter: "c", demandUs: 0 },
    ]);
    expect(finish).toEqual({ a: 100, b: 60, c: 10 });
  });

  it("divides demand by speed and never ends early", () => {
    // 100 ÷ 3 = 33.33 µs: the first whole µs at which the work is done is 34.
    expect(schedule(at(3), [{ atUs: 0, enter: "a", demandUs: 100 }]).finish).toEqual({ a: 34 });
    expect(schedule(at(0.5), [{ atUs: 0, enter: "a", demandUs: 100 }]).finish).toEqual({ a: 200 });
  });

  it("goes on at a new speed, and stands still at 0", () => {
    const { finish } = schedule(at(1), [
      { atUs: 0, enter: "a", demandUs: 100 },
      { atUs: 40, speed: 0.5 }, // 60 left, would last 120
      { atUs: 80, speed: 0 }, // 40 left
      { atUs: 1000, speed: 1 },
    ]);
    expect(finish).toEqual({ a: 1040 });
  });

  it("tells how much was served of a job that leaves, and never ends it", () => {
    const { finish, served } = schedule(at(2), [
      { atUs: 0, enter: "a", demandUs: 100 },
      { atUs: 20, leave: "a" },
      { atUs: 30, enter: "b", demandUs: 100 },
    ]);
    // b has the id of a; the alarm of a at 50 does not end it.
    expect([served, finish]).toEqual([{ a: 40 }, { b: 80 }]);
  });
});
