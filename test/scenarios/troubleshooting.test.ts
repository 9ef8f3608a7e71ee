import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pairedDifference } from "../../src/experiment/analysis/paired-difference.ts";
import { differenceOf, isShown, meanOf, runScenario } from "./run-scenario.ts";

const FOLDER = "scenarios/troubleshooting";

/** What the mended variant does to a metric, by the scenario's own words: 1 = it rises, -1 = it falls. */
const CLAIMS: Readonly<Record<string, readonly (readonly [metric: string, sign: 1 | -1])[]>> = {
  "balancer-timeout-is-no-connect-timeout": [
    ["availability", 1],
    ["response_p99", -1],
  ],
  "bytraffic-burst-after-outage": [
    ["response_p99", -1],
    ["share_error", -1],
  ],
  "cookie-name-differs": [["sessions_lost_share", -1]],
  "cookie-path": [["sessions_lost_share", -1]],
  "failonstatus-missing": [["availability", 1]],
  "forcerecovery-blocked": [["availability", 1]],
  "forcerecovery-off": [["availability", 1]],
  "hanging-member-takes-all-threads": [
    ["availability", 1],
    ["response_p99", -1],
  ],
  "health-checks-missing": [["availability", 1]],
  "https-without-sslproxyengine": [["availability", 1]],
  "ignore-errors-stops-failover": [
    ["availability", 1],
    ["failovers", 1],
  ],
  "modules-not-loaded": [["availability", 1]],
  "nofailover-single-point": [["availability", 1]],
  "proxypass-order": [["response_mean", -1]],
  "retry-too-long": [["response_p99", -1]],
  "retry-zero-with-sessions": [
    ["availability", 1],
    ["failovers", -1],
  ],
  "route-differs": [["sessions_lost_share", -1]],
  "standby-is-no-spare": [["response_p95", -1]],
  "stickysession-without-route": [["sessions_lost_share", -1]],
  "timeout-too-short": [
    ["availability", 1],
    ["wasted_work", -1],
  ],
  "trailing-slash": [["availability", 1]],
  "unit-cut-off": [["response_p99", -1]],
  "websocket-upgrade-missing": [["availability", 1]],
};

/** Scenarios that differ in the world and not in the configuration: the wrong one and the mended one are two files. */
const TWO_FILES = [
  ["hidden-errors", "hidden-errors-mended"],
  ["selinux-refuses-connections", "selinux-allows-connections"],
] as const;

/** Rows of the how-to page: what `lbsim check` finds in a scenario's configuration, null where it can find nothing. */
function diagnoses(): readonly { readonly scenario: string; readonly code: string | null }[] {
  return readFileSync("docs/how-to/troubleshooting.md", "utf8")
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length === 6 && cells[4] !== "scenario" && !cells[4]?.startsWith("--"))
    .map((cells) => ({ scenario: cells[4] as string, code: cells[3] === "–" ? null : (cells[3] as string) }));
}

describe("the troubleshooting scenarios", { timeout: 60_000 }, () => {
  it("all have a claim that is tested here", () => {
    const files = readdirSync(FOLDER)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => name.replace(/\.yaml$/, ""));
    expect([...Object.keys(CLAIMS), ...TWO_FILES.flat()].sort()).toEqual(files.sort());
  });

  for (const [name, claims] of Object.entries(CLAIMS))
    it(`${name}: the mended variant differs as its comment says`, async () => {
      const result = await runScenario(`${FOLDER}/${name}.yaml`);
      for (const [metric, sign] of claims) {
        const difference = differenceOf(result, metric, "wrong", "mended");
        const words = `${metric} ${difference.mean} ± ${difference.halfWidth}`;
        expect(isShown(difference, sign), words).toBe(true);
      }
    });

  for (const [wrong, mended] of TWO_FILES)
    it(`${mended} has a higher availability than ${wrong}`, async () => {
      const values = async (name: string): Promise<number[]> => {
        const result = await runScenario(`${FOLDER}/${name}.yaml`);
        return (result.variants[0]?.metrics.availability?.values ?? []).map((value) => value ?? Number.NaN);
      };
      expect(isShown(pairedDifference(await values(wrong), await values(mended)), 1)).toBe(true);
    });

  it("are all diagnosed by the how-to page", () => {
    const mendedTwins = new Set<string>(TWO_FILES.map(([, mended]) => mended));
    const scenarios = [...Object.keys(CLAIMS), ...TWO_FILES.flat()].filter((name) => !mendedTwins.has(name));
    const diagnosed = diagnoses().map(({ scenario }) => scenario);
    expect(diagnosed.sort()).toEqual(scenarios.sort());
  });

  for (const { scenario, code } of diagnoses())
    if (code !== null)
      it(`${scenario}: check finds ${code}`, async () => {
        const result = await runScenario(`${FOLDER}/${scenario}.yaml`, { replications: 1 });
        expect(result.variants[0]?.problems.map((problem) => problem.code)).toContain(code);
      });

  it("hidden errors leave no trace at the proxy: no failover, and equal shares for both members", async () => {
    const result = await runScenario(`${FOLDER}/hidden-errors.yaml`);
    expect(meanOf(result, "failovers", "as written")).toBe(0);
    expect(meanOf(result, "share_error", "as written")).toBeLessThan(0.01);
    // 60 of 90 seconds, one half of the requests: a third is lost to the users.
    expect(meanOf(result, "availability", "as written")).toBeCloseTo(2 / 3, 1);
  });

  it("the specific ProxyPass behind the general one gives its balancer no attempt", async () => {
    const result = await runScenario(`${FOLDER}/proxypass-order.yaml`);
    const attempts = (variant: number) =>
      result.variants[variant]?.members.filter(({ group }) => group === "api").map((m) => m.attempts.mean);
    expect(attempts(0)).toEqual([0, 0]);
    for (const each of attempts(1) ?? []) expect(each).toBeGreaterThan(0);
  });
});
