import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { fencesOf } from "../scenarios/docs-examples.ts";

/**
 * The recipes of docs/how-to/use-in-ci.md, run as the two services run them: their commands, word for word, in a fresh
 * clone. One thing is not done as there: `npm ci` takes the packages of this folder instead of the network's.
 */
const PAGE = "docs/how-to/use-in-ci.md";
/** What a clone does not have: what .gitignore names, and the repository itself. */
const NOT_CLONED = [".git", "node_modules", "dist", "coverage"];

interface GithubRecipe {
  readonly jobs: { readonly lbsim: { readonly steps: readonly { readonly run?: string }[] } };
}
interface GitlabRecipe {
  readonly lbsim: { readonly script: readonly string[] };
}

const [github, gitlab] = fencesOf(PAGE)
  .filter(({ language }) => language === "yaml")
  .map(({ text }) => parse(text) as unknown);
const STEPS = (github as GithubRecipe).jobs.lbsim.steps.flatMap(({ run }) => run ?? []);
const SCRIPT = (gitlab as GitlabRecipe).lbsim.script;

let scratch = "";
let origin = "";

/** Runs a program and insists that it ends well. */
function must(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  return stdout;
}

const AUTHOR = ["-c", "user.name=test", "-c", "user.email=test@example.org"];

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "lbsim-ci-"));
  origin = join(scratch, "origin");
  const root = resolve(".");
  // The repository as it would be committed now, so that a change is tried before it is.
  mkdirSync(origin);
  const names = readdirSync(root).filter((name) => !NOT_CLONED.includes(name));
  must("cp", ["-R", ...names, origin], root);
  must("git", ["init", "--quiet", "--initial-branch=main"], origin);
  must("git", ["add", "--all"], origin);
  must("git", [...AUTHOR, "commit", "--quiet", "--message=all"], origin);
  const bin = join(scratch, "bin");
  mkdirSync(bin);
  const npm = must("sh", ["-c", "command -v npm"], root).trim();
  const packages = resolve("node_modules");
  writeFileSync(
    join(bin, "npm"),
    `#!/bin/sh\nif [ "$1" = ci ]; then exec ln -s "${packages}" node_modules; fi\nexec "${npm}" "$@"\n`,
  );
  chmodSync(join(bin, "npm"), 0o755);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A job of its own: a clone beside which a worktree can be made, and the environment of the service. */
class Job {
  readonly folder = mkdtempSync(join(scratch, "job-"));
  readonly clone = join(this.folder, "lbsim");
  private readonly env: Readonly<Record<string, string | undefined>>;

  constructor(service: Readonly<Record<string, string>>) {
    must("git", ["clone", "--quiet", origin, this.clone], this.folder);
    // Not what this very test may run in.
    const outside = Object.entries(process.env).filter(([name]) => !/^(GITHUB_|GITLAB_|CI_|FORCE_COLOR$)/.test(name));
    const path = `${join(scratch, "bin")}${delimiter}${process.env.PATH ?? ""}`;
    this.env = { ...Object.fromEntries(outside), CI: "true", PATH: path, ...service };
  }

