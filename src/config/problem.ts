import type { Position, Problem } from "../contract/problem.ts";

/** An error in what the user gave. */
export function problem(code: string, message: string, hint: string | null, position: Position | null): Problem {
  return { code, severity: "error", message, hint, position };
}

/** Something that works but probably not as meant. */
export function warning(code: string, message: string, hint: string | null, position: Position | null): Problem {
  return { code, severity: "warning", message, hint, position };
}

/** Orders problems as a reader meets them: by file as first mentioned, then by line and column. */
export function inReadingOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map((each) => each.position?.file ?? ""))];
  const rank = (each: Problem) => files.indexOf(each.position?.file ?? "");
  return [...problems].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
}
