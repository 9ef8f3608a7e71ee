import { describe, expect, it } from "vitest";
import { differenceOf, isShown, meanOf, runScenario } from "./run-scenario.ts";

describe("the scenarios of the six Apache configurations", { timeout: 60_000 }, () => {
  it("apache-0: nofailover costs availability and loses nothing that is not gone anyway", async () => {
    const result = await runScenario("scenarios/apache/apache-0-intro.yaml");
    const off = "nofailover=Off";
    expect(isShown(differenceOf(result, "availability", off, "nofailover=On"), -1)).toBe(true);
    expect(isShown(differenceOf(result, "sessions_lost", off, "nofailover=On"), -1)).toBe(true);
  });

  it("apache-1: sessions hold only with stickysession", async () => {
    const result = await runScenario("scenarios/apache/apache-1-byrequests.yaml");
    // Two servers in turn: all but the first requests of a session have a fair chance to be elsewhere.
    expect(meanOf(result, "sessions_lost_share", "as written")).toBeGreaterThan(0.5);
    expect(meanOf(result, "sessions_lost", "sticky")).toBe(0);
  });

  it("apache-3: bybusyness keeps p99 low when one backend is slow", async () => {
    const result = await runScenario("scenarios/apache/apache-3-https-backends.yaml");
    expect(isShown(differenceOf(result, "response_p99", "byrequests", "bybusyness"), -1)).toBe(true);
    expect(isShown(differenceOf(result, "availability", "byrequests", "bybusyness"), 1)).toBe(true);
  });

  it("apache-4: bybusyness fills up the server that lost its tunnels", async () => {
    const result = await runScenario("scenarios/apache/apache-4-websocket.yaml");
    expect(isShown(differenceOf(result, "share_error", "byrequests", "bybusyness"), 1)).toBe(true);
    const [byrequests, bybusyness] = result.variants.map(({ members }) => members[0]?.attempts.mean ?? Number.NaN);
    expect(bybusyness).toBeGreaterThan(byrequests as number);
  });

  it("apache-5: the route cookie works only when it is read", async () => {
    const result = await runScenario("scenarios/apache/apache-5-headers-routeid.yaml");
    expect(isShown(differenceOf(result, "sessions_lost_share", "cookie read", "cookie ignored"), 1)).toBe(true);
  });
});
