import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CLI_DIAGNOSTICS } from "../../src/cli/diagnostics.ts";
import { SCENARIO_DIAGNOSTICS } from "../../src/config/problems/scenario-diagnostics.ts";
import { EXPERIMENT_DIAGNOSTICS } from "../../src/experiment/diagnostics.ts";
import { lbsim } from "./run-command.ts";

const codesOf = (list: readonly { readonly code: string }[]): string[] => list.map(({ code }) => code);
const unique = (codes: readonly string[]): string[] => [...new Set(codes)].sort();

/** All TypeScript below a folder as one text. */
function sourceBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

describe("the lists of diagnostics", () => {
  it("hold every code that the command line throws, and no other", () => {
    const thrown = [...sourceBelow("src/cli").matchAll(/new KnownError\(\s*"([a-z-]+)"/g)].map(
      ([, code]) => code ?? "",
    );
    // `check` says of a file what the experiment would say of a scenario's.
    const shared = codesOf(EXPERIMENT_DIAGNOSTICS);
    expect(unique(thrown.filter((code) => !shared.includes(code)))).toEqual(unique(codesOf(CLI_DIAGNOSTICS)));
  });

  it("hold every code of problems that preparing an experiment makes, and no other", () => {
    const files = ["src/experiment/prepare.ts", "src/experiment/refused-commands.ts"];
    const source = files.map((file) => readFileSync(file, "utf8")).join("\n");
    const made = [...source.matchAll(/(?:problem|fail)\(\s*"([a-z-]+)"/g)].map(([, code]) => code ?? "");
    const shared = codesOf(SCENARIO_DIAGNOSTICS);
    expect(unique(made.filter((code) => !shared.includes(code)))).toEqual(unique(codesOf(EXPERIMENT_DIAGNOSTICS)));
  });

  it("are explained in docs/reference/scenario-errors.md, each with a paragraph, and nothing else is", () => {
    const page = readFileSync("docs/reference/scenario-errors.md", "utf8");
    const sections = page.split(/^### /m).slice(1);
    const explained = sections.map((section) => section.split("\n")[0] ?? "");
    const all = [...SCENARIO_DIAGNOSTICS, ...EXPERIMENT_DIAGNOSTICS, ...CLI_DIAGNOSTICS];
    expect(explained.length).toBe(new Set(explained).size);
    expect(unique(explained)).toEqual(unique(codesOf(all)));
    for (const section of sections) expect(section.split("\n").slice(1).join(" ").trim().length).toBeGreaterThan(60);
  });

  it("are all printed by `lbsim list diagnostics`, each once", async () => {
    const { out } = await lbsim(["list", "diagnostics", "--plain"]);
    const printed = out.trimEnd().split("\n");
    expect(printed.length).toBe(new Set(printed).size);
    for (const code of codesOf([...SCENARIO_DIAGNOSTICS, ...EXPERIMENT_DIAGNOSTICS, ...CLI_DIAGNOSTICS]))
      expect(printed).toContain(code);
  });
});

describe("the exit codes", () => {
  it("are the ones that docs/reference/exit-codes.md explains", async () => {
    const { ExitCode } = await import("../../src/cli/exit-code.ts");
    const page = readFileSync("docs/reference/exit-codes.md", "utf8");
    const rows = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(rows).toEqual(Object.values(ExitCode).sort((a, b) => a - b));
  });
});
