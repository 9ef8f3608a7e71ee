import { existsSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, SCENARIO } from "../cli/run-command.ts";
import { contentsOf, type Ended, lbsim, pause, type Started, start } from "./built-program.ts";

const folder = folderWith({
  "httpd.conf": HTTPD_CONF,
  "short.yaml": SCENARIO,
  // One replication of this outlasts the test.
  "endless.yaml": SCENARIO.replace("duration: 20s", "duration: 300d"),
});
afterAll(folder.remove);
const FILES = ["members.csv", "report.html", "requests.csv", "result.json", "timeline.csv"];

/** Starts a run again with more patience until it was interrupted while it ran, not while it was being loaded. */
async function interrupted(words: readonly string[], interrupt: (started: Started) => Promise<void>): Promise<Ended> {
  for (const waitMs of [2_000, 6_000, 20_000]) {
    const started = start(words);
    await pause(waitMs);
    await interrupt(started);
    const ended = await started.ended;
    if (ended.code !== null && !ended.err.includes("nothing was written")) return ended;
  }
  throw new Error("no run got as far as its first replication");
}

describe.each(["1", "2"])("Ctrl-C with %s thread(s)", (threads) => {
  it.each(["SIGINT", "SIGTERM"] as const)("(%s) leaves a whole report of what was done", async (signal) => {
    const out = folder.path(`done-${threads}-${signal}`);
    const words = ["run", folder.path("short.yaml"), "--threads", threads, "--replications", "10000", "--json"];
    const ended = await interrupted([...words, "--report-dir", out], async ({ child }) => {
      child.kill(signal);
    });
    expect(ended.code).toBe(130);
    const result = JSON.parse(ended.out);
    expect(result.interrupted).toBe(true);
    expect(result.replications).toBeGreaterThanOrEqual(1);
    expect(result.replications).toBeLessThan(10_000);
    const files = contentsOf(out);
    expect(Object.keys(files)).toEqual(FILES);
    expect(files["result.json"]?.toString()).toBe(ended.out);
    expect(files["report.html"]?.toString().endsWith("</html>\n")).toBe(true);
  });

  it("twice ends at once, in the middle of a replication, without a report", async () => {
    const out = folder.path(`twice-${threads}`);
    const words = ["run", folder.path("endless.yaml"), "--threads", threads, "--report-dir", out];
    const ended = await interrupted(words, async ({ child, said }) => {
      child.kill("SIGINT");
      await said("Ctrl-C again ends at once");
      child.kill("SIGINT");
    });
    expect([ended.code, ended.out]).toEqual([130, ""]);
    expect(existsSync(out)).toBe(false);
  });
});

describe("kill -9", () => {
  it("in the middle of a run leaves the files of the run before as they were", async () => {
    const out = folder.path("killed");
    const words = ["run", folder.path("short.yaml"), "--report-dir", out];
    expect((await lbsim([...words, "--replications", "1"])).code).toBe(0);
    const before = contentsOf(out);
    const { child, ended } = start([...words, "--replications", "10000"]);
    await pause(2_000);
    child.kill("SIGKILL");
    expect((await ended).code).toBeNull();
    const after = contentsOf(out);
    expect(Object.keys(after)).toEqual(FILES);
    for (const name of FILES) expect(after[name]?.equals(before[name] as Buffer), name).toBe(true);
  });
});
