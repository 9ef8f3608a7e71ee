import { describe, expect, it } from "vitest";
import { anotherWorkerPays, WORKER_START_MS } from "../../../src/cli/host/worker-pays.ts";

describe("one more worker", () => {
  it("pays when what it takes off the others is more than its start", () => {
    // Two workers share ten tasks of 100 ms: half of 1 s is saved, 500 ms against 250.
    expect(anotherWorkerPays(10, 100, 1, 2)).toBe(true);
    // Four such tasks: 200 ms are saved.
    expect(anotherWorkerPays(4, 100, 1, 2)).toBe(false);
    // From two to three a sixth is saved: 1.2 s of work save 200 ms, 3 s save 500.
    expect(anotherWorkerPays(12, 100, 2, 8)).toBe(false);
    expect(anotherWorkerPays(30, 100, 2, 8)).toBe(true);
  });

  it("never pays without a queue, without a thread, or while nothing is known", () => {
    expect(anotherWorkerPays(0, WORKER_START_MS * 10, 1, 2)).toBe(false);
    expect(anotherWorkerPays(1_000, 1_000, 2, 2)).toBe(false);
    expect(anotherWorkerPays(1_000, 0, 1, 2)).toBe(false);
  });
});
