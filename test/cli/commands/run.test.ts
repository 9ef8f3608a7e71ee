import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HereExecutor } from "../../../src/cli/host/here-executor.ts";
import { type CommandRun, folderWith, HTTPD_CONF, lbsim, SCENARIO } from "../run-command.ts";

const folder = folderWith({
  "small.yaml": SCENARIO,
  "httpd.conf": HTTPD_CONF,
  "one.yaml": SCENARIO.replace(/variants.*\n/, ""),
  "auto.yaml": SCENARIO.replace("warm-up: 2s", "warm-up: auto"),
});
afterAll(folder.remove);
const small = folder.path("small.yaml");
const FILES = ["members.csv", "report.html", "requests.csv", "result.json", "timeline.csv"];

const runSmall = (...words: readonly string[]): Promise<CommandRun> =>
  lbsim(["run", small, "--report-dir", folder.path("out"), "--replications", "3", ...words]);

describe("lbsim run", () => {
  let run: CommandRun;
  beforeAll(async () => {
    run = await runSmall();
  });

  it("prints the table on stdout and where the report is on stderr", () => {
    expect(run.code).toBe(0);
    expect(run.out).toContain("byrequests");
    expect(run.out).toContain("bybusyness");
    expect(run.out.endsWith("--replications 3\n")).toBe(true);
    expect(run.err).toBe(`report: ${folder.path("out/report.html")}\n`);
  });

  it("leaves the five files of the report and nothing else", () => {
    expect(readdirSync(folder.path("out")).sort()).toEqual(FILES);
    expect(readFileSync(folder.path("out/report.html"), "utf8")).toContain("/* page */");
  });

  it("--json prints the very document of result.json, and nothing else on stdout", async () => {
    const { out } = await runSmall("--json");
    expect(out).toBe(readFileSync(folder.path("out/result.json"), "utf8"));
    expect(JSON.parse(out)).toMatchObject({ format: "lbsim-result", replications: 3, interrupted: false });
  });

  it("--quiet leaves stderr empty", async () => {
    expect((await runSmall("--quiet")).err).toBe("");
  });

  it("--out writes a format to a file, or instead of the table to stdout", async () => {
    const file = folder.path("deep/er/table.md");
    const both = await runSmall("--out", `markdown=${file}`, "--out", "members");
    expect(both.out).toBe(readFileSync(folder.path("out/members.csv"), "utf8"));
    expect(readFileSync(file, "utf8")).toContain("| variant |");
  });

  it("two results for stdout, or for one file, are refused before the run", async () => {
    for (const words of [
      ["--json", "--out", "text"],
      ["--out", "text=x", "--out", "json=x"],
    ]) {
      const { code, out, err } = await runSmall(...words);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain("output-conflict");
    }
  });

  it("refuses before the run what it could not write after it", async () => {
    const blocked = [
      ["--report-dir", `${small}/x`],
      ["--report-dir", "/proc/nowhere"],
      ["--out", `json=${folder.path(".")}`],
    ];
    for (const words of blocked) {
      const { code, out, err } = await lbsim(["run", small, "--report-dir", folder.path("out"), ...words]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/^output-unwritable {2}.*\nhint: choose another place/);
    }
    expect(readdirSync(folder.path("out")).sort()).toEqual(FILES);
  });

  it("--replication K alone gives value K of a whole run", async () => {
    const whole = JSON.parse(readFileSync(folder.path("out/result.json"), "utf8"));
    for (const k of [0, 2]) {
      const words = ["run", small, "--report-dir", folder.path("alone"), "--json", "--replication", String(k)];
      const alone = JSON.parse((await lbsim(words)).out);
      expect(alone.reproduce).toContain(`--replication ${k}`);
      for (const [v, variant] of whole.variants.entries())
        for (const [id, { values }] of Object.entries<{ values: number[] }>(variant.metrics))
          expect(alone.variants[v].metrics[id].values).toEqual([values[k]]);
      const rows = readFileSync(folder.path("alone/requests.csv"), "utf8").split("\n").slice(1, -1);
      expect(new Set(rows.map((row) => row.split(",")[1]))).toEqual(new Set([String(k)]));
    }
  });

  it("--variant runs only what it names; an unknown one is refused with a suggestion", async () => {
    const { out } = await runSmall("--json", "--variant", "bybusyness");
    expect(JSON.parse(out).variants.map(({ name }: { name: string }) => name)).toEqual(["bybusyness"]);
    const { code, err } = await runSmall("--variant", "bybusynes");
    expect(code).toBe(2);
    expect(err).toBe('unknown-variant  there is no variant "bybusynes"\nhint: did you mean "bybusyness"?\n');
  });

  it("finds the warm-up when nobody gives one, and says so", async () => {
    const words = [
      "run",
      folder.path("auto.yaml"),
      "--report-dir",
      folder.path("auto"),
      "--replications",
      "1",
      "--json",
    ];
    const { timing } = JSON.parse((await lbsim(words)).out);
    expect(timing.warmUpFrom).toBe("MSER-5");
    expect(timing.durationUs).toBe(20_000_000);
  });

  it("--print-config shows where values come from and runs nothing", async () => {
    const { code, out } = await lbsim(["run", small, "--report-dir", folder.path("never"), "--print-config"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^duration +20s +.*small\.yaml:8$/m);
    expect(out).toContain("variant byrequests: apache 2.4.71");
    expect(existsSync(folder.path("never"))).toBe(false);
    const json = JSON.parse((await lbsim(["run", small, "--print-config", "--json"])).out);
    expect(json).toMatchObject({ baseline: "byrequests", seed: 1 });
  });

  it("draws a progress line on a terminal only, and not under CI or --quiet", async () => {
    const errOf = async (env: Record<string, string>, ...words: string[]) =>
      (
        await lbsim(["run", small, "--report-dir", folder.path("out"), "--replications", "1", ...words], {
          env,
          isTerminal: true,
        })
      ).err;
    expect(await errOf({})).toContain("1 of 2 replications");
    for (const err of [
      await errOf({ CI: "true" }),
      await errOf({ TERM: "dumb" }),
      await errOf({}, "--quiet"),
      await errOf({}, "--json"),
    ])
      expect(err).not.toContain("replications");
  });
});

/** Hears Ctrl-C as soon as `after` tasks are done. */
function interruptedAfter(after: number, times = 1) {
  let onInterrupt: () => void = () => {};
  const exits: number[] = [];
  class Interrupted extends HereExecutor {
    override async run<Task, Result>(
      tasks: readonly Task[],
      onDone?: (finished: number, index: number, result: Result) => void,
    ) {
      return super.run<Task, Result>(tasks, (finished, index, result) => {
        onDone?.(finished, index, result);
        if (finished === after) for (let i = 0; i < times; i++) onInterrupt();
      });
    }
  }
  return {
    exits,
    machine: {
      executor: new Interrupted(),
      listenForInterrupts: (heard: () => void) => {
        onInterrupt = heard;
        return () => {};
      },
      exitNow: (code: number) => exits.push(code),
    },
  };
}

describe("Ctrl-C", () => {
  it("leaves a whole report of the replications that all variants have finished, marked as interrupted", async () => {
    const { machine } = interruptedAfter(5);
    const words = ["run", small, "--report-dir", folder.path("stopped"), "--replications", "9", "--json"];
    const { code, out, err } = await lbsim(words, machine);
    expect(code).toBe(130);
    expect(err).toContain("stopping after the replications that run now");
    // Five tasks of two variants are two whole replications.
    const result = JSON.parse(out);
    expect(result).toMatchObject({ interrupted: true, replications: 2 });
    expect(result.reproduce).toContain("--replications 2");
    expect(readdirSync(folder.path("stopped")).sort()).toEqual([...FILES, "journal.jsonl"].sort());
    const again = await lbsim(["run", small, "--report-dir", folder.path("again"), "--replications", "2", "--json"]);
    expect(JSON.parse(again.out).fingerprint).toBe(result.fingerprint);
  });

  it("before that leaves no report", async () => {
    const { machine } = interruptedAfter(1);
    const { code, out, err } = await lbsim(["run", small, "--report-dir", folder.path("nothing"), "--json"], machine);
    expect([code, out]).toEqual([130, ""]);
    expect(err).toContain("no report was written");
    expect(readdirSync(folder.path("nothing"))).toEqual(["journal.jsonl"]);
  });

  it("loses nothing: with --resume the run ends with the bytes of an unbroken one and without a journal", async () => {
    const { machine } = interruptedAfter(5);
    const words = ["run", small, "--replications", "4", "--report-dir"];
    await lbsim([...words, folder.path("broken")], machine);
    const resumed = await lbsim([...words, folder.path("broken"), "--resume"]);
    expect(resumed.err).toContain("going on after 5 finished tasks");
    await lbsim([...words, folder.path("unbroken")]);
    expect(readdirSync(folder.path("broken")).sort()).toEqual(FILES);
    for (const file of FILES)
      expect(readFileSync(folder.path(`broken/${file}`)).equals(readFileSync(folder.path(`unbroken/${file}`)))).toBe(
        true,
      );
  });

  it("leaves a journal that no other scenario or seed takes for its own", async () => {
    const { machine } = interruptedAfter(3);
    const words = ["run", small, "--report-dir", folder.path("mine")];
    await lbsim(words, machine);
    const before = readFileSync(folder.path("mine/journal.jsonl"));
    const other = await lbsim([...words, "--resume", "--seed", "7"]);
    expect(other.code).toBe(2);
    expect(other.err).toContain("journal-foreign");
    expect(readFileSync(folder.path("mine/journal.jsonl")).equals(before)).toBe(true);
  });

  it("twice ends at once", async () => {
    const { machine, exits } = interruptedAfter(1, 2);
    await lbsim(["run", small, "--report-dir", folder.path("nothing")], machine);
    expect(exits).toEqual([130]);
  });
});

describe("lbsim compare", () => {
  it("needs two variants", async () => {
    const one = await lbsim(["compare", folder.path("one.yaml"), "--report-dir", folder.path("out")]);
    expect(one.code).toBe(2);
    expect(one.err).toContain("nothing-to-compare");
    expect((await lbsim(["compare", small, "--variant", "byrequests"])).err).toContain("one variant can't be compared");
  });

  it("makes 20 replications when nobody says how many", async () => {
    const { out } = await lbsim(["compare", small, "--report-dir", folder.path("out"), "--json"]);
    expect(JSON.parse(out)).toMatchObject({ replications: 20, reproduce: expect.stringContaining("lbsim compare ") });
  });
});
