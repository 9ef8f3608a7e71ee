import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { read } from "./read-text.ts";

interface Recorded {
  readonly conf: readonly string[];
  readonly says: readonly string[];
}

function recordedIn(file: string): readonly Recorded[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: readonly Recorded[] }).cases;
}

const RECORDED = [...recordedIn("recorded-syntax-tests.json"), ...recordedIn("recorded-argument-tests.json")];

describe("readHttpdConf against what httpd itself said", () => {
  it.each(RECORDED.map((c) => [c.conf.join(" ⏎ "), c] as const))(
    "answers like httpd to: %s",
    (_title, { conf, says }) => {
      const { programWarnings, refusal } = read(conf);
      const lines = [...programWarnings.map((w) => w.text), refusal === null ? "Syntax OK" : refusal.text];
      expect(lines.join("\n")).toBe(says.join("\n"));
    },
  );
});
