import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

// The checks of `npm test` must fail when there is something to find: each is run on a tiny project with one breach.

const BIN = resolve("node_modules/.bin");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lbsim-breach-"));
  for (const file of ["biome.json", "tsconfig.base.json"]) cpSync(file, join(folder, file));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "package.json"), '{ "name": "planted", "type": "module", "private": true }\n');
  writeFileSync(join(folder, "knip.json"), '{ "entry": ["src/main.ts"], "project": ["src/**/*.ts"] }\n');
  writeFileSync(join(folder, "tsconfig.json"), '{ "extends": "./tsconfig.base.json", "include": ["src"] }\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function check(tool: string, args: readonly string[], files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "src", name), text);
  const { status, stdout, stderr } = spawnSync(join(BIN, tool), args, { cwd: folder, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

const CLEAN = { "main.ts": 'export const answer = "fine";\n' };

describe.each([
  ["format", "biome", ["ci", "--colors=off", "src"], { "main.ts": "export  const answer='fine'\n" }, "format"],
  [
    "lint",
    "biome",
    ["ci", "--colors=off", "src"],
    { "main.ts": 'import { readFileSync } from "fs";\n\nexport const read = readFileSync;\n' },
    "useNodejsImportProtocol",
  ],
  [
    "types",
    "tsc",
    ["--noEmit", "--project", "tsconfig.json"],
    { "main.ts": "export const answer: number = undefined;\n" },
    "TS2322",
  ],
  [
    "dead code: a file that nobody imports",
    "knip",
    ["--no-progress"],
    { ...CLEAN, "dead.ts": "export const dead = 1;\n" },
    "dead.ts",
  ],
  [
    "dead code: an export that nobody uses",
    "knip",
    ["--no-progress"],
    {
      "main.ts": 'import { used } from "./lib.ts";\n\nexport const answer = used;\n',
      "lib.ts": "export const used = 1;\nexport const unused = 2;\n",
    },
    "unused",
  ],
] as const)("the check of %s", (_what, tool, args, breach, words) => {
  it("passes what is clean", () => {
    expect(check(tool, args, CLEAN)).toMatchObject({ status: 0 });
  });

  it("fails on a planted breach and names it", () => {
    const { status, output } = check(tool, args, breach);
    expect(status).not.toBe(0);
    expect(output).toContain(words);
  });
});
