import { describe, expect, it } from "vitest";
import { resolveScenario } from "../../../src/config/resolve/resolve-scenario.ts";
import { facts, member, scenario } from "./scenario-fixture.ts";

const THREE = facts({ members: [member(1), member(2), member(3)] });

function faultsOf(...entries: readonly string[]) {
  const { resolved, problems } = resolveScenario(scenario(`faults: [${entries.join(", ")}]`), THREE);
  if (resolved === null) throw new Error(problems.map((each) => each.message).join("\n"));
  return resolved.world.faults;
}

function complaints(...entries: readonly string[]) {
  const { problems } = resolveScenario(scenario(`faults: [${entries.join(", ")}]`), THREE);
  return problems.map(({ code, severity, position }) => `${position?.line}:${position?.column} ${severity} ${code}`);
}

describe("the effects of faults", () => {
  it("take their parameters, with defaults", () => {
    const effects = faultsOf(
      "{at: 1s, slow: node1, factor: 10}",
      "{at: 1s, errors: node1, rate: 50%}",
      "{at: 1s, close: node1}",
      "{at: 1s, truncate: node1, rate: 0.1}",
      "{at: 1s, hidden-errors: node1}",
      "{at: 1s, latency: node1, add: 20ms}",
      "{at: 1s, probe-errors: node1}",
      "{at: 1s, blackhole: node1}",
      "{at: 1s, hang: node1}",
      "{at: 1s, refuse: node1}",
      "{at: 1s, wipe: node1}",
    ).map((fault) => fault.effect);
    expect(effects).toEqual([
      { kind: "slow", factor: 10 },
      { kind: "errors", rate: 0.5, status: 500 },
      { kind: "close", rate: 1 },
      { kind: "truncate", rate: 0.1 },
      { kind: "hidden-errors", rate: 1 },
      { kind: "latency", addUs: 20_000 },
      { kind: "probe-errors", status: 503 },
      { kind: "blackhole" },
      { kind: "hang" },
      { kind: "refuse" },
      { kind: "wipe" },
    ]);
  });

  it("of an operator are taken back by the opposite command, or by the one that is given", () => {
    const effects = faultsOf(
      '{at: 1s, operate: node1, command: "status=+D", for: 1m}',
      '{at: 1s, operate: node1, command: "status=+D"}',
      "{at: 1s, operate: node1, command: loadfactor=3, end-command: loadfactor=1, for: 1m}",
    ).map((fault) => fault.effect);
    expect(effects).toEqual([
      { kind: "operate", start: "status=+D", end: "status=-D" },
      { kind: "operate", start: "status=+D", end: null },
      { kind: "operate", start: "loadfactor=3", end: "loadfactor=1" },
    ]);
    expect(complaints("{at: 1s, operate: node1, command: loadfactor=3, for: 1m}")).toEqual(["1:44 error missing-key"]);
  });
});

describe("the times of faults", () => {
  it("are scheduled, for a while or to the end", () => {
    expect(faultsOf("{at: 1s, crash: node1, for: 2s}", "{at: 1s, crash: node1}").map((fault) => fault.timing)).toEqual([
      { kind: "scheduled", atUs: 1_000_000, forUs: 2_000_000 },
      { kind: "scheduled", atUs: 1_000_000, forUs: Number.POSITIVE_INFINITY },
    ]);
  });

  it("are drawn with mtbf and mttr", () => {
    expect(faultsOf("{crash: node1, mtbf: {exponential: {mean: 10m}}, mttr: 30s}")[0]?.timing).toMatchObject({
      kind: "drawn",
      mtbf: { mean: 600_000_000, cv2: 1 },
      mttr: { mean: 30_000_000, cv2: 0 },
    });
  });

  it("flap with a fixed period", () => {
    expect(faultsOf("{at: 1s, refuse: node1, for: 1m, flap: {down: 2s, up: 8s}}")[0]?.timing).toEqual({
      kind: "flap",
      atUs: 1_000_000,
      forUs: 60_000_000,
      downUs: 2_000_000,
      upUs: 8_000_000,
    });
  });

  it("after the end are a warning", () => {
    expect(complaints("{at: 5m, crash: node1}")).toEqual(["1:15 warning never-happens"]);
  });
});

describe("whom faults hit", () => {
  it("is one backend, several or all, each once", () => {
    const backends = faultsOf("{at: 1s, crash: [node3, 10.0.0.1:8080, node3]}", "{at: 1s, crash: all}").map(
      (fault) => fault.backends,
    );
    expect(backends).toEqual([
      [2, 0],
      [0, 1, 2],
    ]);
  });

  it("must have a name that exists", () => {
    expect(complaints("{at: 1s, crash: nodeX}", "{at: 1s, crash: [node1, other]}")).toEqual([
      "1:26 error unknown-backend",
      "1:58 error unknown-backend",
    ]);
  });
});

describe("the ids of faults", () => {
  it("are given, or made of effect and backend and kept unique", () => {
    const ids = faultsOf(
      "{id: crash-node1, at: 1s, crash: node2}",
      "{at: 1s, crash: node1}",
      "{at: 2s, crash: node1}",
      "{at: 1s, hang: all}",
    ).map((fault) => fault.id);
    expect(ids).toEqual(["crash-node1", "crash-node1-2", "crash-node1-3", "hang-all"]);
  });
});

describe("a rolling restart", () => {
  it("is a crash of one backend after the other", () => {
    const faults = faultsOf("{at: 60s, rolling-restart: [node2, node1], down: 20s, pause: 30s}");
    expect(faults.map(({ id, backends, effect, timing }) => [id, backends, effect.kind, timing])).toEqual([
      ["rolling-restart-node2", [1], "crash", { kind: "scheduled", atUs: 60_000_000, forUs: 20_000_000 }],
      ["rolling-restart-node1", [0], "crash", { kind: "scheduled", atUs: 110_000_000, forUs: 20_000_000 }],
    ]);
    expect(faultsOf("{at: 60s, rolling-restart: all, id: deploy}").map((fault) => fault.id)).toEqual([
      "deploy-node1",
      "deploy-node2",
      "deploy-node3",
    ]);
  });
});
