import { execFileSync, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { folderWith, HTTPD_CONF, SCENARIO } from "../cli/run-command.ts";
import { contentsOf, lbsim } from "./built-program.ts";

const folder = folderWith({ "httpd.conf": HTTPD_CONF, "small.yaml": SCENARIO });
afterAll(folder.remove);

/** Runs a line of shell in which `lbsim` is the built program. */
function shell(line: string): { readonly code: number | null; readonly out: string; readonly err: string } {
  const script = `lbsim() { '${process.execPath}' '${resolve("bin/lbsim.js")}' "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8", timeout: 60_000 });
  return { code: status, out: stdout, err: stderr };
}

describe("streams", () => {
  it("a reader that goes away is no error", () => {
    const { out, err } = shell(`lbsim list diagnostics | head -1; echo "\${PIPESTATUS[0]}"`);
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    expect(out.endsWith("\n0\n")).toBe(true);
    expect(err).toBe("");
    expect(shell("lbsim schema | true").err).toBe("");
  });

  it("a full disk under stdout is told in one line, with exit code 2", () => {
    const { code, err } = shell("lbsim list > /dev/full");
    expect(code).toBe(2);
    expect(err).toBe("output-unwritable  stdout: no space left\n");
  });

  it("a full disk under a result file is told, and the report is not half-written", () => {
    const out = folder.path("full");
    const { code, err } = shell(
      `lbsim run '${folder.path("small.yaml")}' --replications 1 --report-dir '${out}' --out markdown=/dev/full`,
    );
    expect(code).toBe(2);
    expect(err).toContain("output-unwritable  /dev/full: no space left");
    expect(Object.keys(contentsOf(out))).toEqual([]);
  });

  it("what is piped to a process never holds colors, and errors stay off stdout", async () => {
    const { code, out, err } = await lbsim(["check", folder.path("httpd.conf"), folder.path("nope.conf")]);
    expect(code).toBe(2);
    expect(out).toContain("Syntax OK");
    expect(`${out}${err}`).not.toContain("\u001b[");
    expect(err).toContain("file-unreadable");
  });
});

describe("input that never ends", () => {
  it.each(["/dev/zero", "/dev/random", "pipe"])("%s is refused at once", async (what) => {
    const path = what === "pipe" ? folder.path("pipe") : what;
    if (what === "pipe") execFileSync("mkfifo", [path]);
    for (const command of ["run", "check"]) {
      const { code, out, err } = await lbsim([command, path]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/^file-unreadable {2}/);
    }
  });

  it("a pipe that the shell fills is read", () => {
    const { code, out } = shell(`lbsim check <(cat '${folder.path("httpd.conf")}')`);
    expect(code).toBe(0);
    expect(out).toContain("Syntax OK");
  });
});

describe("from another folder", () => {
  it("paths of a scenario count from the scenario, reports from where one stands", async () => {
    const there = folderWith({});
    const { code } = await lbsim(["run", folder.path("small.yaml"), "--replications", "1"], { cwd: there.path(".") });
    expect(code).toBe(0);
    expect(Object.keys(contentsOf(there.path("reports/small")))).toContain("report.html");
    there.remove();
  });
});
