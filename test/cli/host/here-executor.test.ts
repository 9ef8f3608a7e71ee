import { describe, expect, it } from "vitest";
import { HereExecutor } from "../../../src/cli/host/here-executor.ts";
import type { ReplicationTask } from "../../../src/experiment/task.ts";
import { experimentOf } from "../../experiment/small-experiment.ts";

const { inlined } = experimentOf();
const task = (replication: number): ReplicationTask => ({
  experiment: inlined,
  variant: 0,
  replication,
  warmUpUs: 0,
  binUs: 1_000_000,
  keepRows: false,
  withoutFaults: false,
});

describe("HereExecutor", () => {
  it("gives results by index and starts nothing more once it was stopped", async () => {
    const executor = new HereExecutor();
    const done: number[] = [];
    const results = await executor.run<ReplicationTask, { fingerprint: string }>([task(0), task(1), task(2)], (n) => {
      done.push(n);
      if (n === 2) executor.stop();
    });
    expect(done).toEqual([1, 2]);
    expect(results[0]?.fingerprint).not.toBe(results[1]?.fingerprint);
    expect(results[2]).toBeUndefined();
    expect(results).toHaveLength(3);
    await executor.close();
  });
});
