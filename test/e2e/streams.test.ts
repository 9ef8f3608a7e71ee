import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Workplace } from "./built-cli.ts";

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

describe("streams", () => {
  it("a reader that goes away is no error", () => {
    const { stdout, stderr } = place.shell(`lbsim list diagnostics | head -1; echo "\${PIPESTATUS[0]}"`);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(stdout.endsWith("\n0\n")).toBe(true);
    expect(stderr).toBe("");
    expect(place.shell("lbsim schema | true").stderr).toBe("");
  });

  it("a full disk under stdout is told in one line, with exit code 2", () => {
    expect(place.shell("lbsim list > /dev/full")).toMatchObject({
      status: 2,
      stderr: "output-unwritable  stdout: no space left\n",
    });
  });

  it("a full disk under a result file is told, no report is half-written, and what was done can be resumed", () => {
    const { status, stderr } = place.lbsim("run", "shop.yaml", "--replications", "1", "--out", "markdown=/dev/full");
    expect(status).toBe(2);
    expect(stderr).toContain("output-unwritable  /dev/full: no space left");
    expect(place.files().filter((name) => name.startsWith("reports/"))).toEqual(["reports/shop/journal.jsonl"]);
  });

  it("errors stay off stdout", () => {
    const { status, stdout, stderr } = place.lbsim("check", "shop.conf", "nope.conf");
    expect(status).toBe(2);
    expect(stdout).toContain("Syntax OK");
    expect(stderr).toMatch(/^file-unreadable {2}nope\.conf/);
  });
});

describe("input that never ends", () => {
  it.each(["/dev/zero", "/dev/random", "pipe"])("%s is refused at once", (path) => {
    if (path === "pipe") place.shell("mkfifo pipe");
    for (const command of ["run", "check"]) {
      const { status, stdout, stderr } = place.lbsim(command, path);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^file-unreadable {2}/);
    }
  });

  it("a pipe that the shell fills is read", () => {
    const { status, stdout } = place.shell("lbsim check <(cat shop.conf)");
    expect(status).toBe(0);
    expect(stdout).toContain("Syntax OK");
  });
});
