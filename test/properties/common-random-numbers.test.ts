import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startRun } from "./start-run.ts";

/** What a try of a request drew, as far as it shows from outside. */
interface Try {
  readonly startUs: number;
  /** Service demand: every running request has a core of its own, so nothing else lasts. */
  readonly demandUs: number;
  readonly classIndex: number;
  readonly outcome: number;
}

interface Options {
  readonly retries: number;
  readonly errorRate: number;
  readonly seed: number;
  readonly sessions: boolean;
}

/** Runs clients whose tries fail now and then over backends without any contention. Answers tries by their identity. */
function triesOf({ retries, errorRate, seed, sessions }: Options): Map<string, Try> {
  const load = sessions
    ? { sessions: { rate: "3/s", requests: 5, think: { exponential: { mean: "500ms" } } } }
    : { requests: { rate: "30/s" } };
  const scenario = {
    proxy: {
      inline:
        "<Proxy balancer://pool>\n  BalancerMember http://10.0.0.1:8080\n  BalancerMember http://10.0.0.2:8080\n</Proxy>\n" +
        "ProxyPass / balancer://pool/\n",
    },
    clients: {
      ...load,
      retry: { attempts: retries, backoff: { exponential: { mean: "100ms" } } },
      classes: [{ path: "/a" }, { path: "/b", weight: 2 }],
    },
    backends: {
      default: {
        service: { exponential: { mean: "20ms" } },
        discipline: "fcfs",
        concurrency: 10_000,
        errors: { rate: errorRate, status: 500 },
      },
    },
    seed,
    "warm-up": "0s",
    duration: "20s",
  };
  const run = startRun({ scenario, lbmethod: "byrequests" });
  const { recorder } = run;
  const tries = new Map<string, Try>();
  const open = new Map<number, { readonly key: string; readonly startUs: number; readonly classIndex: number }>();
  const { requestStarted, requestFinished } = recorder;
  recorder.requestStarted = (nowUs, request, identity, slot) => {
    const { client, session, ordinal, tryNumber, classIndex } = identity;
    open.set(request, { key: `${client}/${session}/${ordinal}/${tryNumber}`, startUs: nowUs, classIndex });
    requestStarted.call(recorder, nowUs, request, identity, slot);
  };
  recorder.requestFinished = (nowUs, request, outcome, status) => {
    const begun = open.get(request);
    if (begun !== undefined) {
      const { key, startUs, classIndex } = begun;
      tries.set(key, { startUs, demandUs: nowUs - startUs, classIndex, outcome });
    }
    requestFinished.call(recorder, nowUs, request, outcome, status);
  };
  run.run();
  return tries;
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });

describe("common random numbers", () => {
  it("clients that retry shift the draws of no first try: arrival, class, demand and error are bit-equal", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const options = { seed, errorRate: 0.2, sessions: false };
        const without = triesOf({ ...options, retries: 0 });
        const withRetries = triesOf({ ...options, retries: 3 });
        expect(withRetries.size).toBeGreaterThan(without.size);
        for (const [key, one] of without) expect(withRetries.get(key)).toEqual(one);
      }),
      { numRuns: 15 },
    );
  });

  it("a session in which nothing failed is the same to the microsecond while others retry", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const options = { seed, errorRate: 0.05, sessions: true };
        const without = triesOf({ ...options, retries: 0 });
        const withRetries = triesOf({ ...options, retries: 3 });
        const clientOf = (key: string): string => key.slice(0, key.indexOf("/"));
        const troubled = new Set([...without].filter(([, { outcome }]) => outcome !== 0).map(([key]) => clientOf(key)));
        const calm = [...without].filter(([key]) => !troubled.has(clientOf(key)));
        expect(calm.length).toBeGreaterThan(0);
        for (const [key, one] of calm) expect(withRetries.get(key)).toEqual(one);
      }),
      { numRuns: 15 },
    );
  });

  it("a request brings the same work on every try and whatever became of the tries before", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const tries = triesOf({ seed, errorRate: 0.3, sessions: true, retries: 3 });
        const again = [...tries].filter(([key]) => !key.endsWith("/0"));
        expect(again.length).toBeGreaterThan(0);
        for (const [key, { demandUs, classIndex }] of again) {
          const first = tries.get(`${key.slice(0, key.lastIndexOf("/"))}/0`);
          expect({ demandUs, classIndex }).toEqual({ demandUs: first?.demandUs, classIndex: first?.classIndex });
        }
      }),
      { numRuns: 15 },
    );
  });
});
