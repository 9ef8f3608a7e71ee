import { describe, expect, it } from "vitest";
import { bannedCalls } from "./banned-calls.ts";
import { sourceFiles } from "./source-files.ts";

describe("banned calls", () => {
  it("nothing below the hosts depends on clock, chance, locale or the engine's own mathematics", () => {
    expect(bannedCalls(sourceFiles("src"))).toEqual([]);
  });

  it.each([
    ["const u = Math.random();", "named stream"],
    ["const t = Date.now();", "wall clock"],
    ["const l = Math.log(2);", "exact-math"],
    ["const p = 2 ** k;", "exact-math"],
    ["names.sort();", "comparator"],
    ["a.localeCompare(b);", "locales"],
    ["console.log(1);", "given"],
  ])("a planted %s is found", (line, why) => {
    expect(bannedCalls([{ path: "src/engine/planted.ts", text: line }])).toEqual([expect.stringContaining(why)]);
  });

  it("does not mind words in comments and texts", () => {
    const text = '// Math.random is banned\nconst words = "Date and console";\n/* process.exit */';
    expect(bannedCalls([{ path: "src/engine/x.ts", text }])).toEqual([]);
  });

  it("lets the hosts look at the clock", () => {
    expect(bannedCalls([{ path: "src/cli/host/progress.ts", text: "performance.now();" }])).toEqual([]);
  });
});
