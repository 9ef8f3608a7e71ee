import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scenarioReference } from "../../src/config/scenario-reference.ts";

describe("docs/reference/scenario.md", () => {
  it("is what the schema says", async () => {
    const file = new URL("../../docs/reference/scenario.md", import.meta.url);
    expect(readFileSync(file, "utf8")).toBe(scenarioReference());
  });
});
