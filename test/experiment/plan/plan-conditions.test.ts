import { describe, expect, it } from "vitest";
import { planConditions } from "../../../src/experiment/plan/plan-conditions.ts";
import { experimentOf } from "../small-experiment.ts";

const { experiment } = experimentOf();
const members = experiment.resolved.world.backends.map(({ id }) => id);

/** The faults of the scenario with the overrides of a condition. */
function faultsWith(overrides: readonly string[]) {
  return experimentOf(undefined, undefined, overrides).experiment.resolved.world.faults;
}

describe("the conditions of a plan", () => {
  it("are the scenario as written when nothing is asked", () => {
    const none = planConditions(experiment, members, { withOneDown: false, rollingRestart: false });
    expect(none).toEqual([{ name: "as written", overrides: [] }]);
  });

  it("with one down are one crash more for each member, beside the scenario's own faults", () => {
    const conditions = planConditions(experiment, members, { withOneDown: true, rollingRestart: false });
    expect(conditions).toHaveLength(2);
    for (const [i, { overrides }] of conditions.entries()) {
      const faults = faultsWith(overrides);
      expect(faults).toHaveLength(2);
      expect(faults[1]).toMatchObject({ backends: [i], effect: { kind: "crash" } });
    }
  });

  it("with a rolling restart take every member out once, within the observed time", () => {
    const [condition] = planConditions(experiment, members, { withOneDown: false, rollingRestart: true });
    const faults = faultsWith(condition?.overrides ?? []).slice(1);
    expect(faults.map(({ backends }) => backends)).toEqual([[0], [1]]);
    // 20 s are observed after 2 s of warm-up: 2 s later, four times 4 s.
    expect(faults.map(({ timing }) => timing)).toMatchObject([
      { atUs: 4_000_000, forUs: 4_000_000 },
      { atUs: 12_000_000, forUs: 4_000_000 },
    ]);
  });
});
