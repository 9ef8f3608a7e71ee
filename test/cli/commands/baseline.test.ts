import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, lbsim, SCENARIO } from "../run-command.ts";

let folder: ReturnType<typeof folderWith>;
beforeEach(async () => {
  folder = folderWith({ "httpd.conf": HTTPD_CONF, "shop.yaml": SCENARIO });
  await lbsim(["run", folder.path("shop.yaml"), "--replications", "3", "--report-dir", folder.path("base")]);
});
afterEach(() => folder.remove());

const compare = (...more: readonly string[]) =>
  lbsim([
    "compare",
    folder.path("shop.yaml"),
    "--baseline",
    folder.path("base/result.json"),
    "--report-dir",
    folder.path("now"),
    ...more,
  ]);

describe("lbsim compare --baseline", { timeout: 30_000 }, () => {
  it("takes seed and replications of the stored result, so that nothing moves when nothing changed", async () => {
    const { code, out } = await compare();
    expect(code).toBe(0);
    expect(out).toContain(" · seed 1 · 3 replications\n");
    expect(out).toContain("result.json: no metric moved\n");
    expect(out).toMatch(/reproduce: lbsim compare \S+ --baseline \S+result\.json\n$/);
  });

  it("answers 3 for a regression and names metric and variant with the interval", async () => {
    const slower = ["--set", "scenario.backends.default.speed=0.5"];
    const { code, out } = await compare(...slower);
    expect(code).toBe(3);
    expect(out).toMatch(/REGRESSION byrequests: mean response time \S+ ms, now \S+ ms \(\+\S+ ± \S+ ms\)\n/);
    expect((await compare(...slower, "--tolerance", "100%", "--variant", "byrequests")).out).not.toMatch(
      /REGRESSION byrequests: availability/,
    );
  });

  it("refuses another behaviour revision with the command that makes a new baseline", async () => {
    const path = folder.path("base/result.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(/"behaviourRevision": \d+/g, '"behaviourRevision": 9999'));
    const { code, err } = await compare();
    expect(code).toBe(2);
    expect(err).toMatch(/^not-comparable {2}\S+result\.json: /);
    expect(err).toContain("behaviour revision 9999");
    expect(err).toMatch(/hint: make a new baseline: lbsim run \S+shop\.yaml --seed 1 --replications 10 --out json=\S+/);
  });

  it.each([
    ["cut short", '{"format": "lbsim-result"', "result-unreadable"],
    ["another document", '{"a": 1}', "result-unreadable"],
    ["of a newer version", '{"format": "lbsim-result", "version": 99}', "result-unreadable"],
  ])("refuses a result that is %s", async (_, text, code) => {
    writeFileSync(folder.path("base/result.json"), text);
    const run = await compare();
    expect([run.code, run.err.slice(0, code.length)]).toEqual([2, code]);
  });

  it("refuses a stored result none of whose variants is run: renamed ones must not pass unseen", async () => {
    const one = ["--variant", "byrequests", "--replications", "3"];
    await lbsim(["run", folder.path("shop.yaml"), ...one, "--report-dir", folder.path("base")]);
    const { code, err } = await compare("--variant", "bybusyness");
    expect([code, err.slice(0, 14)]).toEqual([2, "not-comparable"]);
    expect(err).toContain("none of its variants (byrequests) is run here (bybusyness)");
  });

  it("does not take options that its baseline decides, nor a tolerance without one", async () => {
    for (const words of [
      ["--seed", "2"],
      ["--replications", "5"],
      ["--replication", "1"],
      ["--precision", "1%"],
    ]) {
      const decided = await compare(...words);
      expect([decided.code, decided.out]).toEqual([2, ""]);
      expect(decided.err).toContain(`options-conflict  ${words[0]} goes without --baseline`);
    }
    const { code, err } = await lbsim(["compare", folder.path("shop.yaml"), "--tolerance", "5%"]);
    expect([code, err.slice(0, 12)]).toEqual([2, "option-alone"]);
  });
});
