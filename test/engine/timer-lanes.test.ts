import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../src/engine/event-queue.ts";
import { InvariantError } from "../../src/engine/invariant.ts";
import { TimerLanes } from "../../src/engine/timer-lanes.ts";

const TIMER = 7;

function make(): { queue: EventQueue; timers: TimerLanes } {
  const queue = new EventQueue(4);
  return { queue, timers: new TimerLanes(queue, TIMER, 3) };
}

/** Handles events up to and at `untilUs`; answers what fired, as "time:id". */
function runUntil(queue: EventQueue, timers: TimerLanes, untilUs: number): string[] {
  const fired: string[] = [];
  while (queue.peekTimeUs() <= untilUs) {
    queue.pop();
    for (let id = timers.expire(queue.id, queue.timeUs); id >= 0; id = timers.expire(queue.id, queue.timeUs)) {
      fired.push(`${queue.timeUs}:${id}`);
    }
  }
  return fired;
}

describe("TimerLanes", () => {
  it("fires a timer exactly its duration after its start", () => {
    const { queue, timers } = make();
    timers.start(timers.lane(500), 123, 1);
    expect(queue.peekTimeUs()).toBe(623);
    expect(runUntil(queue, timers, 622)).toEqual([]);
    expect(runUntil(queue, timers, 623)).toEqual(["623:1"]);
    expect(queue.size).toBe(0);
  });

  it("gives one lane to each duration", () => {
    const { timers } = make();
    const half = timers.lane(500);
    expect(timers.lane(900)).not.toBe(half);
    expect(timers.lane(500)).toBe(half);
  });

  it("keeps one event per lane in the queue, however many timers run", () => {
    const { queue, timers } = make();
    const lane = timers.lane(1000);
    for (let id = 0; id < 500; id++) timers.start(lane, id, id);
    expect(queue.size).toBe(1);
    expect(runUntil(queue, timers, 5000)).toEqual(Array.from({ length: 500 }, (_, id) => `${1000 + id}:${id}`));
  });

  it("fires timers of one lane that are due together in the order of their start", () => {
    const { queue, timers } = make();
    const lane = timers.lane(10);
    for (const id of [4, 2, 9]) timers.start(lane, 0, id);
    expect(runUntil(queue, timers, 10)).toEqual(["10:4", "10:2", "10:9"]);
  });

  it("does not fire a cancelled timer, and wakes at most once for all of them", () => {
    const { queue, timers } = make();
    const lane = timers.lane(100);
    for (let id = 0; id < 50; id++) timers.cancel(timers.start(lane, id, id));
    timers.start(lane, 60, 99);
    expect(queue.size).toBe(1);
    queue.pop();
    expect(queue.timeUs).toBe(100);
    expect(timers.expire(queue.id, queue.timeUs)).toBe(-1);
    expect(queue.peekTimeUs()).toBe(160);
    expect(runUntil(queue, timers, 1000)).toEqual(["160:99"]);
  });

  it("ignores handles of timers that fired, were cancelled or never existed", () => {
    const { queue, timers } = make();
    const lane = timers.lane(10);
    const fired = timers.start(lane, 0, 1);
    const cancelled = timers.start(lane, 0, 2);
    timers.cancel(cancelled);
    expect(runUntil(queue, timers, 10)).toEqual(["10:1"]);
    timers.start(lane, 20, 3);
    for (const handle of [fired, cancelled, cancelled, fired + 40, -1, 2 ** 40, Number.NaN]) timers.cancel(handle);
    expect(runUntil(queue, timers, 100)).toEqual(["30:3"]);
  });

  it("lets a timer that fires start another and cancel one that is due at the same instant", () => {
    const { queue, timers } = make();
    const lane = timers.lane(10);
    timers.start(lane, 0, 1);
    const doomed = timers.start(lane, 0, 2);
    queue.pop();
    expect(timers.expire(lane, queue.timeUs)).toBe(1);
    timers.cancel(doomed);
    timers.start(lane, queue.timeUs, 3);
    expect(timers.expire(lane, queue.timeUs)).toBe(-1);
    expect(runUntil(queue, timers, 100)).toEqual(["20:3"]);
  });

  it("fires a timer of no duration at once, within the same instant", () => {
    const { queue, timers } = make();
    timers.start(timers.lane(0), 5, 8);
    expect(runUntil(queue, timers, 5)).toEqual(["5:8"]);
  });

  it("refuses starts that go back in time and durations that are no whole microseconds", () => {
    const { timers } = make();
    const lane = timers.lane(10);
    timers.start(lane, 7, 0);
    expect(() => timers.start(lane, 6, 1)).toThrow(InvariantError);
    expect(() => timers.lane(1.5)).toThrow(InvariantError);
    expect(() => timers.lane(-1)).toThrow(InvariantError);
  });

  it("does what a list of all timers does, under any starts and cancellations", () => {
    const step = fc.record({
      waitUs: fc.integer({ min: 0, max: 30 }),
      durationUs: fc.constantFrom(0, 5, 40, 41, 200),
      cancels: fc.array(fc.nat(), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { queue, timers } = make();
        const handles: number[] = [];
        const naive: { dueUs: number; id: number; isLive: boolean }[] = [];
        const firedByList: string[] = [];
        const firedByLanes: string[] = [];
        let nowUs = 0;
        const advance = (toUs: number) => {
          firedByLanes.push(...runUntil(queue, timers, toUs));
          for (const timer of naive) {
            if (!timer.isLive || timer.dueUs > toUs) continue;
            timer.isLive = false;
            firedByList.push(`${timer.dueUs}:${timer.id}`);
          }
          nowUs = toUs;
        };
        for (const { waitUs, durationUs, cancels } of steps) {
          advance(nowUs + waitUs);
          const id = naive.length;
          handles.push(timers.start(timers.lane(durationUs), nowUs, id));
          naive.push({ dueUs: nowUs + durationUs, id, isLive: true });
          for (const any of cancels) {
            const cancelled = any % naive.length;
            timers.cancel(handles[cancelled] as number);
            (naive[cancelled] as { isLive: boolean }).isLive = false;
          }
        }
        advance(nowUs + 1000);
        // Which lane goes first at one instant is not part of the promise, so both lists are put in one order.
        expect(firedByLanes.map(timeOf)).toEqual([...firedByLanes.map(timeOf)].sort((one, other) => one - other));
        expect([...firedByLanes].sort()).toEqual([...firedByList].sort());
        expect(queue.size).toBe(0);
      }),
    );
  });
});

function timeOf(fired: string): number {
  return Number(fired.split(":")[0]);
}
