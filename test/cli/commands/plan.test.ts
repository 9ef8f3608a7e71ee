import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandRun, folderWith, HTTPD_CONF, lbsim } from "../run-command.ts";

const SCENARIO = `proxy: httpd.conf
clients: {requests: {rate: 20/s}}
backends: {default: {cores: 1, service: {exponential: {mean: 20ms}}}}
duration: 30s
warm-up: 5s
`;

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({ "shop.yaml": SCENARIO, "httpd.conf": HTTPD_CONF });
});
afterAll(() => folder.remove());

function plan(...words: readonly string[]): Promise<CommandRun> {
  const usual = ["--replications", "3", "--report-dir", folder.path("out")];
  return lbsim(["plan", folder.path("shop.yaml"), ...usual, ...words]);
}

const KEPT = ["--expect", "availability >= 99%", "--expect", "response_mean < 60ms"];

describe("lbsim plan", { timeout: 30_000 }, () => {
  it("finds the largest load around the scenario's own, and says what limits it", async () => {
    const { code, out } = await plan("--largest", "load", "--resolution", "10%", ...KEPT);
    expect(code).toBe(0);
    // Two servers of 50/s each: with one common queue W = 60 ms at 81.6/s, with two separate ones at 66.7/s.
    const load = Number(/as written: load ([\d.]+)\/s/.exec(out)?.[1]);
    expect(load).toBeGreaterThan(40);
    expect(load).toBeLessThan(82);
    expect(out).toMatch(/not shown at [\d.]+\/s: /);
    expect(out).toMatch(
      /Erlang C: 2 servers carry at most 100\/s; no load balancer has a mean response time below .*: agrees/,
    );
    expect(readdirSync(folder.path("out")).sort()).toEqual(["plan.json", "plan.txt"]);
  });

  it("finds the fewest members, and more of them when one may be down", async () => {
    const words = ["--smallest", "members", "--json", ...KEPT];
    const answerOf = ({ out }: CommandRun) => JSON.parse(out).answers[0];
    const alone = await plan(...words);
    expect(answerOf(alone)).toMatchObject({ value: "1", next: null });
    expect(alone.out).toBe(readFileSync(folder.path("out/plan.json"), "utf8"));
    const down = await plan(...words, "--with-one-down");
    expect(answerOf(down)).toMatchObject({ value: "2", next: "1", failsFrom: "1" });
    expect(answerOf(down).limitedBy).toContain("down");
    const restart = await plan(...words, "--rolling-restart");
    expect(answerOf(restart).value).toBe("2");
  });

  it("answers within a written range, and says when the range is what ends it", async () => {
    const { out } = await plan("--largest", "load=10/s..30/s step 10/s", ...KEPT);
    expect(out).toContain("as written: load 30/s");
    expect(out).toContain("the range ends there");
    // Every option once: what is pasted asks the same question.
    const line = /^reproduce: (.*)$/m.exec(out)?.[1] ?? "";
    expect(line.match(/--expect \S+/g)).toEqual(["--expect 'availability", "--expect 'response_mean"]);
  });

  it("ends with 2 when not even the easiest value can be kept, the runs printed", async () => {
    const { code, out, err } = await plan("--largest", "load=10/s..30/s step 10/s", "--expect", "response_mean < 5ms");
    expect(code).toBe(2);
    expect(out).toMatch(/10\/s +fail/);
    expect(err).toContain("bad-plan  as written: even load 10/s breaks its expectations: response_mean < 5ms");
  });

  it.each([
    [[...KEPT], "bad-plan  the largest or the smallest what?"],
    [["--largest", "load"], "no expectations"],
    [["--smallest", "member(*).retry", ...KEPT], "bad-plan  --smallest member(*).retry: from where to where?"],
    [["--smallest", "nokey", ...KEPT], 'unknown-setting  "nokey" is not a parameter'],
    [["--largest", "clients.patients=1s..2s", ...KEPT], "patience"],
    [["--largest", "load=30/s..10/s", ...KEPT], "is not below"],
    [["--largest", "load", "--expect", "availabilty >= 99%"], "availability"],
    [["--largest", "load", "--expect", "p(95) < 1s variant bybusiness"], "unknown-variant"],
    [["--largest", "load", "--resolution", "80%", ...KEPT], "at most 50%"],
  ])("%j ends with 2 and says why", async (words, reason) => {
    const { code, out, err } = await plan(...words);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(reason);
  });
});
