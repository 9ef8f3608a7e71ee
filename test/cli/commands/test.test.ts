import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, lbsim, SCENARIO } from "../run-command.ts";

const HEADER = "scenario,seed,replications,fingerprint\n";
const expecting = (...lines: readonly string[]): string =>
  `${SCENARIO}replications: 2\nexpect:\n${lines.map((line) => `  - ${line}\n`).join("")}`;

let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({
    "httpd.conf": HTTPD_CONF,
    "good.yaml": expecting("availability > 1%", "avg < 1h"),
    "plain.yaml": SCENARIO,
    "other.yaml": "services: {web: {image: nginx}}\n",
  });
});
afterEach(() => folder.remove());

const test = (...more: readonly string[]) => lbsim(["test", folder.path(""), "--quiet", ...more]);

describe("lbsim test", { timeout: 30_000 }, () => {
  it("runs what has expectations, one line each, and passes over other files", async () => {
    const { code, out } = await test();
    expect(code).toBe(0);
    expect(out).toMatch(/^pass {10}\S+good\.yaml {2}2 expectations on 2 variants\n\n1 pass\n$/);
  });

  it("answers 99 and tells value, place and command of each failure", async () => {
    writeFileSync(folder.path("bad.yaml"), expecting("availability > 1%", "throughput > 1000000"));
    const { code, out } = await test();
    expect(code).toBe(99);
    expect(out).toMatch(/FAIL {2}throughput > 1000000 {2}\[byrequests\] {2}\S+bad\.yaml:14\n/);
    expect(out).toMatch(/reproduce: lbsim run \S+bad\.yaml --seed 1 --replications 2\n/);
    expect(out).toMatch(/1 pass, 1 fail\n$/);
  });

  it("answers 2 for a scenario that can't be used, and runs the others all the same", async () => {
    writeFileSync(folder.path("broken.yaml"), expecting("availabilty > 1%"));
    const { code, out } = await test();
    expect(code).toBe(2);
    expect(out).toContain('did you mean "availability"?');
    expect(out).toContain("1 pass, 1 unusable\n");
  });

  it("records fingerprints with --update, notices one that moved with 3, and records it again saying so", async () => {
    writeFileSync(folder.path("fingerprints.csv"), HEADER);
    const added = await lbsim(["test", folder.path(""), "--update"]);
    expect(added.code).toBe(0);
    expect(added.err).toContain("plain.yaml: recorded, ");
    const recorded = readFileSync(folder.path("fingerprints.csv"), "utf8");
    expect(recorded).toMatch(/^scenario,.*\ngood\.yaml,1,2,[0-9a-f-]{19}\nplain\.yaml,1,10,[0-9a-f-]{19}\n$/);
    expect((await test()).code).toBe(0);

    writeFileSync(folder.path("fingerprints.csv"), recorded.replace(/10,[0-9a-f]{4}/, "10,0000"));
    const moved = await test();
    expect(moved.code).toBe(3);
    expect(moved.out).toMatch(/differs {7}\S+plain\.yaml {2}fingerprint\n/);
    const updated = await lbsim(["test", folder.path(""), "--update"]);
    expect(updated.code).toBe(0);
    expect(updated.err).toMatch(/plain\.yaml: 0000-\S+ is now /);
    expect(readFileSync(folder.path("fingerprints.csv"), "utf8")).toBe(recorded);
  });

  it("given a file tests that file alone, by its own line of the fingerprints beside it", async () => {
    writeFileSync(folder.path("fingerprints.csv"), HEADER);
    await lbsim(["test", folder.path(""), "--update"]);
    const wrong = readFileSync(folder.path("fingerprints.csv"), "utf8").replace(
      /^good\.yaml.*$/m,
      "good.yaml,1,2,0000",
    );
    writeFileSync(folder.path("fingerprints.csv"), wrong);
    const { code, out } = await lbsim(["test", `${folder.path("")}/./plain.yaml`]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^pass {10}\S+plain\.yaml {2}fingerprint\n\n1 pass\n$/)]);
    expect((await lbsim(["test", folder.path("good.yaml")])).code).toBe(3);
  });

  it("reports a scenario that has no line in the fingerprints beside it, and --update adds the line", async () => {
    const others = `${HEADER}good.yaml,1,2,0000\n`;
    writeFileSync(folder.path("fingerprints.csv"), others);
    const { code, out } = await lbsim(["test", folder.path("plain.yaml")]);
    expect(code).toBe(3);
    expect(out).toMatch(/^differs {7}\S+plain\.yaml {2}fingerprint not recorded\n/);
    expect(out).toMatch(/ {2}no fingerprint in \S+fingerprints\.csv \(now .*\); lbsim test --update records it\n/);
    expect(out).toMatch(/\n1 differ\n$/);
    expect(readFileSync(folder.path("fingerprints.csv"), "utf8")).toBe(others);

    const updated = await lbsim(["test", folder.path("plain.yaml"), "--update"]);
    expect([updated.code, updated.err]).toEqual([0, expect.stringContaining("plain.yaml: recorded, ")]);
    // What was not run keeps its line, right or wrong.
    const now = readFileSync(folder.path("fingerprints.csv"), "utf8");
    expect(now).toMatch(/^scenario,.*\ngood\.yaml,1,2,0000\nplain\.yaml,1,10,[0-9a-f-]{19}\n$/);
    expect((await lbsim(["test", folder.path("plain.yaml")])).code).toBe(0);
  });

  it("drops a scenario that is gone from the fingerprints only with --update", async () => {
    writeFileSync(folder.path("fingerprints.csv"), `${HEADER}gone.yaml,1,2,0000-0000-0000-0000\n`);
    expect((await test()).code).toBe(2);
    expect((await lbsim(["test", folder.path(""), "--update"])).err).toContain("gone.yaml: gone, no longer recorded");
  });

  it("names the line of a fingerprint file that can't be read", async () => {
    writeFileSync(folder.path("fingerprints.csv"), `${HEADER}good.yaml,1,x,0000\n`);
    const { code, err } = await test();
    expect(code).toBe(2);
    expect(err).toMatch(/fingerprints-unreadable {2}\S+fingerprints\.csv:2: /);
  });

  it("says so when there is nothing to test, or no such folder", async () => {
    mkdirSync(folder.path("empty"));
    expect((await lbsim(["test", folder.path("empty")])).err).toContain("nothing-to-test");
    const { code, err } = await lbsim(["test", folder.path("nowhere")]);
    expect([code, err.slice(0, 15)]).toEqual([2, "file-unreadable"]);
  });

  it("annotates and sums up by itself in GitHub Actions, and nowhere else", async () => {
    writeFileSync(folder.path("bad.yaml"), expecting("throughput > 1000000 variant byrequests"));
    const summary = folder.path("summary.md");
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const { err } = await lbsim(["test", folder.path("")], { env });
    expect(err).toMatch(/^::error file=\S+bad\.yaml,line=13,title=FAIL%3A throughput > 1000000/m);
    expect(readFileSync(summary, "utf8")).toContain("# Scenarios: 1 pass, 1 fail\n");
    expect((await test()).err).toBe("");
  });

  it("writes JUnit and Markdown; the same results are the same bytes", async () => {
    const outputs = ["--out", `junit=${folder.path("a.xml")}`, "--out", `markdown=${folder.path("a.md")}`];
    await test(...outputs);
    const [xml, page] = [readFileSync(folder.path("a.xml"), "utf8"), readFileSync(folder.path("a.md"), "utf8")];
    expect(xml).toContain('tests="4" failures="0"');
    expect(page).toContain("| PASS | `availability > 1%` | byrequests |");
    await test(...outputs);
    expect([readFileSync(folder.path("a.xml"), "utf8"), readFileSync(folder.path("a.md"), "utf8")]).toEqual([
      xml,
      page,
    ]);
  });

  it("--json prints one document", async () => {
    const { out } = await test("--json");
    expect(JSON.parse(out)).toMatchObject({ format: "lbsim-test", scenarios: [{ status: "pass", problem: "" }] });
  });
});
