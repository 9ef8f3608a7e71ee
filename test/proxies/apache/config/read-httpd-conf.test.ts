import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { read } from "./read-text.ts";

interface Recorded {
  readonly conf: readonly string[];
  readonly says: readonly string[];
}

const recorded = JSON.parse(readFileSync(new URL("recorded-syntax-tests.json", import.meta.url), "utf8")) as {
  cases: readonly Recorded[];
};

describe("readHttpdConf against what httpd itself said", () => {
  it.each(recorded.cases.map((c) => [c.conf.join(" ⏎ "), c] as const))(
    "answers like httpd to: %s",
    (_title, { conf, says }) => {
      const { programWarnings, refusal } = read(conf);
      const lines = [...programWarnings.map((w) => w.text), refusal === null ? "Syntax OK" : refusal.text];
      expect(lines.join("\n")).toBe(says.join("\n"));
    },
  );
});
