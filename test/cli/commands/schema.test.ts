import { describe, expect, it } from "vitest";
import { lbsim } from "../run-command.ts";

describe("lbsim schema", () => {
  it("prints one JSON Schema, draft-07, with a description of every key", async () => {
    const { code, out, err } = await lbsim(["schema"]);
    expect([code, err]).toEqual([0, ""]);
    const schema = JSON.parse(out);
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
    for (const key of ["proxy", "clients", "backends", "faults", "duration", "variants"])
      expect(schema.properties[key].description.length).toBeGreaterThan(10);
  });
});
