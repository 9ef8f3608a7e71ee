import { describe, expect, it } from "vitest";
import { newConfigDraft } from "../../../../src/proxies/apache/config/drafts.ts";
import { serverLimits } from "../../../../src/proxies/apache/config/server-limits.ts";
import { load } from "./read-text.ts";

function limitsOf(given: Record<string, number>, chosen = false) {
  const draft = newConfigDraft();
  Object.assign(draft.limits, given);
  return serverLimits(draft, {}, chosen);
}

describe("serverLimits", () => {
  it("has httpd's defaults: 16 servers of 25 threads", () => {
    const { limits, warnings } = limitsOf({});
    expect(warnings).toEqual([]);
    expect(limits).toMatchObject({
      serverLimit: 16,
      threadsPerChild: 25,
      maxRequestWorkers: 400,
      asyncFactor: 2,
      listenBacklog: 511,
    });
    expect(limits.requestHeadTimeoutUs).toBeNull();
  });

  it("corrects in two steps: to a multiple of the threads, then to the servers allowed", () => {
    const { limits, warnings } = limitsOf({ serverLimit: 1, threadsPerChild: 4, maxRequestWorkers: 10 });
    expect(limits.maxRequestWorkers).toBe(4);
    expect(warnings.map((w) => w.slice(0, 7))).toEqual(["AH00513", "AH00515"]);
  });

  it("starts no more processes than there may be and keeps room between the spare thread limits", () => {
    const { limits } = limitsOf({
      threadsPerChild: 10,
      maxRequestWorkers: 20,
      minSpareThreads: 15,
      maxSpareThreads: 16,
    });
    expect(limits.startServers).toBe(2);
    expect(limits.maxSpareThreads).toBe(25);
  });

  it("gives a request head mod_reqtimeout's 20 s when that module is loaded on purpose", () => {
    expect(limitsOf({}, true).limits.requestHeadTimeoutUs).toBe(20_000_000);
    expect(load("RequestReadTimeout header=7-10,MinRate=500\n").limits.requestHeadTimeoutUs).toBe(7_000_000);
    expect(load("RequestReadTimeout header=0\n", { modules: "debian" }).limits.requestHeadTimeoutUs).toBeNull();
    expect(load("Timeout 5\n", { modules: "debian" }).limits.requestHeadTimeoutUs).toBe(20_000_000);
  });

  it("cuts AsyncRequestWorkerFactor to a whole number of at least 1", () => {
    expect(load("AsyncRequestWorkerFactor 1.9\n").limits.asyncFactor).toBe(1);
    expect(load("AsyncRequestWorkerFactor 0.5\n").limits.asyncFactor).toBe(1);
  });
});
