import { describe, expect, it } from "vitest";
import { asciiText } from "../../../src/report/formats/ascii-text.ts";
import { PLAIN } from "../../../src/report/formats/paint.ts";
import { renderText } from "../../../src/report/formats/text.ts";
import { fixtureResult } from "../fixture.ts";

describe("text for a terminal without UTF-8", () => {
  it("says in letters what signs said", () => {
    expect(asciiText("a · 1.0 ± 0.1 ▲, −5 µs … → b")).toBe("a - 1.0 +/- 0.1 ^, -5 us ... -> b");
  });

  it("leaves names as they are", () => {
    expect(asciiText("Größe")).toBe("Größe");
  });

  it("is all that lbsim run prints", () => {
    expect(renderText(fixtureResult(), { width: 100, paint: PLAIN, ascii: true })).toMatch(/^[\n -~]*$/);
  });
});
