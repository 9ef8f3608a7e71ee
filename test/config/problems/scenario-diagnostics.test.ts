import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SCENARIO_DIAGNOSTICS } from "../../../src/config/problems/scenario-diagnostics.ts";

/** Codes that the source of the reader and of the editor passes to the makers of problems and findings. */
function codesInSource(): ReadonlySet<string> {
  const codes = new Set<string>();
  const maker =
    /(?:\b(?:problem|warning|bad|refuseEdit|report|find)\(\s*|\bfinding\(\s*\[[^\]]*\],\s*|\bplain\(path,\s*|\bnew ExpectationFault\(\s*|\bunknown\(\s*|\bcode: )"([a-z]+(?:-[a-z]+)*)"/g;
  for (const folder of ["config", "proxies/apache/config-editor"]) {
    const root = new URL(`../../../src/${folder}/`, import.meta.url);
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      for (const match of readFileSync(new URL(file, root), "utf8").matchAll(maker)) codes.add(match[1] ?? "");
    }
  }
  // The schema library's own word for an issue that carries one of our findings.
  codes.delete("custom");
  return codes;
}

describe("the list of diagnostics", () => {
  const listed = SCENARIO_DIAGNOSTICS.map((each) => each.code);

  it("has every code that reading a scenario can give, and no other", () => {
    expect(codesInSource()).toEqual(new Set(listed));
  });

  it("has each code once, with a sentence", () => {
    expect(new Set(listed).size).toBe(listed.length);
    for (const { title } of SCENARIO_DIAGNOSTICS) expect(title).toMatch(/^[A-Z].*\.$/);
  });
});
