import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../src/engine/event-queue.ts";
import { InvariantError } from "../../src/engine/invariant.ts";

type Event = { timeUs: number; priority: number; kind: number; id: number };

function drain(queue: EventQueue): { timeUs: number; kind: number; id: number }[] {
  const events = [];
  while (queue.pop()) events.push({ timeUs: queue.timeUs, kind: queue.kind, id: queue.id });
  return events;
}

const event = (maxTimeUs: number) =>
  fc.record({
    timeUs: fc.integer({ min: 0, max: maxTimeUs }),
    priority: fc.integer({ min: 0, max: 255 }),
    kind: fc.integer({ min: 0, max: 255 }),
    id: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  });

/** A list kept in order by stable sorting: what the queue must be indistinguishable from. */
class SortedList {
  private events: Event[] = [];

  push(event: Event): void {
    this.events.push(event);
    this.events.sort((one, other) => one.timeUs - other.timeUs || one.priority - other.priority);
  }

  pop(): Event | undefined {
    return this.events.shift();
  }

  get size(): number {
    return this.events.length;
  }

  get nextTimeUs(): number {
    return this.events[0]?.timeUs ?? Number.POSITIVE_INFINITY;
  }
}

describe("EventQueue", () => {
  it("hands out the earliest event first", () => {
    const queue = new EventQueue();
    for (const timeUs of [30, 10, 20]) queue.push(timeUs, 0, 1, timeUs);
    expect(drain(queue).map((popped) => popped.timeUs)).toEqual([10, 20, 30]);
  });

  it("breaks ties by priority and then by insertion", () => {
    const queue = new EventQueue();
    queue.push(5, 2, 0, 1);
    queue.push(5, 1, 0, 2);
    queue.push(5, 2, 0, 3);
    queue.push(5, 0, 0, 4);
    queue.push(5, 1, 0, 5);
    expect(drain(queue).map((popped) => popped.id)).toEqual([4, 2, 5, 1, 3]);
  });

  it("keeps insertion order among a thousand equal events, across growth", () => {
    const queue = new EventQueue(1);
    for (let id = 0; id < 1000; id++) queue.push(7, 3, 9, id);
    expect(drain(queue).map((popped) => popped.id)).toEqual(Array.from({ length: 1000 }, (_, id) => id));
  });

  it("gives back kind and id as they were, to the ends of their ranges", () => {
    const queue = new EventQueue();
    queue.push(1, 255, 255, 2 ** 31 - 1);
    queue.push(2, 0, 0, -(2 ** 31));
    expect(drain(queue)).toEqual([
      { timeUs: 1, kind: 255, id: 2 ** 31 - 1 },
      { timeUs: 2, kind: 0, id: -(2 ** 31) },
    ]);
  });

  it("is empty after the last event and keeps describing it", () => {
    const queue = new EventQueue();
    expect(queue.pop()).toBe(false);
    expect(queue.peekTimeUs()).toBe(Number.POSITIVE_INFINITY);
    queue.push(4, 0, 1, 2);
    expect(queue.peekTimeUs()).toBe(4);
    expect([queue.pop(), queue.pop()]).toEqual([true, false]);
    expect([queue.timeUs, queue.kind, queue.id, queue.size]).toEqual([4, 1, 2, 0]);
  });

  it("orders any set of events as stable sorting does", () => {
    fc.assert(
      fc.property(fc.array(event(50), { maxLength: 300 }), fc.integer({ min: 1, max: 8 }), (events, capacity) => {
        const queue = new EventQueue(capacity);
        for (const { timeUs, priority, kind, id } of events) queue.push(timeUs, priority, kind, id);
        const sorted = [...events].sort((one, other) => one.timeUs - other.timeUs || one.priority - other.priority);
        expect(drain(queue)).toEqual(sorted.map(({ timeUs, kind, id }) => ({ timeUs, kind, id })));
      }),
    );
  });

  it("agrees with a sorted list under any mixture of pushing, popping and peeking", () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: event(20).map((pushed) => ({ pushed })) },
      { weight: 2, arbitrary: fc.constant("pop" as const) },
      { weight: 1, arbitrary: fc.constant("peek" as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const queue = new EventQueue(2);
        const list = new SortedList();
        let nowUs = 0;
        for (const what of steps) {
          if (what === "peek") expect(queue.peekTimeUs()).toBe(list.nextTimeUs);
          else if (what === "pop") {
            const expected = list.pop();
            expect(queue.pop()).toBe(expected !== undefined);
            if (expected === undefined) continue;
            nowUs = expected.timeUs;
            expect([queue.timeUs, queue.kind, queue.id]).toEqual([expected.timeUs, expected.kind, expected.id]);
          } else {
            const { priority, kind, id } = what.pushed;
            const timeUs = nowUs + what.pushed.timeUs;
            queue.push(timeUs, priority, kind, id);
            list.push({ timeUs, priority, kind, id });
          }
          expect(queue.size).toBe(list.size);
        }
      }),
    );
  });

  it("refuses the past and what is no time", () => {
    const queue = new EventQueue();
    queue.push(10, 0, 0, 0);
    queue.pop();
    expect(() => queue.push(9, 0, 0, 0)).toThrow(InvariantError);
    expect(() => queue.push(Number.NaN, 0, 0, 0)).toThrow(InvariantError);
    expect(() => queue.push(Number.POSITIVE_INFINITY, 0, 0, 0)).toThrow(InvariantError);
    queue.push(10, 0, 0, 1);
    expect(queue.size).toBe(1);
  });

  it("begins anew after clear", () => {
    const queue = new EventQueue(1);
    for (let id = 0; id < 20; id++) queue.push(100 + id, 0, 0, id);
    queue.pop();
    queue.clear();
    expect([queue.size, queue.pop(), queue.peekTimeUs()]).toEqual([0, false, Number.POSITIVE_INFINITY]);
    queue.push(1, 0, 2, 3);
    expect(drain(queue)).toEqual([{ timeUs: 1, kind: 2, id: 3 }]);
  });
});
