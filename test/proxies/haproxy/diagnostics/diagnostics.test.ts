import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DIAGNOSTICS } from "../../../../src/proxies/haproxy/diagnostics/index.ts";
import { read } from "../config/read-text.ts";
import { DIAGNOSTIC_CASES, SANE } from "./cases.ts";

function problems(lines: readonly string[]) {
  const { config, refusal, problems: found } = read(lines);
  if (config === null) throw new Error(`refused: ${refusal?.text}`);
  return found;
}

describe("diagnostics", () => {
  it.each(DIAGNOSTIC_CASES.map((c) => [c.code, c] as const))("%s speaks where it should", (code, given) => {
    const [found] = problems(given.fires).filter((p) => p.code === code);
    expect(found?.message).toContain(given.says);
    expect(found?.position?.line).toBe(given.line);
    expect(found?.severity).toBe(DIAGNOSTICS.find((d) => d.code === code)?.severity);
  });

  it.each(DIAGNOSTIC_CASES.map((c) => [c.code, c] as const))("%s is silent about what is right", (code, given) => {
    expect(problems(given.quiet).map((p) => p.code)).not.toContain(code);
  });

  it("says nothing at all about a sane configuration", () => {
    expect(problems(SANE)).toEqual([]);
  });

  it("has a test and a paragraph in the reference for every code, and for no other", () => {
    const docs = readFileSync(new URL("../../../../docs/reference/diagnostics-haproxy.md", import.meta.url), "utf8");
    const headings = [...docs.matchAll(/^### ([a-z0-9-]+)$/gm)].map((m) => m[1] ?? "");
    const sorted = (codes: readonly string[]) => [...codes].sort((a, b) => (a < b ? -1 : 1));
    const registered = sorted(DIAGNOSTICS.map((d) => d.code));
    expect(new Set(registered).size).toBe(registered.length);
    expect(sorted(headings)).toEqual(registered);
    expect(sorted(DIAGNOSTIC_CASES.map((c) => c.code))).toEqual(registered);
  });
});
