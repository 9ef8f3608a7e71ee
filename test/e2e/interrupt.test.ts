import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ended, pause, SHOP_YAML, type Started, Workplace } from "./built-cli.ts";

let place: Workplace;
beforeEach(() => {
  // One replication of endless.yaml outlasts the test.
  place = new Workplace({ "endless.yaml": SHOP_YAML.replace("duration: 20s", "duration: 300d") });
});
afterEach(() => place.remove());

const FILES = ["members.csv", "report.html", "requests.csv", "result.json", "timeline.csv"];
const BROKEN = ["journal.jsonl", ...FILES];
const reports = (): readonly string[] => place.files().filter((name) => name.startsWith("reports/"));

/** Starts a run again with more patience until it was interrupted while it ran, not while it was being loaded. */
async function interrupted(args: readonly string[], interrupt: (started: Started) => Promise<void>): Promise<Ended> {
  for (const waitMs of [2_000, 6_000, 20_000]) {
    const started = place.start(...args);
    await pause(waitMs);
    await interrupt(started);
    const ended = await started.ended;
    if (ended.status !== null && !ended.stderr.includes("no report was written")) return ended;
  }
  throw new Error("no run got as far as its first replication");
}

describe.each(["1", "2"])("Ctrl-C with %s thread(s)", (threads) => {
  it.each(["SIGINT", "SIGTERM"] as const)("(%s) leaves a whole report of what was done", async (signal) => {
    const args = ["run", "shop.yaml", "--threads", threads, "--replications", "10000", "--json"];
    const { status, stdout } = await interrupted(args, async ({ child }) => {
      child.kill(signal);
    });
    expect(status).toBe(130);
    const result = JSON.parse(stdout);
    expect(result.interrupted).toBe(true);
    expect(result.replications).toBeGreaterThanOrEqual(1);
    expect(result.replications).toBeLessThan(10_000);
    expect(reports()).toEqual(BROKEN.map((name) => `reports/shop/${name}`));
    expect(place.read("reports/shop/result.json")).toBe(stdout);
    expect(place.read("reports/shop/report.html").endsWith("</html>\n")).toBe(true);
  });

  it("twice ends at once, in the middle of a replication, without a report", async () => {
    const args = ["run", "endless.yaml", "--threads", threads];
    const { status, stdout } = await interrupted(args, async ({ child, said }) => {
      child.kill("SIGINT");
      await said("Ctrl-C again ends at once");
      child.kill("SIGINT");
    });
    expect([status, stdout]).toEqual([130, ""]);
    expect(reports()).toEqual([]);
  });
});

describe("kill -9", () => {
  it("in the middle of a run leaves the files of the run before as they were", async () => {
    expect(place.lbsim("run", "shop.yaml", "--replications", "1").status).toBe(0);
    const before = FILES.map((name) => place.read(`reports/shop/${name}`));
    const { child, ended } = place.start("run", "shop.yaml", "--replications", "10000");
    while (child.exitCode === null && !reports().includes("reports/shop/journal.jsonl")) await pause(20);
    child.kill("SIGKILL");
    expect((await ended).status).toBeNull();
    expect(reports()).toEqual(BROKEN.map((name) => `reports/shop/${name}`));
    expect(FILES.map((name) => place.read(`reports/shop/${name}`))).toEqual(before);
  });
});
