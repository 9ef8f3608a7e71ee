import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCaddyfile } from "../../../../src/proxies/caddy/config/read-caddyfile.ts";
import { DIAGNOSTICS } from "../../../../src/proxies/caddy/diagnostics/index.ts";
import { hostOf } from "../config/read-text.ts";
import { CASES } from "./cases.ts";

function codes(text: string): readonly string[] {
  const reading = readCaddyfile("Caddyfile", text, hostOf());
  expect(reading.refusal).toBeNull();
  return reading.problems.map(({ code }) => code);
}

function withBody(body: string): string {
  return `:80 {\nreverse_proxy a:1 b:1 {\n${body}\n}\n}\n`;
}

describe("diagnostics of a Caddyfile", () => {
  it.each(CASES)("%s is told where it applies and only there", (code, raises, quiet) => {
    expect(codes(withBody(raises))).toContain(code);
    expect(codes(withBody(quiet))).not.toContain(code);
  });

  it("caddy-shared-failures is told when two handlers judge one address differently", () => {
    const two = (a: string, b: string) =>
      `:80 {\nreverse_proxy /a x:1 {\n${a}\n}\nreverse_proxy /b x:1 {\n${b}\n}\n}\n`;
    expect(codes(two("fail_duration 5s", "lb_retries 1"))).toContain("caddy-shared-failures");
    expect(codes(two("fail_duration 5s", "fail_duration 5s"))).not.toContain("caddy-shared-failures");
  });

  it("every code has a case", () => {
    const tested = new Set([...CASES.map(([code]) => code), "caddy-shared-failures"]);
    expect(DIAGNOSTICS.map(({ code }) => code).filter((code) => !tested.has(code))).toEqual([]);
  });

  it("are explained in docs/reference/diagnostics-caddy.md, each with a paragraph", () => {
    const page = readFileSync(new URL("../../../../docs/reference/diagnostics-caddy.md", import.meta.url), "utf8");
    expect(DIAGNOSTICS.filter(({ code }) => !page.includes(`### ${code}\n\n`)).map(({ code }) => code)).toEqual([]);
  });
});
