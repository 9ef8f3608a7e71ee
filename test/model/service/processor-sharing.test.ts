import { describe, expect, it } from "vitest";
import { Draws } from "../../../src/engine/random/draws.ts";
import type { JobTable } from "../../../src/model/backends/job-table.ts";
import { ProcessorSharing } from "../../../src/model/service/processor-sharing.ts";
import { type Step, schedule } from "./service-fixture.ts";

const on =
  (cores: number, speed = 1) =>
  (jobs: JobTable) =>
    new ProcessorSharing(jobs, 0, cores, speed);

describe("ProcessorSharing", () => {
  it("shares one core: demands 300 and 100 entering at 0 and 100 end at 400 and 300", () => {
    // Alone until 100 (200 left); then half speed: b's 100 last 200 µs, until 300, when a has 100 left, alone again.
    const { finish } = schedule(on(1), [
      { atUs: 0, enter: "a", demandUs: 300 },
      { atUs: 100, enter: "b", demandUs: 100 },
    ]);
    expect(finish).toEqual({ a: 400, b: 300 });
  });

  it("gives each job a whole core as long as there are enough", () => {
    // Three jobs on two cores progress at 2/3. a: 60 at 2/3 = 90. Then b and c have a core each: 90 - 60 = 30 more.
    const { finish } = schedule(on(2), [
      { atUs: 0, enter: "a", demandUs: 60 },
      { atUs: 0, enter: "b", demandUs: 90 },
      { atUs: 0, enter: "c", demandUs: 90 },
    ]);
    expect(finish).toEqual({ a: 90, b: 120, c: 120 });
  });

  it("never ends early: two jobs of demand 1 and 2 on one core of speed 3 end at 1 and 1", () => {
    // Exact instants: 2/3 µs and 1 µs.
    const { finish } = schedule(on(1, 3), [
      { atUs: 0, enter: "a", demandUs: 1 },
      { atUs: 0, enter: "b", demandUs: 2 },
    ]);
    expect(finish).toEqual({ a: 1, b: 1 });
  });

  it("is not a microsecond late where thirds add up to a whole", () => {
    // Three jobs of 100 at 1/3 each: exactly 300, however the thirds are rounded on the way.
    const steps: Step[] = [1, 2, 3].map((n) => ({ atUs: 0, enter: `${n}`, demandUs: 100 }));
    for (const atUs of [7, 50, 111, 298]) steps.push({ atUs, speed: 1 });
    expect(schedule(on(1), steps).finish).toEqual({ 1: 300, 2: 300, 3: 300 });
  });

  it("stands still at speed 0 and goes on where it was", () => {
    const { finish } = schedule(on(1), [
      { atUs: 0, enter: "a", demandUs: 100 },
      { atUs: 0, enter: "b", demandUs: 100 },
      { atUs: 50, speed: 0 },
      { atUs: 1050, speed: 2 },
    ]);
    // 25 served of each by 50; 75 left of each at rate 1 from 1050.
    expect(finish).toEqual({ a: 1125, b: 1125 });
  });

  it("gives the share of a job that leaves to the others", () => {
    const { finish, served } = schedule(on(1), [
      { atUs: 0, enter: "a", demandUs: 100 },
      { atUs: 0, enter: "b", demandUs: 100 },
      { atUs: 80, leave: "b" },
    ]);
    expect([finish, served]).toEqual([{ a: 140 }, { b: 40 }]);
  });

  it("ends random jobs when a reckoning in exact fractions says so", () => {
    const draws = new Draws(1, 0, "test");
    const steps: Extract<Step, { enter: string }>[] = [];
    let atUs = 0;
    for (let i = 0; i < 60; i++) {
      atUs += Math.floor(draws.at(i, 0).next() * 60);
      steps.push({ atUs, enter: `${i}`, demandUs: 1 + Math.floor(draws.at(i, 1).next() * 150) });
    }
    const { finish, alarms } = schedule(on(3), steps);
    const reference = inFractions(steps, 3);
    for (const { enter } of steps) {
      const exact = reference[enter] as number;
      // The first whole µs at or after the exact end.
      expect(finish[enter]).toBe(Math.ceil(exact - 1e-6));
    }
    // One alarm would be needed per job; those that ring too early stay few.
    expect(alarms).toBeLessThan(180);
  });
});

/** The same by brute force: every job loses its share of each interval between events, in exact fractions of a µs. */
function inFractions(steps: readonly Extract<Step, { enter: string }>[], cores: number): Record<string, number> {
  const left = new Map<string, number>();
  const finish: Record<string, number> = {};
  let nowUs = 0;
  const until = (endUs: number): void => {
    while (left.size > 0 && nowUs < endUs) {
      const rate = Math.min(1, cores / left.size);
      const shortest = Math.min(...left.values());
      const stepUs = Math.min(endUs - nowUs, shortest / rate);
      nowUs += stepUs;
      for (const [name, remaining] of left) {
        if (remaining - stepUs * rate > 1e-9) left.set(name, remaining - stepUs * rate);
        else {
          left.delete(name);
          finish[name] = nowUs;
        }
      }
    }
    nowUs = Math.max(nowUs, endUs);
  };
  for (const step of steps) {
    until(step.atUs);
    left.set(step.enter, step.demandUs);
  }
  until(Number.MAX_SAFE_INTEGER);
  return finish;
}
