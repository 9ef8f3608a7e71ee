import { describe, expect, it } from "vitest";
import { constant } from "../../../src/engine/random/distributions/constant.ts";
import { exponential } from "../../../src/engine/random/distributions/exponential.ts";
import { Draws } from "../../../src/engine/random/draws.ts";
import { outageBeginUs, outageEndUs } from "../../../src/model/faults/fault-timing.ts";
import type { FaultTiming } from "../../../src/model/world-spec.ts";
import { runWorld, SECOND } from "../world-fixture.ts";

const changes = (timing: FaultTiming, backends: readonly number[], endUs = 30 * SECOND, before = 0) => {
  const idle = {
    id: "other",
    backends: [0],
    effect: { kind: "wipe" },
    timing: { kind: "scheduled", atUs: 0, forUs: 1 },
  } as const;
  const { diary } = runWorld({
    clients: { arrivals: { kind: "trace", atUs: [] } },
    backends: [{}, {}],
    faults: [...Array(before).fill(idle), { id: "f", backends, effect: { kind: "refuse" }, timing }],
    endUs,
  });
  return diary.lines.filter((line) => line.includes(`fault ${before} `));
};

describe("FaultSchedule", () => {
  it("begins and ends a scheduled fault on all its backends at the same instants", () => {
    expect(changes({ kind: "scheduled", atUs: SECOND, forUs: 2 * SECOND }, [0, 1])).toEqual([
      "1000000 fault 0 at 0 on",
      "1000000 fault 0 at 1 on",
      "3000000 fault 0 at 0 off",
      "3000000 fault 0 at 1 off",
    ]);
  });

  it("lets a fault without an end last to the end of the run", () => {
    expect(changes({ kind: "scheduled", atUs: 5, forUs: Number.POSITIVE_INFINITY }, [1])).toEqual([
      "5 fault 0 at 1 on",
    ]);
  });

  it("flaps with a fixed period and cuts the last outage at the end", () => {
    const timing = { kind: "flap", atUs: 10, forUs: 25, downUs: 4, upUs: 6 } as const;
    const times = changes(timing, [0]).map((line) => Number(line.split(" ")[0]));
    expect(times).toEqual([10, 14, 20, 24, 30, 34]);
    const cut = changes({ ...timing, forUs: 22 }, [0]).map((line) => Number(line.split(" ")[0]));
    expect(cut).toEqual([10, 14, 20, 24, 30, 32]);
  });

  it("repeats drawn faults for ever, independently on each backend", () => {
    const timing = { kind: "drawn", mtbf: exponential(SECOND), mttr: exponential(SECOND / 2) } as const;
    const lines = changes(timing, [0, 1]);
    const on = (backend: number) => lines.filter((line) => line.endsWith(`at ${backend} on`));
    // 90 s (with drain) at 1.5 s a cycle: 60 outages, sd about 6.
    expect(Math.abs(on(0).length - 60)).toBeLessThan(25);
    expect(on(0).map((line) => line.split(" ")[0])).not.toEqual(on(1).map((line) => line.split(" ")[0]));
  });

  it("draws outage n of a fault on a backend by these numbers and nothing else", () => {
    const draws = () => new Draws(3, 0, "fault");
    const timing: FaultTiming = { kind: "drawn", mtbf: exponential(1000), mttr: constant(7) };
    const alone = outageBeginUs(timing, draws(), 0, 1, 5, 0);
    const used = draws();
    for (let n = 0; n < 5; n++) outageBeginUs(timing, used, 0, 0, n, 0);
    expect(outageBeginUs(timing, used, 0, 1, 5, 100)).toBe(alone + 100);
    expect(outageEndUs(timing, used, 0, 1, 5, 100)).toBe(107);
  });
});
