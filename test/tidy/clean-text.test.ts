import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Files under version control, without recordings and binary pictures. */
function textFiles(): readonly string[] {
  return execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
    .split("\0")
    .filter(
      (path) =>
        path !== "" && existsSync(path) && !/^test\/(?:golden|recordings)\/|\.png$|^package-lock\.json$/.test(path),
    );
}

const UNWANTED: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.\-/])\/(?:work|farm|root|home)\//, "a path of one machine"],
  [/\b(?:TODO|FIXME|HACK)\b|\bXXX\b(?!:)(?<!:XXX)/, "an unfinished thought"],
  [/\b(?:it|test|describe)\.(?:skip|todo|only|fails)\(["'`]|\b(?:skipIf|runIf)\(/, "a test that does not always run"],
];

describe("text", () => {
  it("holds no path of one machine, no unfinished thoughts and no skipped tests", () => {
    const found = textFiles()
      .filter((path) => !path.startsWith("test/tidy/"))
      .flatMap((path) =>
        readFileSync(path, "utf8")
          .split("\n")
          .flatMap((line, i) =>
            UNWANTED.filter(([pattern]) => pattern.test(line)).map(([, what]) => `${path}:${i + 1} ${what}`),
          ),
      );
    expect(found).toEqual([]);
  });

  it.each(UNWANTED.map(([pattern, what]) => [what, pattern] as const))(
    "a planted case of %s is found",
    (what, pattern) => {
      const planted: Record<string, string> = {
        "a path of one machine": ["open('/home", "me/x')"].join("/"),
        "an unfinished thought": ["TO", "DO later"].join(""),
        "a test that does not always run": ["it", "skip('x')"].join("."),
      };
      expect(planted[what]).toMatch(pattern);
    },
  );
});
