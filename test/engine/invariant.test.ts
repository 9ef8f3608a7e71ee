import { describe, expect, it } from "vitest";
import { InvariantError, invariant } from "../../src/engine/invariant.ts";

describe("invariant", () => {
  it("says nothing while the condition holds", () => {
    expect(() => invariant(true, "the clock goes forward")).not.toThrow();
  });

  it("throws an InvariantError with the broken promise", () => {
    expect(() => invariant(false, "the clock goes forward")).toThrow(new InvariantError("the clock goes forward"));
    expect(new InvariantError("x").name).toBe("InvariantError");
  });
});
