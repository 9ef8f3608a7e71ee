import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, lbsim, SCENARIO } from "../run-command.ts";

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({ "httpd.conf": HTTPD_CONF, "shop.yaml": SCENARIO });
});
afterAll(() => folder.remove());

const run = (...more: readonly string[]) =>
  lbsim(["run", folder.path("shop.yaml"), "--replications", "3", "--report-dir", folder.path("out"), ...more]);

describe("lbsim run --expect", { timeout: 30_000 }, () => {
  it("passes with 0 and shows the verdict in every output", async () => {
    const { code, out } = await run("--expect", "avg < 1h", "--out", `markdown=${folder.path("a.md")}`);
    expect(code).toBe(0);
    expect(out).toMatch(/expectations \(2 pass\)\n {2}PASS {2}avg < 1h {2}\[byrequests\]\n {8}\S+ ± \S+ ms\n/);
    const result = JSON.parse(readFileSync(folder.path("out/result.json"), "utf8"));
    expect(result.expectations[0]).toMatchObject({ verdict: "pass", basis: "interval", variant: "byrequests" });
    expect(readFileSync(folder.path("out/report.html"), "utf8")).toContain("Expectations: 2 pass");
    expect(readFileSync(folder.path("a.md"), "utf8")).toContain("| PASS | `avg < 1h` | byrequests |");
    expect(out).toContain("--expect 'avg < 1h'");
  });

  it("answers 99 for a failure and for one that is undecided", async () => {
    expect((await run("--expect", "p(99) < 1us")).code).toBe(99);
    expect((await run("--replication", "0", "--expect", "avg < 1h")).code).toBe(2);
    const alone = ["run", folder.path("shop.yaml"), "--replication", "0", "--report-dir", folder.path("out")];
    const { code, out } = await lbsim([...alone, "--expect", "avg < 1h"]);
    expect(code).toBe(99);
    expect(out).toContain("INCONCLUSIVE");
  });

  it("is read before anything runs, with place and suggestion", async () => {
    const { code, err } = await run("--expect", "avg < 1h", "--expect", "p(99) < 3parsec");
    expect(code).toBe(2);
    expect(err).toMatch(/^--expect:2:9 {2}wrong-unit/);
    expect(err).toContain("^^^^^^^");
  });
});

describe("lbsim run --precision", { timeout: 30_000 }, () => {
  it("says after how many replications it was reached, and repeats as a plain run", async () => {
    const { code, out } = await run("--precision", "100%", "--variant", "byrequests");
    expect(code).toBe(0);
    expect(out).toMatch(/precision 100 % (reached after \d+ replications|not reached)/);
  });

  it("says why it gave up", async () => {
    const { out } = await run("--precision", "0.01%", "--max-replications", "4", "--variant", "byrequests");
    expect(out).toMatch(
      /precision 0\.01\d* % not reached, given up at 4 replications \(--max-replications\): .+ would do/,
    );
    expect(out).toContain("--replications 4 ");
  });

  it("refuses a precision that is none", async () => {
    expect((await run("--precision", "tight")).code).toBe(2);
    expect((await run("--max-replications", "20")).err).toContain("option-alone");
  });
});
