import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HereExecutor } from "../../../src/cli/host/here-executor.ts";
import { type CommandRun, folderWith, HTTPD_CONF, lbsim, SCENARIO } from "../run-command.ts";

let folder: ReturnType<typeof folderWith>;
let small = "";
beforeAll(() => {
  folder = folderWith({ "small.yaml": SCENARIO, "httpd.conf": HTTPD_CONF });
  small = folder.path("small.yaml");
});
afterAll(() => folder.remove());

function sweep(...words: readonly string[]): Promise<CommandRun> {
  return lbsim(["sweep", small, "--replications", "2", "--report-dir", folder.path("out"), ...words]);
}

describe("lbsim sweep", () => {
  it("writes the table as CSV, Parquet and JSON and the charts as a page, and prints the table", async () => {
    const { code, out, err } = await sweep(
      "--over",
      "load=2/s..6/s step 2",
      "--over",
      "lbmethod=byrequests,bybusyness",
    );
    expect(code).toBe(0);
    expect(readdirSync(folder.path("out")).sort()).toEqual(["sweep.csv", "sweep.html", "sweep.json", "sweep.parquet"]);
    const rows = readFileSync(folder.path("out/sweep.csv"), "utf8").trim().split("\n");
    // A header, and three loads times two lbmethods times the scenario's two variants.
    expect(rows).toHaveLength(1 + 3 * 2 * 2);
    expect(rows[0]).toMatch(/^point,load \(\/s\),lbmethod,variant,replications,throughput,throughput_half_width,/);
    expect(out).toContain("6 points (all combinations) × 2 variants × 2 replications");
    expect(out).toMatch(
      /reproduce: lbsim sweep .* --over 'load=2\/s\.\.6\/s step 2' --over lbmethod=byrequests,bybusyness/,
    );
    expect(err).toContain("sweep.html");
  });

  it("--json prints the very document of sweep.json", async () => {
    const { out } = await sweep("--over", "load=2/s,4/s", "--json");
    expect(out).toBe(readFileSync(folder.path("out/sweep.json"), "utf8"));
    expect(JSON.parse(out)).toMatchObject({ format: "lbsim-sweep", version: 1, interrupted: false });
  });

  it("samples a hypercube with --design lhs", async () => {
    const { out } = await sweep("--over", "load=1/s..9/s", "--design", "lhs", "--points", "4", "--json");
    const loads = JSON.parse(out).points.map(({ numbers }: { numbers: number[] }) => numbers[0]);
    // One in each quarter of 1 to 9.
    expect(loads.map((load: number) => Math.floor((load - 1) / 2)).sort()).toEqual([0, 1, 2, 3]);
  });

  it.each([
    [[], "--over <key=values>", "not specified"],
    [["--over", "nokey=1..3"], "unknown-setting", "nokey"],
    [["--over", "clients.patence=1s..3s"], "unknown-key", "patience"],
    [["--over", "load"], "bad-sweep", "KEY=VALUES"],
    [["--over", "clints.patience=1s,2s"], "bad-sweep", 'did you mean "clients"?'],
    [["--over", "clients.patence=1s,2s"], "unknown-key", "patience"],
    [["--over", "lbmetod=byrequests"], "unknown-setting", "lbmetod"],
    [["--over", "load=2/s,quick"], "wrong-type", "quick"],
    [["--over", "members=1..5 step 1"], "bad-sweep", "the configuration has 2"],
    [["--over", "load=1/s..9/s"], "bad-sweep", "step SIZE or log COUNT"],
    [["--over", "load=1/s,2/s", "--over", "clients.sessions.rate=1/s"], "bad-sweep", "varied twice"],
    [["--over", "load=1/s,2/s", "--design", "lhs"], "bad-sweep", "--points N"],
    [["--over", "load=1/s,2/s", "--points", "3"], "bad-sweep", "--design lhs"],
    [["--over", "load=1/s,2/s", "--variant", "bybusines"], "unknown-variant", "bybusyness"],
    [["--over", "load=1/s,2/s", "--out", "parkett=x"], "unknown-format", "parquet"],
    [["--over", "load=1/s,2/s", "--out", "csv"], "unknown-format", "csv=FILE"],
  ])("%j ends with 2 and says why", async (words, errorCode, hint) => {
    const { code, out, err } = await sweep(...words);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(errorCode);
    expect(err).toContain(hint);
  });

  it("names a misspelt setting once, however many variants there are", async () => {
    const { err } = await sweep("--over", "lbmetod=byrequests");
    expect(err.match(/unknown-setting/g)).toHaveLength(1);
  });

  it("that was stopped keeps the points that were finished, and --resume gives the bytes of an unbroken one", async () => {
    let stop: () => void = () => {};
    class Interrupted extends HereExecutor {
      private ended = 0;

      override async run<Task, Result>(
        tasks: readonly Task[],
        onDone?: (finished: number, index: number, result: Result) => void,
      ) {
        return super.run<Task, Result>(tasks, (...done) => {
          onDone?.(...done);
          if (++this.ended === 6) stop();
        });
      }
    }
    const words = ["--over", "load=2/s,4/s,6/s"];
    const unbroken = await sweep(...words, "--json");
    const stopped = await lbsim(
      ["sweep", small, "--replications", "2", "--report-dir", folder.path("broken"), ...words, "--json"],
      {
        executor: new Interrupted(),
        listenForInterrupts: (heard) => {
          stop = heard;
          return () => {};
        },
      },
    );
    expect(stopped.code).toBe(130);
    // Two variants and two replications are four tasks a point, the busiest first: one is whole, the second is not.
    expect(JSON.parse(stopped.out)).toMatchObject({ interrupted: true, points: [{ values: ["6/s"] }] });
    const again = ["sweep", small, "--replications", "2", "--report-dir", folder.path("broken"), ...words];
    const resumed = await lbsim([...again, "--json", "--resume"]);
    expect(resumed.err).toContain("going on after 6 finished tasks");
    expect(resumed.out).toBe(unbroken.out);
    expect(readdirSync(folder.path("broken"))).not.toContain("journal.jsonl");
  });

  it("shows where in the option a value is wrong", async () => {
    const { err } = await sweep("--over", "load=2/s,quick");
    expect(err).toContain("--over:1:10");
    expect(err).toMatch(/1 \| load=2\/s,quick\n +\^{5}/);
  });

  it("complains about a range by the end that was written, not by a value drawn from it", async () => {
    const { code, err } = await sweep("--over", "load=10..30", "--design", "lhs", "--points", "3");
    expect(code).toBe(2);
    expect(err).toContain("missing-unit  a number without unit: write 10/s or 10/min\n");
    expect(err).toMatch(/1 \| load=10\.\.30\n {12}\^\^\n/);
  });
});
