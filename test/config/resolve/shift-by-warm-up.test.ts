import { describe, expect, it } from "vitest";
import { resolveScenario } from "../../../src/config/resolve/resolve-scenario.ts";
import { shiftByWarmUp } from "../../../src/config/resolve/shift-by-warm-up.ts";
import { facts, scenario } from "./scenario-fixture.ts";

function worldOf(...lines: readonly string[]) {
  const { resolved } = resolveScenario(scenario(...lines), facts());
  if (resolved === null) throw new Error("it was not resolved");
  return resolved;
}

describe("a warm-up", () => {
  it("that is given moves the end and the faults back by itself", () => {
    const { world, warmUp } = worldOf(
      "warm-up: 30s",
      "faults: [{at: 60s, crash: node1, for: 1s}, {crash: node2, mtbf: 1m, mttr: 1s}]",
    );
    expect(warmUp).toBe("given");
    expect(world).toMatchObject({ warmUpUs: 30_000_000, endUs: 330_000_000 });
    expect(world.faults[0]?.timing).toMatchObject({ atUs: 90_000_000, forUs: 1_000_000 });
    expect(world.faults[1]?.timing).toMatchObject({ kind: "drawn", mtbf: { mean: 60_000_000 } });
  });

  it("that is found later is put in later, with the same world as if it had been given", () => {
    const faults = "faults: [{at: 60s, crash: node1, flap: {down: 1s, up: 1s}}]";
    const found = shiftByWarmUp(worldOf(faults).world, 30_000_000);
    const given = worldOf(faults, "warm-up: 30s").world;
    expect(JSON.stringify(found)).toBe(JSON.stringify(given));
    expect(JSON.stringify(shiftByWarmUp(given, 30_000_000))).toBe(JSON.stringify(given));
  });

  it("holds the first rate of a curve and shifts a trace", () => {
    const curve = worldOf("clients: {requests: {curve: [{at: 0s, rate: 3/s}, {at: 1m, rate: 9/s}]}}", "warm-up: 10s");
    expect(curve.world.clients.arrivals).toEqual({
      kind: "curve",
      points: [
        { atUs: 0, ratePerSec: 3 },
        { atUs: 10_000_000, ratePerSec: 3 },
        { atUs: 70_000_000, ratePerSec: 9 },
      ],
    });
    const trace = worldOf("clients: {requests: {trace: [0s, 1s]}}", "warm-up: 10s");
    expect(trace.world.clients.arrivals).toEqual({ kind: "trace", atUs: [10_000_000, 11_000_000] });
  });
});
