import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCaddyfile } from "../../../../src/proxies/caddy/config/read-caddyfile.ts";
import { hostOf } from "./read-text.ts";

/** What `caddy validate --adapter caddyfile` of Caddy 2.6.2 said about each text. */
const RECORDED = JSON.parse(readFileSync(`${import.meta.dirname}/recorded-refusals.json`, "utf8")) as readonly {
  readonly text: string;
  readonly error: string | null;
}[];

describe("a Caddyfile", () => {
  it.each(RECORDED)("$text is refused or taken in the words of caddy validate", ({ text, error }) => {
    expect(readCaddyfile("Caddyfile", text, hostOf()).refusal?.text ?? null).toBe(error);
  });

  it("says where a refused word stands", () => {
    const { refusal } = readCaddyfile("Caddyfile", ":80 {\n  reverse_proxy a {\n    lb_retries x\n  }\n}\n", hostOf());
    expect(refusal?.position).toEqual({ file: "Caddyfile", line: 3, column: 16, length: 1 });
  });
});
