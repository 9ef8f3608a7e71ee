import { describe, expect, it } from "vitest";
import { checkErlang } from "../../../src/experiment/plan/erlang-check.ts";
import type { Estimate } from "../../../src/experiment/result.ts";
import { experimentOf, HTTPD_CONF } from "../small-experiment.ts";

const TEXT = `proxy: httpd.conf
clients: {requests: {rate: 60/s}}
backends: {default: {cores: 2, service: {exponential: {mean: 25ms}}}}
duration: 20s
warm-up: 2s
`;
const ONE_MEMBER = HTTPD_CONF.replace(/.*10\.0\.0\.2.*\n/, "");

function worldOf(text = TEXT, conf = HTTPD_CONF) {
  return experimentOf(text, { "httpd.conf": conf }).experiment.resolved.world;
}

const estimate = (mean: number, halfWidth: number): Estimate => ({ mean, halfWidth, values: [] });

describe("the check against Erlang C", () => {
  it("of one backend says its mean response time, and agrees within three half-widths", () => {
    // M/M/2 with 60/s and 40/s per server: load 3/4, C = 9/14, W = 25 ms + C / (80 - 60)/s = 25 + 32.14 ms.
    const check = checkErlang(worldOf(TEXT, ONE_MEMBER), 1, estimate(58_000, 1_000));
    expect(check).toMatchObject({
      applies: true,
      servers: 2,
      capacityPerSec: 80,
      utilisation: 0.75,
      relation: "equal",
    });
    expect(check.applies && check.meanUs).toBeCloseTo(57_142.857, 2);
    expect(check.applies && check.agrees).toBe(true);
    const far = checkErlang(worldOf(TEXT, ONE_MEMBER), 1, estimate(62_000, 1_000));
    expect(far.applies && far.agrees).toBe(false);
  });

  it("of several backends says what no load balancer can beat", () => {
    const slower = checkErlang(worldOf(), 2, estimate(40_000, 1_000));
    expect(slower).toMatchObject({ applies: true, servers: 4, relation: "at least", agrees: true });
    const impossible = checkErlang(worldOf(), 2, estimate(20_000, 1_000));
    expect(impossible.applies && impossible.agrees).toBe(false);
  });

  it("has no mean where the load is 1 or more", () => {
    const check = checkErlang(worldOf(TEXT.replace("60/s", "80/s"), ONE_MEMBER), 1, estimate(58_000, 1_000));
    expect(check).toMatchObject({ applies: true, meanUs: null, agrees: null });
  });

  it.each([
    ["exponential: {mean: 25ms}", "constant: 25ms", "not exponential"],
    ["requests: {rate: 60/s}", "requests: {rate: 60/s, arrivals: constant}", "not Poisson"],
    ["requests: {rate: 60/s}", "sessions: {rate: 60/s, requests: 3}", "more than one request"],
    ["duration: 20s", "duration: 20s\nfaults: [{at: 1s, crash: node1}]", "faults"],
    ["backends: {default:", "backends: {node2: {speed: 2}, default:", "not equal"],
  ])("does not apply with %s turned into %s", (from, to, why) => {
    expect(checkErlang(worldOf(TEXT.replace(from, to)), 2, undefined)).toMatchObject({
      applies: false,
      why: expect.stringContaining(why),
    });
  });
});
