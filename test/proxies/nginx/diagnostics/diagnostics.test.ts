import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DIAGNOSTICS } from "../../../../src/proxies/nginx/diagnostics/index.ts";
import { read } from "../config/read-text.ts";
import { DIAGNOSTIC_CASES, type DiagnosticCase, SANE } from "./cases.ts";

function problems(lines: readonly string[], given: DiagnosticCase) {
  const { config, refusal, problems: found } = read(lines, given.options);
  if (config === null) throw new Error(`refused: ${refusal?.text}`);
  return found;
}

describe("diagnostics", () => {
  it.each(DIAGNOSTIC_CASES.map((c) => [c.code, c] as const))("%s speaks where it should", (code, given) => {
    const found = problems(given.fires, given).filter((p) => p.code === code);
    expect(found[0]?.message).toContain(given.says);
    expect(found[0]?.position?.line).toBe(given.line);
    expect(found[0]?.severity).toBe(DIAGNOSTICS.find((d) => d.code === code)?.severity);
  });

  it.each(DIAGNOSTIC_CASES.map((c) => [c.code, c] as const))("%s is silent about what is right", (code, given) => {
    expect(problems(given.quiet, given).map((p) => p.code)).not.toContain(code);
  });

  it("says nothing at all about a sane configuration", () => {
    expect(read(SANE).problems).toEqual([]);
  });

  it("has a test and a paragraph in the reference for every code, and for no other", () => {
    const docs = readFileSync(new URL("../../../../docs/reference/diagnostics-nginx.md", import.meta.url), "utf8");
    const headings = [...docs.matchAll(/^### ([a-z0-9-]+)$/gm)].map((m) => m[1] ?? "");
    const sorted = (codes: readonly string[]) => [...codes].sort((a, b) => (a < b ? -1 : 1));
    const registered = sorted(DIAGNOSTICS.map((d) => d.code));
    expect(new Set(registered).size).toBe(registered.length);
    expect(sorted(headings)).toEqual(registered);
    expect(sorted(DIAGNOSTIC_CASES.map((c) => c.code))).toEqual(registered);
  });
});
