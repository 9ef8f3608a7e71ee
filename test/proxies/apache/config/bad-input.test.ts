import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostWith, read } from "./read-text.ts";

const WORDS = [
  "<Proxy",
  "balancer://a>",
  "</Proxy>",
  "<VirtualHost",
  "*:80>",
  "</VirtualHost>",
  "<Location",
  "/x>",
  "</Location>",
  "<IfModule",
  "mod_proxy.c>",
  "!mod_x.c>",
  "</IfModule>",
  "<IfVersion",
  "<Macro",
  "M",
  "$a>",
  "</Macro>",
  "Use",
  "BalancerMember",
  "http://a:80",
  "balancer://a",
  "route=1",
  "status=+",
  "loadfactor=x",
  "ProxyPass",
  "ProxyPassMatch",
  "ProxySet",
  "/",
  "!",
  "(",
  "Header",
  "set",
  "%{",
  "edit",
  "env=",
  "Include",
  "Define",
  "X",
  "$".concat("{X}"),
  "${",
  "\\",
  '"',
  "'",
  "#",
  ">",
  "<",
  "\u3000",
  "\ud800",
  "__proto__",
  "\n",
  "\n",
  "\n",
];

describe("readHttpdConf on bad input", () => {
  it("answers every text with a configuration or a refusal, never with an exception", () => {
    const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(text, (given) => {
        const { config, refusal } = read(given, {}, hostWith({ X: "Include X\n" }));
        expect((config === null) !== (refusal === null)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses binary files and huge ones", () => {
    expect(read("Timeout 5\nTime\0out").refusal).toMatchObject({ position: { line: 2 } });
    expect(read("#".repeat(5_000_000)).refusal?.text).toContain("more than 4194304 characters");
  });

  it("stops at sections and conditions that are nested without end", () => {
    expect(read("<Location /x>\n".repeat(5000)).refusal?.text).toContain("nested deeper than 200");
    expect(read("<IfModule mod_proxy.c>\n".repeat(5000)).refusal?.text).toContain("nested deeper than 200");
    expect(read("<IfModule mod_nope.c>\n".repeat(5000)).refusal?.text).toContain("Expected </IfModule>");
  });

  it("stops a macro that uses itself", () => {
    const { refusal } = read(["<Macro M>", "Use M", "Use M", "</Macro>", "Use M"]);
    expect(refusal?.text).toContain("recursive use of macro 'm' is invalid");
  });

  it("takes a very long line", () => {
    expect(read(`ServerAdmin ${"x".repeat(1_000_000)}\n`).refusal).toBeNull();
    expect(read(`ServerAdmin a${" ".repeat(1_000_000)}b\n`).refusal?.text).toContain("takes one argument");
  });
});