  /** Runs lines as both services do: the first command that fails ends it. */
  run(script: string) {
    const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: this.clone,
      env: this.env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  read(name: string): string {
    return readFileSync(join(this.clone, name), "utf8");
  }

  /** In the place of the first command, where another job has shown that it works. */
  takeBuild(): void {
    for (const name of ["node_modules", "dist"]) symlinkSync(resolve(name), join(this.clone, name));
  }

  /** Changes the configuration of the example, as a pull request would. */
  changeConfiguration(from: string, to: string): void {
    const file = "scenarios/ci/httpd.conf";
    const text = this.read(file);
    expect(text).toContain(from);
    writeFileSync(join(this.clone, file), text.replaceAll(from, to));
    must("git", [...AUTHOR, "commit", "--quiet", "--all", "--message=change"], this.clone);
  }

  /** Files that differ from the commit or are not in it. */
  changed(): string {
    return must("git", ["status", "--porcelain"], this.clone);
  }
}

function githubJob(): Job & { readonly summary: string } {
  const summary = join(mkdtempSync(join(scratch, "summary-")), "summary.md");
  const job = new Job({ GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_STEP_SUMMARY: summary });
  return Object.assign(job, { summary });
}

/** The step of the recipe with this command. */
function step(command: string): string {
  const found = STEPS.find((each) => each.includes(command));
  if (found === undefined) throw new Error(`no step of ${PAGE} has ${command}`);
  return found;
}

describe("the recipe for GitHub Actions", () => {
  it("passes in a clean clone, with a summary of the step and without annotations", () => {
    const job = githubJob();
    const ended = STEPS.map((each) => [each, job.run(each)] as const);
    for (const [command, { status, stderr }] of ended) expect(status, `${command}\n${stderr}`).toBe(0);
    expect(ended.map(([, { stdout, stderr }]) => stdout + stderr).join("\n")).not.toMatch(/^::/m);
    expect(readFileSync(job.summary, "utf8")).toContain("# Scenarios: 1 pass");
    expect(job.read("junit.xml")).toContain('<testsuites name="lbsim" tests="4" failures="0"');
    // The committed report came out byte for byte: nothing but the job's own files is new.
    expect(job.changed()).toBe("?? before.json\n?? junit.xml\n");
  });

  it("fails with the exit codes that the page names when httpd.conf gets worse, and says where", () => {
    const job = githubJob();
    job.takeBuild();
    job.changeConfiguration("retry=5", "retry=600");
    // httpd loads it, and nothing is wrong with it by the look of it.
    expect(job.run(step("check --strict")).status).toBe(0);
    const tested = job.run(step(" test "));
    expect(tested.status).toBe(99);
    const line = job.read("scenarios/ci/shop.yaml").split("\n").indexOf("  - p(99) < 400ms during 60s..90s") + 1;
    expect(tested.stderr).toMatch(
      new RegExp(`^::error .*file=scenarios/ci/shop\\.yaml,line=${line}.*p\\(99\\) < 400ms`, "m"),
    );
    expect(readFileSync(job.summary, "utf8")).toContain("# Scenarios: 1 fail");
    expect(job.read("junit.xml")).toMatch(/failures="1"[\s\S]*reproduce: lbsim run scenarios\/ci\/shop\.yaml/);
    const diff = job.run(step("git diff"));
    expect([diff.status, diff.stdout.includes("+| FAIL | `p(99) < 400ms")]).toEqual([1, true]);
  });

  it("fails with 3 when something got worse, even where every expectation is still met", () => {
    const job = githubJob();
    job.takeBuild();
    job.changeConfiguration("retry=5", "retry=30");
    expect(job.run(step("git worktree")).status).toBe(0);
    const compared = job.run(step("--baseline"));
    expect(compared.status, compared.stderr).toBe(3);
    expect(compared.stderr).toMatch(/^::error .*title=regression/m);
  });

  it("fails with 2 when check has something to say", () => {
    const job = githubJob();
    job.takeBuild();
    job.changeConfiguration("stickysession=JSESSIONID", "stickysession=JSESSIONID nofailover=On");
    expect(job.run(step("check --strict")).status).toBe(2);
    job.changeConfiguration("lbmethod=bybusyness", "lbmethod=bybusines");
    expect(job.run(step("check --strict")).status).toBe(2);
  });
});

describe("the recipe for GitLab CI", () => {
  function gitlabJob(): Job {
    const base = must("git", ["rev-parse", "HEAD"], origin).trim();
    return new Job({ GITLAB_CI: "true", CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
  }

  it("passes in a clean clone and leaves what it declares as artifacts", () => {
    const job = gitlabJob();
    const { status, stdout, stderr } = job.run(SCRIPT.join("\n"));
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).not.toMatch(/^::/m);
    const { artifacts } = (gitlab as { lbsim: { artifacts: { paths: readonly string[]; reports: { junit: string } } } })
      .lbsim;
    for (const name of [...artifacts.paths, artifacts.reports.junit])
      expect(existsSync(join(job.clone, name)), name).toBe(true);
    expect(job.changed()).toBe("?? before.json\n?? junit.xml\n");
  });

  it("ends at the first command that fails, with its exit code", () => {
    const job = gitlabJob();
    job.takeBuild();
    job.changeConfiguration("retry=5", "retry=600");
    const { status, stdout } = job.run(SCRIPT.slice(1).join("\n"));
    expect(status).toBe(99);
    expect(stdout).toContain("1 fail");
    expect(existsSync(join(job.clone, "before.json"))).toBe(false);
    expect(job.read("junit.xml")).toContain('failures="1"');
  });
});

describe("the committed report", () => {
  it("comes out byte for byte when it is made again", () => {
    const made = join(scratch, "report.md");
    const args = ["bin/lbsim.js", "test", "scenarios/ci", "--quiet", "--out", `markdown=${made}`];
    expect(spawnSync(process.execPath, args).status).toBe(0);
    expect(readFileSync(made, "utf8")).toBe(readFileSync("scenarios/ci/report.md", "utf8"));
  });
});
