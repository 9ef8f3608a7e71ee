import { describe, expect, it } from "vitest";
import { formatProblem } from "../../src/config/problem-format.ts";
import type { Problem } from "../../src/contract/problem.ts";

const TEXT = "members:\n    - worker: http://b:80\n      loadfactr: 3\n";

function problemAt(line: number, column: number, length: number): Problem {
  return {
    code: "unknown-key",
    severity: "error",
    message: '"loadfactr" is not a setting of a BalancerMember',
    hint: 'did you mean "loadfactor"?',
    position: { file: "shop.yaml", line, column, length },
  };
}

describe("a problem in words", () => {
  it("looks like a compiler's: place, code, message, frame with carets, hint", () => {
    expect(formatProblem(problemAt(3, 7, 9), () => TEXT)).toBe(
      [
        'shop.yaml:3:7  unknown-key  "loadfactr" is not a setting of a BalancerMember',
        "   2 |     - worker: http://b:80",
        "   3 |       loadfactr: 3",
        "             ^^^^^^^^^",
        'hint: did you mean "loadfactor"?',
      ].join("\n"),
    );
  });

  it("has no line before the first, and one caret where only the place is known", () => {
    expect(
      formatProblem(problemAt(1, 1, 0), () => TEXT)
        .split("\n")
        .slice(1, 3),
    ).toEqual(["   1 | members:", "       ^"]);
  });

  it("does without a frame when the text is not at hand, and without a place when there is none", () => {
    expect(formatProblem(problemAt(3, 7, 9), () => null).split("\n")).toHaveLength(2);
    const nowhere: Problem = { code: "no-member", severity: "warning", message: "nothing", hint: null, position: null };
    expect(formatProblem(nowhere, () => TEXT)).toBe("no-member  warning: nothing");
  });

  it("underlines no further than the line goes and survives places outside the text", () => {
    expect(formatProblem(problemAt(1, 5, 99), () => TEXT).split("\n")[2]).toBe("           ^^^^");
    expect(formatProblem(problemAt(99, 1, 1), () => TEXT).split("\n")).toHaveLength(2);
  });

  it("cuts long lines around the place and shows control characters as dots", () => {
    const long = `${"x".repeat(300)}\u001b[31m`;
    const lines = formatProblem(problemAt(1, 301, 1), () => long).split("\n");
    // The cut is 40 columns before the place: columns 262 to 300 are 39 letters.
    expect(lines[1]).toBe(`   1 | ${"x".repeat(39)}\u00b7[31m`);
    expect(lines[2]).toBe(`${" ".repeat(7 + 39)}^`);
  });

  it("gives every part its role for colouring", () => {
    const roles: string[] = [];
    formatProblem(
      problemAt(3, 7, 9),
      () => TEXT,
      (text, role) => {
        roles.push(role);
        return text;
      },
    );
    expect(roles).toEqual(["place", "error", "frame", "frame", "caret", "hint"]);
  });
});
