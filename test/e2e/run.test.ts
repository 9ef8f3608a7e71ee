import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SHOP_CONF, SHOP_YAML, Workplace } from "./built-cli.ts";

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const RESULTS = ["members.csv", "report.html", "requests.csv", "result.json", "timeline.csv"].map(
  (name) => `reports/shop/${name}`,
);

describe("lbsim run", () => {
  it("prints a table, writes five files, and says where the report is", () => {
    const { status, stdout, stderr } = place.lbsim("run", "shop.yaml", "--replications", "2");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^lbsim \d+\.\d+\.\d+ · shop\.yaml \([0-9a-f]{6}\) · seed 1 · 2 replications\n/);
    expect(stdout).toContain("byrequests");
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(
      /^fingerprint [0-9a-f-]{19} - reproduce: lbsim run shop\.yaml --seed 1 --replications 2$/,
    );
    expect(stderr).toBe("report: reports/shop/report.html\n");
    expect(place.files().filter((name) => name.startsWith("reports/"))).toEqual(RESULTS);
  });

  it("twice, with one thread and with three, leaves the same bytes", () => {
    for (const [dir, threads] of [
      ["one", "1"],
      ["again", "1"],
      ["three", "3"],
    ] as const)
      expect(
        place.lbsim("run", "shop.yaml", "--replications", "5", "--threads", threads, "--report-dir", dir).status,
      ).toBe(0);
    for (const name of RESULTS.map((path) => path.split("/").at(-1) as string)) {
      const bytes = place.read(`one/${name}`);
      expect(place.read(`again/${name}`) === bytes, `${name} of the second run`).toBe(true);
      expect(place.read(`three/${name}`) === bytes, `${name} with three threads`).toBe(true);
    }
  });

  it("another seed gives another fingerprint", () => {
    const fingerprint = (seed: string) =>
      JSON.parse(place.lbsim("run", "shop.yaml", "--replications", "1", "--seed", seed, "--json").stdout).fingerprint;
    expect(fingerprint("1")).not.toBe(fingerprint("2"));
  });

  it("--json prints one document, and a replication alone has the numbers that it has among others", () => {
    const all = JSON.parse(place.lbsim("run", "shop.yaml", "--replications", "3", "--json").stdout);
    const alone = JSON.parse(place.lbsim("run", "shop.yaml", "--replication", "2", "--json").stdout);
    expect(alone.variants[0].metrics.response_mean.values[0]).toBe(all.variants[0].metrics.response_mean.values[2]);
  });

  it("--print-config shows every value and where it comes from, and runs nothing", () => {
    const { status, stdout } = place.lbsim("run", "shop.yaml", "--print-config");
    expect(status).toBe(0);
    expect(stdout).toMatch(/duration +20s +shop\.yaml:8\n/);
    expect(stdout).toMatch(/ default\n/);
    expect(place.files().filter((name) => name.startsWith("reports/"))).toEqual([]);
  });

  it("--out writes further formats, - goes to stdout", () => {
    const { stdout } = place.lbsim(
      "run",
      "shop.yaml",
      "--replications",
      "2",
      "--out",
      "markdown=-",
      "--out",
      "json=copy.json",
    );
    expect(stdout).toContain("| variant |");
    expect(JSON.parse(place.read("copy.json")).format).toBe("lbsim-result");
  });

  it("explains the request that requests.csv lists", () => {
    place.lbsim("run", "shop.yaml", "--replications", "1");
    const row =
      place
        .read("reports/shop/requests.csv")
        .split("\n")
        .find((line) => line.startsWith("byrequests,0,37,"))
        ?.split(",") ?? [];
    const { request } = JSON.parse(place.lbsim("explain", "shop.yaml", "--request", "37", "--json").stdout);
    expect([request.identity.client, request.identity.ordinal, request.startUs, request.endUs].map(String)).toEqual([
      row[3],
      row[5],
      row[8],
      row[9],
    ]);
  });
});

describe("lbsim compare", () => {
  it("makes 20 replications and says what differs from the baseline", () => {
    const { status, stdout } = place.lbsim("compare", "shop.yaml");
    expect(status).toBe(0);
    expect(stdout).toContain("20 replications");
    expect(stdout).toContain("against byrequests, paired over 20 replications");
  });

  it("has nothing to compare with one variant", () => {
    place.write("one.yaml", SHOP_YAML.replace(/variants:.*\n/, ""));
    expect(place.lbsim("compare", "one.yaml")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("nothing-to-compare"),
    });
  });
});

describe("bad input", () => {
  const cases: readonly (readonly [title: string, args: readonly string[], words: readonly string[]])[] = [
    ["a scenario with a mistake", ["run", "wrong.yaml"], ["wrong.yaml:3:38", "unknown-key", 'did you mean "think"?']],
    ["a missing scenario", ["run", "nowhere.yaml"], ["nowhere.yaml: no such file"]],
    ["a refused configuration", ["check", "wrong.conf"], ["wrong.conf:3", "configuration-refused"]],
    ["a report folder below a file", ["run", "shop.yaml", "--report-dir", "shop.conf/x"], ["output-unwritable"]],
    ["a case that is none", ["replay", "."], ["holds no case.json"]],
    ["an unknown option", ["run", "shop.yaml", "--sed", "1"], ["unknown option '--sed'", "--seed"]],
  ];

  it.each(cases)("%s: exit 2, one clear message, nothing written", (_title, args, words) => {
    place.write("wrong.yaml", SHOP_YAML.replace("think", "thnik"));
    place.write("wrong.conf", SHOP_CONF.replace("route=node2", "route=node2 # second"));
    const before = place.files();
    const { status, stdout, stderr } = place.lbsim(...args);
    expect(status, stderr).toBe(2);
    for (const word of words) expect(stdout + stderr).toContain(word);
    expect(stdout + stderr).not.toMatch(/\n\s+at .*\.js:\d+/);
    expect(place.files()).toEqual(before);
  });
});
