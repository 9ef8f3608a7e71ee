import { describe, expect, it } from "vitest";
import { makeOutput } from "../../src/cli/host/output.ts";
import { KnownError } from "../../src/cli/known-error.ts";
import { reportError } from "../../src/cli/report-error.ts";

function told(error: unknown, argv: readonly string[] = []): { readonly code: number; readonly text: string } {
  let text = "";
  const terminal = {
    out: () => {},
    err: (more: string) => {
      text += more;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: undefined,
    env: {},
  };
  return { code: reportError(error, argv, makeOutput(terminal, { color: undefined, quiet: true, json: true })), text };
}

describe("reportError", () => {
  it("tells a known error by code, message and hint, without a stack", () => {
    expect(told(new KnownError("file-exists", "x exists", "choose another"))).toEqual({
      code: 2,
      text: "file-exists  x exists\nhint: choose another\n",
    });
  });

  it("shows a single problem alone, with its line", () => {
    const problem = {
      code: "unknown-key",
      severity: "error" as const,
      message: '"b" is no key',
      hint: null,
      position: { file: "a.yaml", line: 1, column: 1, length: 1 },
    };
    const error = new KnownError("scenario-invalid", "a.yaml can't be simulated", null, [problem], () => "b: 1\n");
    expect(told(error).text).toBe('a.yaml:1:1  unknown-key  "b" is no key\n   1 | b: 1\n       ^\n');
    const two = new KnownError("scenario-invalid", "a.yaml can't be simulated", null, [problem, problem]);
    expect(told(two).text).toContain("2 errors: a.yaml can't be simulated\n");
  });

  it("prints everything about a bug: stack, versions and the command to repeat", () => {
    const { code, text } = told(new Error("boom"), ["node", "lbsim", "run", "my file.yaml", "--seed", "7"]);
    expect(code).toBe(1);
    expect(text).toContain("Error: boom\n    at ");
    expect(text).toMatch(/lbsim \d+\.\d+\.\d+ · node v\d+\.\d+\.\d+ · lbsim run "my file\.yaml" --seed 7\n/);
    expect(text).toContain("please report it");
  });
});
