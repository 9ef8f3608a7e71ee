import { once } from "node:events";
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

  it("a closed pipe is no error", async () => {
    const child = place.start("list", "diagnostics");
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await once(child, "exit")).toEqual([0, null]);
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

describe("Ctrl-C", () => {
  const long = SHOP_YAML.replace("duration: 20s", "duration: 3m").replace("rate: 5/s", "rate: 50/s");

  it.each(["1", "2"])("leaves a whole report of what was done, marked as interrupted (%s threads)", async (threads) => {
    place.write("long.yaml", long);
    const child = place.start("run", "long.yaml", "--replications", "500", "--threads", threads);
    setTimeout(() => child.kill("SIGINT"), 4_000);
    const [status] = await once(child, "exit");
    expect(status).toBe(130);
    const result = JSON.parse(place.read("reports/long/result.json"));
    expect(result.interrupted).toBe(true);
    expect(result.replications).toBeGreaterThan(0);
    expect(place.files().filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("before the first replication has ended leaves nothing", async () => {
    place.write("long.yaml", long.replace("duration: 3m", "duration: 2h"));
    const child = place.start("run", "long.yaml", "--threads", "1");
    setTimeout(() => child.kill("SIGINT"), 1_500);
    setTimeout(() => child.kill("SIGINT"), 2_500);
    const [status] = await once(child, "exit");
    expect(status).toBe(130);
    expect(place.files().filter((name) => name.startsWith("reports/"))).toEqual([]);
  });

  it("kill -9 leaves no half-written file", async () => {
    place.write("long.yaml", long);
    const child = place.start("run", "long.yaml", "--replications", "500");
    setTimeout(() => child.kill("SIGKILL"), 2_500);
    await once(child, "exit");
    expect(place.files().filter((name) => name.startsWith("reports/"))).toEqual([]);
  });
});

describe("bad input", () => {
  const bomb = `a: &a [x,x]\nb: &b [${Array(20).fill("*a")}]\nc: &c [${Array(20).fill("*b")}]\nd: [${Array(20).fill("*c")}]\n`;
  const cases: readonly (readonly [
    title: string,
    files: Readonly<Record<string, string>>,
    args: readonly string[],
    words: readonly string[],
  ])[] = [
    [
      "an unknown key",
      { "x.yaml": SHOP_YAML.replace("think", "thnik") },
      ["run", "x.yaml"],
      ["x.yaml:3:38", "unknown-key", 'did you mean "think"?'],
    ],
    [
      "a missing unit",
      { "x.yaml": SHOP_YAML.replace("20s", "20") },
      ["run", "x.yaml"],
      ["x.yaml:8:11", "missing-unit", "20s or 20ms"],
    ],
    ["a wrong unit", { "x.yaml": SHOP_YAML.replace("5/s", "5kB") }, ["run", "x.yaml"], ["x.yaml:3:20", "5kB"]],
    ["a missing scenario", {}, ["run", "nowhere.yaml"], ["nowhere.yaml: no such file"]],
    [
      "a missing configuration",
      { "x.yaml": SHOP_YAML.replace("shop.conf", "gone.conf") },
      ["run", "x.yaml"],
      ["x.yaml:1:8", "proxy-file-missing", "gone.conf"],
    ],
    ["a folder", {}, ["run", "."], ["is a folder"]],
    ["a device without end", {}, ["run", "/dev/zero"], ["more than 16 MiB"]],
    [
      "a circle of includes",
      { "x.conf": "Include y.conf\n", "y.conf": "Include x.conf\n" },
      ["check", "x.conf"],
      ["Syntax error on line 1 of"],
    ],
    [
      "a circle of extends",
      { "x.yaml": "extends: y.yaml\n", "y.yaml": "extends: x.yaml\n" },
      ["run", "x.yaml"],
      ["extends-cycle"],
    ],
    ["a YAML bomb", { "x.yaml": bomb }, ["run", "x.yaml"], ["alias-bomb"]],
    [
      "no member",
      {
        "x.conf": "<Proxy balancer://shop>\n</Proxy>\nProxyPass /shop balancer://shop\n",
        "x.yaml": SHOP_YAML.replace("shop.conf", "x.conf").replace(/faults:\n.*\n/, ""),
      },
      ["run", "x.yaml"],
      ["no-member"],
    ],
    [
      "a negative rate",
      { "x.yaml": SHOP_YAML.replace("5/s", "-5/s") },
      ["run", "x.yaml"],
      ["out-of-range", "negative"],
    ],
    [
      "a scenario that can never end",
      { "x.yaml": SHOP_YAML.replace(/ {2}sessions:.*\n/, "  users: {count: 5, requests: 1, pause: 0s}\n") },
      ["run", "x.yaml"],
      ["never-ends"],
    ],
    [
      "a fault on nobody",
      { "x.yaml": SHOP_YAML.replace("crash: node2", "crash: node9") },
      ["run", "x.yaml"],
      ["node9"],
    ],
    [
      "a configuration that httpd refuses",
      { "shop.conf": SHOP_CONF.replace("route=node2", "route=node2 # second") },
      ["run", "shop.yaml"],
      ["shop.conf:3", "configuration-refused"],
    ],
    [
      "a report folder below a file",
      {},
      ["run", "shop.yaml", "--report-dir", "shop.conf/x"],
      ["output-unwritable", "--report-dir"],
    ],
    ["an output below a file", {}, ["run", "shop.yaml", "--out", "json=shop.conf/x.json"], ["output-unwritable"]],
    ["an unknown format", {}, ["run", "shop.yaml", "--out", "pdf=x"], ["unknown-format", "formats:"]],
    [
      "an unknown variant",
      {},
      ["run", "shop.yaml", "--variant", "bytraffic"],
      ["unknown-variant", "byrequests, bybusyness"],
    ],
    ["a wrong override", {}, ["run", "shop.yaml", "--set", "proxy.lbmthod=byrequests"], ["--set:1:", "lbmthod"]],
    ["a request that does not exist", {}, ["explain", "shop.yaml", "--request", "99999"], ["unknown-request"]],
    ["an unknown command", {}, ["rnu"], ["unknown command 'rnu'", "run"]],
    ["an unknown option", {}, ["run", "shop.yaml", "--sed", "1"], ["unknown option '--sed'", "--seed"]],
    ["no replications", {}, ["run", "shop.yaml", "--replications", "0"], ["whole number of 1 or more"]],
    ["a case that is none", { "case.json": "{" }, ["replay", "."], ["case.json", "not JSON"]],
    ["a list that is none", {}, ["list", "everything"], ["unknown-list", "diagnostics"]],
  ];

  it.each(cases)("%s: exit 2, one clear message, nothing written", (_title, files, args, words) => {
    for (const [name, text] of Object.entries(files)) place.write(name, text);
    const before = place.files();
    const { status, stdout, stderr } = place.lbsim(...args);
    expect(status, stderr).toBe(2);
    for (const word of words) expect(stdout + stderr).toContain(word);
    expect(stdout + stderr).not.toMatch(/\n\s+at .*\.js:\d+/);
    expect(place.files()).toEqual(before);
  });

  it("binary files are no text", () => {
    place.write("x.yaml", new Uint8Array([0x70, 0, 1, 2, 0xff]));
    expect(place.lbsim("run", "x.yaml")).toMatchObject({ status: 2, stderr: expect.stringContaining("NUL") });
    place.write("x.yaml", new Uint8Array([0x70, 0xff, 0xfe]));
    expect(place.lbsim("run", "x.yaml")).toMatchObject({ status: 2, stderr: expect.stringContaining("UTF-8") });
  });
});
