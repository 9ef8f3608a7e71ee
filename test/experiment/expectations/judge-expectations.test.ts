import { describe, expect, it } from "vitest";
import type { ExpectationResult } from "../../../src/experiment/expectations/expectation-result.ts";
import { runExperiment } from "../../../src/experiment/run-experiment.ts";
import { experimentOf, plainExecutor, SCENARIO } from "../small-experiment.ts";

async function expectationsOf(
  lines: readonly string[],
  replications = 3,
  scenario = SCENARIO,
): Promise<readonly ExpectationResult[]> {
  const text = `${scenario}expect:\n${lines.map((line) => `  - ${line}\n`).join("")}`;
  const { experiment, inlined } = experimentOf(text);
  const outcome = await runExperiment(experiment, inlined, plainExecutor(), {
    firstReplication: 0,
    replications,
    only: [],
    keepRows: false,
    version: "test",
    reproduce: "",
  });
  return outcome?.result.expectations ?? [];
}

describe("judgeExpectations", () => {
  it("judges every expectation on every variant, or on the one that it names, with the line that says it", async () => {
    const results = await expectationsOf(["availability > 1%", "availability > 1% variant bybusyness"]);
    // The scenario has ten lines, "expect:" is the eleventh, and the first of the list the twelfth.
    expect(results.map(({ variant, line, verdict }) => [variant, line, verdict])).toEqual([
      ["byrequests", 12, "pass"],
      ["bybusyness", 12, "pass"],
      ["bybusyness", 13, "pass"],
    ]);
  });

  it("a window that spans all observed time has the values of the whole", async () => {
    const [whole, window, p99, p99Window] = await expectationsOf([
      "availability > 1% variant byrequests",
      "availability > 1% variant byrequests during 0s..20s",
      "p(99) < 1h variant byrequests",
      "p(99) < 1h variant byrequests during 0s..20s",
    ]);
    expect(window?.value).toBe(whole?.value);
    expect(p99Window?.value).toBe(p99?.value);
  });

  it("sessions are lost during the crash and its aftermath, none before it", async () => {
    const [before, after] = await expectationsOf([
      "sessions_lost == 0 during 0s..5s variant byrequests",
      "sessions_lost == 0 during crash-node2 + 10s variant byrequests",
    ]);
    // The crash is at 5 s: a session whose memory is gone can only then be lost.
    expect(before).toMatchObject({ verdict: "pass", value: 0, basis: "every replication" });
    expect(after?.verdict).toBe("fail");
    expect(after?.broken).toEqual([0, 1, 2]);
  });

  it("a window after the end has no samples and does not pass", async () => {
    const [result] = await expectationsOf(["sessions_lost == 0 during 60s..70s variant byrequests"]);
    expect(result).toMatchObject({ verdict: "inconclusive", basis: "no samples", samples: 0 });
  });

  it("the share of a member is measured against its entitlement among the usable ones", async () => {
    const [result] = await expectationsOf(["share(node1) within 25% of loadfactor variant byrequests"]);
    expect(result).toMatchObject({ unit: "share", verdict: "pass" });
    expect(Math.abs(result?.value ?? 1)).toBeLessThan(0.25);
  });

  describe("counts as independent, where nothing fails,", () => {
    const FAULTS = "faults:\n  - {at: 5s, crash: node2, for: 5s}\n";
    const QUIET = SCENARIO.replace(FAULTS, "").replace("[byrequests, bybusyness]", "[byrequests]");
    const withFault = (fault: string): string => `${QUIET}faults: [${fault}]\n`;

    it("sessions, which bring four requests each, where there are no faults", async () => {
      const [all] = await expectationsOf(["availability > 1%"], 3, QUIET);
      expect(all).toMatchObject({ basis: "no failures", unitOfChance: "session", replicationsBelow: null });
      const [requests] = await expectationsOf(
        ["availability > 1%"],
        3,
        QUIET.replace(/sessions: .*/, "requests: {rate: 20/s}"),
      );
      expect(requests).toMatchObject({ basis: "no failures", unitOfChance: "request" });
      // 5 sessions a second for 20 s are about 100, in three replications 300.
      expect(all?.units).toBeGreaterThan(200);
      expect(all?.units).toBeLessThan(400);
    });

    it("sessions where a fault is scheduled, with what the replications alone show beside them", async () => {
      const [result] = await expectationsOf(
        ["availability > 1%"],
        3,
        withFault("{at: 5s, slow: node2, for: 5s, factor: 2}"),
      );
      expect(result).toMatchObject({ basis: "no failures", unitOfChance: "session" });
      // 1 − 0.05^(1/3) = 63.2 %.
      expect(result?.replicationsBelow).toBeCloseTo(0.6316, 4);
    });

    it("replications where faults are drawn: all sessions of one may fail together", async () => {
      const drawn = withFault("{slow: node2, mtbf: 5s, mttr: 5s, factor: 2}");
      const results = await expectationsOf(
        ["availability >= 90%", "availability_time >= 90%", "availability >= 90% during slow-node2"],
        3,
        drawn,
      );
      for (const result of results)
        expect(result).toMatchObject({
          verdict: "inconclusive",
          basis: "no failures",
          unitOfChance: "replication",
          units: 3,
        });
    });
  });
});
