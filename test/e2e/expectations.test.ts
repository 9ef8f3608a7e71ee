import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SHOP_YAML, Workplace } from "./built-cli.ts";

let place: Workplace;
beforeEach(() => {
  place = new Workplace({ "expecting.yaml": `${SHOP_YAML}replications: 3\nexpect:\n  - avg < 1h\n` });
});
afterEach(() => place.remove());

describe("lbsim test", () => {
  it("runs a folder on threads and gives the same bytes with one and with two", () => {
    const outputs = (name: string) => ["--out", `junit=${name}.xml`, "--out", `markdown=${name}.md`];
    const one = place.lbsim("test", "--threads", "1", ...outputs("one"));
    const two = place.lbsim("test", "--threads", "2", ...outputs("two"));
    expect([one.status, two.status]).toEqual([0, 0]);
    expect(one.stdout).toBe("pass          expecting.yaml  1 expectation on 2 variants\n\n1 pass\n");
    expect(place.read("two.xml")).toBe(place.read("one.xml"));
    expect(place.read("two.md")).toBe(place.read("one.md"));
  });

  it("answers 99 for a threshold that fails, 3 for a fingerprint that moved, and 99 for both", () => {
    place.write("fingerprints.csv", "scenario,seed,replications,fingerprint\nshop.yaml,1,2,0000-0000-0000-0000\n");
    expect(place.lbsim("test").status).toBe(3);
    place.write("bad.yaml", `${SHOP_YAML}expect: [p(99) < 1us]\n`);
    expect(place.lbsim("test").status).toBe(99);
  });
});

describe("lbsim run --precision", () => {
  it("adds replications, and the printed command repeats the numbers without it", () => {
    const wished = ["--precision", "0.01%", "--max-replications", "12", "--replications", "2"];
    const long = place.lbsim("run", "shop.yaml", ...wished, "--report-dir", "a");
    expect(long.status).toBe(0);
    expect(long.stdout).toContain("given up at 12 replications");
    const line = long.stdout.trimEnd().split("\n").at(-1) ?? "";
    const [, fingerprint, command] = /^fingerprint (\S+) - reproduce: (.*)$/.exec(line) ?? [];
    expect(place.shell(`${command} --report-dir b`).stdout).toContain(`fingerprint ${fingerprint} `);
  });
});

describe("lbsim compare --baseline", () => {
  it("ends with 0 when nothing changed and with 3 when it got slower", () => {
    place.lbsim("run", "shop.yaml", "--replications", "4", "--out", "json=base.json");
    expect(place.lbsim("compare", "shop.yaml", "--baseline", "base.json").status).toBe(0);
    const slower = ["--set", "scenario.backends.default.speed=0.25"];
    expect(place.lbsim("compare", "shop.yaml", "--baseline", "base.json", ...slower).status).toBe(3);
  });
});

describe("lbsim completion", () => {
  it.each(["bash", "zsh", "fish", "powershell"])("prints a script for %s", (shell) => {
    const { status, stdout } = place.lbsim("completion", shell);
    expect(status).toBe(0);
    expect(stdout).toContain("lbsim");
    expect(stdout.split("\n").length).toBeGreaterThan(30);
  });

  it("bash takes the script", () => {
    const { status, stderr } = place.shell("lbsim completion bash > c.bash && bash -n c.bash && . ./c.bash");
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("completes commands, options and paths", () => {
    const offered = (...typed: readonly string[]): readonly string[] =>
      place
        .lbsim("complete", "--", ...typed)
        .stdout.split("\n")
        .map((line) => line.split("\t")[0] ?? "");
    expect(offered("comp")).toEqual(expect.arrayContaining(["compare", "completion"]));
    expect(offered("run", "shop.yaml", "--pre")).toContain("--precision");
    expect(offered("run", "sh")).toEqual(expect.arrayContaining(["shop.conf", "shop.yaml"]));
  });

  it("refuses another shell with exit code 2", () => {
    expect(place.lbsim("completion", "tcsh").status).toBe(2);
  });
});
