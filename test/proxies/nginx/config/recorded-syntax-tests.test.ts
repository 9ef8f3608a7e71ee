import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { read } from "./read-text.ts";

interface RecordedTest {
  readonly conf: readonly string[];
  readonly says: readonly string[];
}

const { cases } = JSON.parse(readFileSync(new URL("recorded-syntax-tests.json", import.meta.url), "utf8")) as {
  cases: readonly RecordedTest[];
};

/** What the reader says, in the form of the recordings. */
function says(lines: readonly string[]): readonly string[] {
  const { refusal, programWarnings } = read(lines, { modules: "debian", missingFiles: "report" });
  const message = refusal === null ? [] : [refusal.text.split("\n")[0] ?? ""];
  const warnings = programWarnings.map(({ text }) => text);
  return [...new Set([...warnings, ...message, refusal === null ? "ok" : "failed"])];
}

describe("nginx -t as recorded", () => {
  it("has many recordings", () => {
    expect(cases.length).toBeGreaterThan(400);
  });

  it.each(cases.map(({ conf, says: said }) => [conf.join(" "), conf, said] as const))("%s", (_title, conf, said) => {
    expect(says(conf)).toEqual(said);
  });
});
