import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseScenario } from "../../src/config/parse-scenario.ts";
import { commandsOf, type Fence, fencesOf, pagesOf, wordOf } from "./docs-examples.ts";

const PAGES = ["README.md", "scenarios/README.md"].filter((page) => existsSync(page)).concat(pagesOf("docs"));
const COMMAND = resolve("bin/lbsim.js");

/** What a part of a scenario lacks to be a whole one. */
const REST: Readonly<Record<string, string>> = {
  proxy: "proxy: httpd.conf",
  clients: "clients: {requests: {rate: 1/s}}",
  duration: "duration: 1m",
};

let scratch = "";

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "lbsim-docs-"));
  const bin = join(scratch, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "lbsim"), `#!/bin/sh\nexec "${process.execPath}" "${COMMAND}" "$@"\n`);
  chmodSync(join(bin, "lbsim"), 0o755);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A folder as after a clone, with the files that the page shows. */
function folderFor(page: string, fences: readonly Fence[]): string {
  const folder = mkdtempSync(join(scratch, "page-"));
  for (const name of ["scenarios", "test"]) symlinkSync(resolve(name), join(folder, name));
  for (const fence of fences) {
    const file = wordOf(fence, "file");
    if (file === null) continue;
    if (file.includes("/")) throw new Error(`${page}:${fence.line}: file= takes a name without folders`);
    writeFileSync(join(folder, file), fence.text);
  }
  return folder;
}

function run(
  command: string,
  folder: string,
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const path = `${join(scratch, "bin")}${delimiter}${process.env.PATH ?? ""}`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    encoding: "utf8",
  });
  return { code: status, stdout, stderr };
}

describe("the examples in the docs", () => {
  for (const page of PAGES) {
    const fences = fencesOf(page);
    const examples = fences.flatMap((fence) => commandsOf(fence).map((command) => ({ fence, command })));
    if (examples.length > 0)
      it(`${page}: every lbsim command ends as the page says`, { timeout: 120_000 }, () => {
        const folder = folderFor(page, fences);
        for (const { fence, command } of examples) {
          const { code, stdout, stderr } = run(command, folder);
          expect(code, `${page}:${fence.line}: ${command}\n${stderr}`).toBe(Number(wordOf(fence, "exit") ?? 0));
          if (fence.words.includes("output"))
            expect(`$ ${command}\n${stdout}`, `${page}:${fence.line}`).toBe(fence.text);
        }
      });

    const scenarios = fences.filter(({ language, words }) => language === "yaml" && !words.includes("no-run"));
    if (scenarios.length > 0)
      it(`${page}: every YAML block is a scenario or a part of one`, () => {
        for (const { line, text } of scenarios) {
          const missing = Object.entries(REST).filter(([key]) => !new RegExp(`^${key}:`, "m").test(text));
          const whole = [text, ...missing.map(([, rest]) => rest)].join("\n");
          const { problems } = parseScenario(`${page}:${line}`, whole, () => null);
          expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
        }
      });
  }

  it("are found: the tutorial has commands", () => {
    expect(fencesOf("docs/tutorial/first-run.md").flatMap(commandsOf).length).toBeGreaterThanOrEqual(3);
  });
});
