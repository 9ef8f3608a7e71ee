import { beforeAll, describe, expect, it } from "vitest";
import type { RunResult } from "../../src/experiment/result.ts";
import { differenceOf, isShown, runScenario } from "./run-scenario.ts";

const METHODS = ["byrequests", "bytraffic", "bybusyness"] as const;
const SWITCHES = ["On", "Off"] as const;

let result: RunResult;

beforeAll(async () => {
  result = await runScenario("scenarios/quick-start.yaml");
}, 120_000);

const named = (method: string, nofailover: string): string => `${method} · nofailover=${nofailover}`;

/** Metrics whose paired 95 % interval over the replications excludes zero. */
function differing(one: string, other: string): readonly string[] {
  return result.metrics
    .map(({ id }) => id)
    .filter((id) => {
      const difference = differenceOf(result, id, one, other);
      return isShown(difference, 1) || isShown(difference, -1);
    });
}

describe("the quick start scenario", () => {
  it("compares all lbmethods with nofailover on and off", () => {
    const names = METHODS.flatMap((method) => SWITCHES.map((nofailover) => named(method, nofailover)));
    expect(result.variants.map(({ name }) => name)).toEqual(names);
  });

  it("shows a difference between every two of its variants", () => {
    const names = result.variants.map(({ name }) => name);
    const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const));
    expect(pairs).toHaveLength(15);
    for (const [one, other] of pairs) expect(differing(one, other), `${one} and ${other}`).not.toEqual([]);
  });

  for (const nofailover of SWITCHES)
    it(`orders the methods by response time, bybusyness before byrequests before bytraffic, with nofailover=${nofailover}`, () => {
      const [byrequests, bytraffic, bybusyness] = METHODS.map((method) => named(method, nofailover)) as [
        string,
        string,
        string,
      ];
      for (const metric of ["response_p50", "response_p99"]) {
        expect(isShown(differenceOf(result, metric, byrequests, bybusyness), -1), metric).toBe(true);
        expect(isShown(differenceOf(result, metric, byrequests, bytraffic), 1), metric).toBe(true);
      }
    });

  for (const method of METHODS)
    it(`trades availability for kept sessions when nofailover goes On with ${method}`, () => {
      const off = named(method, "Off");
      const on = named(method, "On");
      expect(isShown(differenceOf(result, "availability", off, on), -1)).toBe(true);
      expect(isShown(differenceOf(result, "sessions_lost", off, on), -1)).toBe(true);
    });
});
