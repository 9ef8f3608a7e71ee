import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { read } from "./read-text.ts";

interface Said {
  readonly config: string;
  readonly exit: number;
  readonly alerts: readonly string[];
  readonly others: readonly string[];
}

/** What `haproxy -c -f haproxy.cfg` of 2.6.12 said about small configurations: process ids and closing lines are left out. */
const TABLE: readonly Said[] = JSON.parse(readFileSync(new URL("./haproxy-c-messages.json", import.meta.url), "utf8"));

/** The line of a configuration that makes the case. */
function title({ config }: Said): string {
  const lines = config.trimEnd().split("\n");
  const from = lines.indexOf("backend be") + 1;
  return lines
    .slice(from)
    .map((line) => line.trim())
    .join(" ⏎ ")
    .slice(0, 100);
}

describe("messages of haproxy -c", () => {
  it.each(TABLE.map((each) => [title(each), each] as const))("%s", (_title, said) => {
    const { config, refusal, programWarnings } = read(said.config);
    const isRefused = said.exit !== 0;
    expect(config === null).toBe(isRefused);
    expect(refusal?.text ?? "").toBe(isRefused ? said.alerts.join("\n") : "");
    const lenient = isRefused ? [] : said.alerts;
    expect(programWarnings.map(({ text }) => text)).toEqual([...lenient, ...said.others]);
  });
});
