import { describe, expect, it } from "vitest";
import { compileRegex } from "../../../../src/proxies/nginx/config/compile-regex.ts";
import { compileTemplate, plainText } from "../../../../src/proxies/nginx/config/compile-template.ts";

function parts(source: string) {
  const template = compileTemplate(source);
  return typeof template === "string" ? template : template.parts;
}

describe("compileTemplate", () => {
  it("finds variables, with and without braces, and captures", () => {
    expect(parts(`a$\{host}b$Arg_X-$12`)).toEqual([
      { kind: "text", text: "a" },
      { kind: "variable", name: "host" },
      { kind: "text", text: "b" },
      { kind: "variable", name: "arg_x" },
      { kind: "text", text: "-" },
      { kind: "capture", index: 1 },
      { kind: "text", text: "2" },
    ]);
  });

  it("complains in nginx's words", () => {
    expect(parts("a$")).toBe("invalid variable name");
    expect(parts(`$\{host`)).toBe('the closing bracket in "host" variable is missing');
  });

  it("knows texts that need no request", () => {
    const template = compileTemplate("plain");
    expect(typeof template === "string" ? null : plainText(template)).toBe("plain");
  });
});

describe("compileRegex", () => {
  it("translates what PCRE writes differently and names the groups", () => {
    expect(compileRegex("(?i)^/(?P<Name>a++)\\z", false)).toEqual({
      source: "^/(?<Name>a+)$",
      caseless: true,
      names: ["name"],
    });
    expect(compileRegex("(", false)).toBeNull();
  });
});
