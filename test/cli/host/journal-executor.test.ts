import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HereExecutor } from "../../../src/cli/host/here-executor.ts";
import { Journal } from "../../../src/cli/host/journal.ts";
import { JournalExecutor } from "../../../src/cli/host/journal-executor.ts";
import type { ReplicationTask } from "../../../src/experiment/task.ts";
import { experimentOf } from "../../experiment/small-experiment.ts";
import { folderWith } from "../run-command.ts";

const { inlined } = experimentOf();
const OWNER = { program: "lbsim", experiment: "abc", file: "shop.yaml" };
const task = (replication: number): ReplicationTask => ({
  experiment: inlined,
  variant: 0,
  replication,
  warmUpUs: 0,
  binUs: 1_000_000,
  keepRows: true,
  withoutFaults: false,
});

/** Counts the tasks that were really run. */
class Counting extends HereExecutor {
  ran = 0;

  override async run<Task, Result>(
    tasks: readonly Task[],
    onDone?: (finished: number, index: number, result: Result) => void,
  ) {
    this.ran += tasks.length;
    return super.run<Task, Result>(tasks, onDone);
  }
}

let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({});
});
afterEach(() => folder.remove());

const path = () => folder.path("journal.jsonl");

describe("an executor with a journal", () => {
  it("runs only what the journal does not hold, and gives the same results in the same order", async () => {
    const first = new JournalExecutor(new Counting(), Journal.begin(path(), OWNER));
    const before = await first.run([task(2), task(0)]);
    await first.close();
    const counting = new Counting();
    const second = new JournalExecutor(counting, Journal.resume(path(), OWNER));
    const seen: [number, number][] = [];
    const results = await second.run([task(0), task(1), task(2)], (finished, index) => seen.push([finished, index]));
    await second.close();
    expect(counting.ran).toBe(1);
    expect(results[0]).toEqual(before[1]);
    expect(results[2]).toEqual(before[0]);
    expect(seen).toEqual([
      [1, 0],
      [2, 2],
      [3, 1],
    ]);
    expect(results).toEqual(await new HereExecutor().run([task(0), task(1), task(2)]));
  });

  it("takes a task that differs in anything for another one", async () => {
    const first = new JournalExecutor(new Counting(), Journal.begin(path(), OWNER));
    await first.run([task(0)]);
    await first.close();
    const counting = new Counting();
    const second = new JournalExecutor(counting, Journal.resume(path(), OWNER));
    const other = experimentOf(undefined, undefined, ["scenario.duration=21s"]).inlined;
    await second.run([
      { ...task(0), keepRows: false },
      { ...task(0), variant: 1 },
      { ...task(0), experiment: other },
    ]);
    await second.close();
    expect(counting.ran).toBe(3);
  });
});
