import { describe, expect, it } from "vitest";
import { type Meeting, type PlanOptions, planVariant } from "../../../src/experiment/plan/plan-variant.ts";
import type { RunResult } from "../../../src/experiment/result.ts";
import { experimentOf, HTTPD_CONF, hostWith, plainExecutor } from "../small-experiment.ts";

const CONF = HTTPD_CONF.replace(/.*10\.0\.0\.2.*\n/, "");
const TEXT = `proxy: httpd.conf
clients: {requests: {rate: 10/s}}
backends: {default: {cores: 1, concurrency: 100000, service: {exponential: {mean: 20ms}}}}
duration: 120s
warm-up: 10s
`;
const { inlined } = experimentOf(TEXT, { "httpd.conf": CONF });

/** Mean response time below a limit, judged by its interval. */
function meanBelow(limitUs: number) {
  return ({ variants }: RunResult): Meeting => {
    const { mean, halfWidth } = variants[0]?.metrics.response_mean ?? {};
    if (typeof mean !== "number" || typeof halfWidth !== "number") return { verdict: "inconclusive", why: "no sample" };
    if (mean + halfWidth < limitUs) return { verdict: "pass", why: "" };
    return { verdict: mean - halfWidth > limitUs ? "fail" : "inconclusive", why: "mean" };
  };
}

const options: PlanOptions = {
  input: inlined.input,
  host: hostWith({ "httpd.conf": CONF }),
  values: Array.from({ length: 48 }, (_, i) => `${i + 1}/s`),
  start: { from: null, stride: 8 },
  overrides: (value) => [`scenario.clients.requests.rate=${value}`],
  conditions: () => [{ name: "as written", overrides: [] }],
  members: () => 1,
  meets: meanBelow(50_000),
  replications: 5,
  mostReplications: 10,
  version: "test",
};

describe("a plan", () => {
  it("finds the load that queueing theory gives, within what it says it does not know", async () => {
    const answer = await planVariant("as written", plainExecutor(), options);
    // M/M/1 with 20 ms: W = 1 / (50 - rate) reaches 50 ms at 30/s.
    const kept = Number.parseInt(answer?.value ?? "", 10);
    const broken = Number.parseInt(answer?.failsFrom ?? "", 10);
    expect(kept).toBeGreaterThan(24);
    expect(kept).toBeLessThanOrEqual(30);
    expect(broken).toBeGreaterThanOrEqual(30);
    expect(broken).toBeLessThan(38);
    expect(answer?.isMonotone).toBe(true);
    expect(answer?.erlang).toMatchObject({ applies: true, relation: "equal", agrees: true });
  }, 60_000);

  it("doubles the replications of a value that can't be decided, up to the most", async () => {
    const answer = await planVariant("as written", plainExecutor(), options);
    for (const { verdict, replications } of answer?.runs ?? [])
      expect(replications).toBe(verdict === "inconclusive" ? 10 : replications);
    expect(answer?.runs.some(({ replications }) => replications === 10)).toBe(true);
  }, 60_000);

  it("counts a value as kept only when it is under every condition", async () => {
    const short = { ...options, values: ["10/s"], start: { from: null, stride: 1 } };
    const down = { name: "node1 down", overrides: ['scenario.faults=[{"at":"0s","crash":"node1"}]'] };
    const conditions = () => [...options.conditions(""), down];
    const answer = await planVariant("as written", plainExecutor(), { ...short, conditions });
    expect(answer).toMatchObject({ value: null, failsFrom: "10/s", limitedBy: expect.stringContaining("node1 down") });
    expect((await planVariant("as written", plainExecutor(), short))?.value).toBe("10/s");
  }, 60_000);

  it("takes fast failures for no answers", async () => {
    const conditions = () => [{ name: "down", overrides: ['scenario.faults=[{"at":"0s","crash":"node1"}]'] }];
    const values = ["10/s"];
    const answer = await planVariant("as written", plainExecutor(), { ...options, values, conditions });
    expect(answer?.runs[0]).toMatchObject({ verdict: "fail", why: "no request gets a good answer" });
  }, 60_000);

  it("ends with null when it was stopped", async () => {
    expect(await planVariant("as written", plainExecutor(0), options)).toBeNull();
  });
});
