import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision } from "../../src/contract/decision.ts";
import type { Replication } from "../../src/experiment/run-replication.ts";
import { randomScenario } from "./random-scenario.ts";
import { startRun } from "./start-run.ts";

/** Words of the status page that forbid every request, with a session or without. */
const FORBIDDEN = /Err|Dis|Stop|HcFl|Shut/;

function forbiddenPick(run: Replication, decision: Decision): string | null {
  const { nowUs, winner, method, candidates } = decision;
  if (winner < 0) return null;
  const state = run.machine.memberState(winner);
  const told = `${method} chose member ${winner} in state "${state}" at ${nowUs}`;
  if (FORBIDDEN.test(state)) return told;
  if (method === "session") return null;
  if (candidates.find(({ member }) => member === winner)?.excluded !== null) return `${told}, which was excluded`;
  // heartbeat asks neither for draining nor for reserves.
  if (method !== "heartbeat" && (/Drn/.test(state) || !run.machine.isUsable(nowUs, winner))) return told;
  return null;
}

describe("any scenario", () => {
  it("sends no request to a member that its own rules exclude", () => {
    fc.assert(
      fc.property(randomScenario, (random) => {
        const run = startRun(random);
        const forbidden: string[] = [];
        run.machine.listener = {
          ...run.machine.listener,
          decided: (decision) => {
            const found = forbiddenPick(run, decision);
            if (found !== null) forbidden.push(found);
          },
        };
        run.run();
        expect(forbidden.slice(0, 3)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("byrequests without sessions and faults", () => {
  it("never gives a member a whole request more than its entitlement", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (weights, seed) => {
          const run = startRun({ lbmethod: "byrequests", scenario: weighted(weights, seed) });
          const { most, least } = surplus(run, weights);
          // A member is chosen only while its quota is positive, so it never gets ahead by a whole request; what one
          // lacks the others have too much, each less than one.
          expect(most).toBeLessThan(1);
          expect(least).toBeGreaterThan(-Math.max(1, weights.length - 1));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("stays within one request of every entitlement when all load factors are equal", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 1_000_000 }), (members, seed) => {
        const weights = Array<number>(members).fill(3);
        const run = startRun({ lbmethod: "byrequests", scenario: weighted(weights, seed) });
        const { most, least } = surplus(run, weights);
        expect(most).toBeLessThan(1);
        expect(least).toBeGreaterThan(-1);
      }),
      { numRuns: 20 },
    );
  });
});

function weighted(weights: readonly number[], seed: number): Readonly<Record<string, unknown>> {
  const lines = weights.map((weight, m) => `  BalancerMember http://10.0.0.${m + 1}:8080 loadfactor=${weight}`);
  return {
    proxy: {
      inline: `<Proxy balancer://pool>\n${lines.join("\n")}\n</Proxy>\nProxyPass / balancer://pool/\n`,
    },
    clients: { requests: { rate: "50/s" } },
    backends: { default: { service: { exponential: { mean: "5ms" } } } },
    seed,
    "warm-up": "0s",
    duration: "10s",
  };
}

/** Largest surplus and largest lack of any member after any of the run's picks, in requests. */
function surplus(run: Replication, weights: readonly number[]): { readonly most: number; readonly least: number } {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map(() => 0);
  let picks = 0;
  let most = 0;
  let least = 0;
  const { recorder } = run;
  const { attemptStarted } = recorder;
  recorder.attemptStarted = (nowUs, request, attempt, member) => {
    picks++;
    counts[member] = (counts[member] ?? 0) + 1;
    for (const [m, weight] of weights.entries()) {
      const ahead = (counts[m] ?? 0) - (picks * weight) / total;
      most = Math.max(most, ahead);
      least = Math.min(least, ahead);
    }
    attemptStarted.call(recorder, nowUs, request, attempt, member);
  };
  run.run();
  expect(picks).toBeGreaterThan(0);
  return { most, least };
}
