import { describe, expect, it } from "vitest";
import { EventKind } from "../../src/drive/event-order.ts";
import { MachineTimers } from "../../src/drive/machine-timers.ts";
import { EventQueue } from "../../src/engine/event-queue.ts";

/** Runs the queue dry and notes what rings when. */
function rings(queue: EventQueue, timers: MachineTimers): string[] {
  const seen: string[] = [];
  while (queue.pop()) {
    if (queue.kind === EventKind.MACHINE_ALARM) {
      const timer = timers.ring(queue.id);
      if (timer >= 0) seen.push(`${queue.timeUs} ${timer}`);
      continue;
    }
    const lane = queue.id;
    const nowUs = queue.timeUs;
    for (let id = timers.lanes.expire(lane, nowUs); id >= 0; id = timers.lanes.expire(lane, nowUs))
      seen.push(`${nowUs} ${id}`);
  }
  return seen;
}

describe("MachineTimers", () => {
  it("any number of different delays ring at their time", () => {
    const queue = new EventQueue();
    const timers = new MachineTimers(queue);
    for (let timer = 0; timer < 5000; timer++) timers.set(0, timer, 10_000 - timer);
    expect(rings(queue, timers)).toEqual(Array.from({ length: 5000 }, (_, i) => `${5001 + i} ${4999 - i}`));
  });

  it("moves and cancels timers with and without a lane", () => {
    const queue = new EventQueue();
    const timers = new MachineTimers(queue);
    for (let timer = 0; timer < 100; timer++) timers.set(0, timer, 1000 + timer);
    for (let timer = 0; timer < 100; timer++) if (timer % 50 !== 0) timers.cancel(timer);
    timers.set(0, 50, 7);
    timers.set(0, 99, 3000);
    expect(rings(queue, timers)).toEqual(["7 50", "1000 0", "3000 99"]);
  });

  it("does not mind cancelling what never ran", () => {
    const queue = new EventQueue();
    const timers = new MachineTimers(queue);
    timers.cancel(9999);
    timers.cancel(0);
    expect(rings(queue, timers)).toEqual([]);
  });
});
