import { describe, expect, it } from "vitest";
import { lbsim } from "./run-command.ts";

const COMMANDS = [
  "run",
  "compare",
  "test",
  "sweep",
  "plan",
  "explain",
  "check",
  "replay",
  "init",
  "list",
  "schema",
  "completion",
];

describe("help", () => {
  it("of the program is as recorded", async () => {
    const { code, out } = await lbsim(["--help"]);
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot("../golden-text/help/lbsim.txt");
  });

  it.each(COMMANDS)("of %s is as recorded", async (command) => {
    const { code, out, err } = await lbsim([command, "--help"]);
    expect([code, err]).toEqual([0, ""]);
    await expect(out).toMatchFileSnapshot(`../golden-text/help/${command}.txt`);
  });
});

describe("usage", () => {
  it("names the command that was probably meant, on stderr, with exit code 2", async () => {
    const { code, out, err } = await lbsim(["relpay", "x"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("unknown command 'relpay'\n(Did you mean replay?)");
  });

  it("names the option that was probably meant", async () => {
    const { code, err } = await lbsim(["run", "x.yaml", "--thread", "2"]);
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--thread'\n(Did you mean --threads?)");
  });

  it.each([
    ["--seed", "-1"],
    ["--seed", "4294967296"],
    ["--seed", "1e3"],
    ["--replications", "0"],
    ["--replications", "10001"],
    ["--replications", "999999999999999999999999"],
    ["--replication", "1.5"],
    ["--threads", "0"],
    ["--threads", "NaN"],
  ])("%s %s is refused with what is expected", async (option, value) => {
    const { code, out, err } = await lbsim(["run", "x.yaml", `${option}=${value}`]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      new RegExp(`option '${option} <[nk]>' argument '${value}' is invalid. Expected a whole number`),
    );
  });

  it("--replication and --replications exclude each other", async () => {
    const { code, err } = await lbsim(["run", "x.yaml", "--replication", "1", "--replications", "2"]);
    expect(code).toBe(2);
    expect(err).toContain("cannot be used with option '--replications <n>'");
  });

  it("without a command it prints the help on stderr and answers 2", async () => {
    const { code, out, err } = await lbsim([]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Usage: lbsim");
  });

  it("a missing argument is named", async () => {
    const { code, err } = await lbsim(["run"]);
    expect(code).toBe(2);
    expect(err).toContain("missing required argument 'scenario'");
  });

  it("--version prints one line", async () => {
    const { code, out } = await lbsim(["--version"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^lbsim \d+\.\d+\.\d+\n$/);
  });
});

describe("color", () => {
  const isPainted = async (words: readonly string[], env: Readonly<Record<string, string>>, isTerminal = true) =>
    (await lbsim([...words, "list", "families"], { env, isTerminal })).out.includes("\u001b[");

  it("is on at a terminal and off elsewhere", async () => {
    expect(await isPainted([], {})).toBe(true);
    expect(await isPainted([], {}, false)).toBe(false);
    expect(await isPainted([], { TERM: "dumb" })).toBe(false);
  });

  it("follows NO_COLOR before FORCE_COLOR before the terminal", async () => {
    expect(await isPainted([], { NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
    expect(await isPainted([], { NO_COLOR: "" })).toBe(true);
    expect(await isPainted([], { FORCE_COLOR: "1" }, false)).toBe(true);
    expect(await isPainted([], { FORCE_COLOR: "0" }, false)).toBe(false);
  });

  it("follows the flags before everything", async () => {
    expect(await isPainted(["--color"], { NO_COLOR: "1" }, false)).toBe(true);
    expect(await isPainted(["--no-color"], { FORCE_COLOR: "1" })).toBe(false);
  });

  it("of errors follows them too", async () => {
    const { err } = await lbsim(["run", "nowhere.yaml", "--color"]);
    expect(err).toContain("\u001b[31mfile-unreadable\u001b[39m");
  });
});
