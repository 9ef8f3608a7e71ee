import { describe, expect, it } from "vitest";
import { lineDiff } from "../../src/config/line-diff.ts";

describe("the difference of two texts", () => {
  it("is nothing when they are equal", () => {
    expect(lineDiff("a.conf", "x\n", "x\n")).toBe("");
  });

  it("has the changed lines with three lines around them, as diff -u", () => {
    const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    const after = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n";
    expect(lineDiff("a.conf", before, after)).toBe(
      "--- a.conf\n+++ a.conf (changed)\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
    );
  });

  it("counts inserted and removed lines", () => {
    expect(lineDiff("a", "x\ny", "x\nnew\ny")).toBe("--- a\n+++ a (changed)\n@@ -1,2 +1,3 @@\n x\n+new\n y\n");
    expect(lineDiff("a", "x\nold\ny", "x\ny")).toBe("--- a\n+++ a (changed)\n@@ -1,3 +1,2 @@\n x\n-old\n y\n");
  });

  it("has a hunk for each place", () => {
    const line = (n: number) => `${n}`;
    const lines = Array.from({ length: 30 }, (_, i) => line(i));
    const changed = lines.map((text, i) => (i === 2 || i === 27 ? "changed" : text));
    const diff = lineDiff("a", lines.join("\n"), changed.join("\n"));
    expect(diff.match(/^@@.*@@$/gm)).toEqual(["@@ -1,6 +1,6 @@", "@@ -25,6 +25,6 @@"]);
  });
});
