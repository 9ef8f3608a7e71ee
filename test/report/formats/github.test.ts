import { describe, expect, it } from "vitest";
import { type Annotation, githubAnnotations } from "../../../src/report/formats/github.ts";

const annotation = (level: Annotation["level"], n: number): Annotation => ({
  level,
  title: `t${n}`,
  message: "m",
  file: "a.yaml",
  line: n,
});

describe("githubAnnotations", () => {
  it("escapes what would end a message or a property", () => {
    const odd = { ...annotation("error", 3), title: "a: b, c", message: "99.9%\nnext", file: "x,y.yaml" };
    expect(githubAnnotations([odd])).toBe("::error file=x%2Cy.yaml,line=3,title=a%3A b%2C c::99.9%25%0Anext\n");
  });

  it("puts errors before warnings and counts in the tenth the two that GitHub would drop", () => {
    const all = [annotation("warning", 0), ...Array.from({ length: 12 }, (_, n) => annotation("error", n + 1))];
    const lines = githubAnnotations(all).trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[9]).toContain("and 2 more like it");
    expect(lines[10]).toMatch(/^::warning/);
  });
});
