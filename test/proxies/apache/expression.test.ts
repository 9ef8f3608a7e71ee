import { describe, expect, it } from "vitest";
import { parseExpression } from "../../../src/proxies/apache/expression.ts";

const holds = (source: string, status = "200", body = "all fine") =>
  parseExpression(source)({
    variable: (name) => (name === "REQUEST_STATUS" ? status : ""),
    call: (name, argument) => (name === "hc" && argument === "body" ? body : null),
  });

describe("an expression", () => {
  it("matches the status by regular expression", () => {
    expect(holds("%{REQUEST_STATUS} =~ /^[234]/", "404")).toBe(true);
    expect(holds("%{REQUEST_STATUS} =~ /^[234]/", "500")).toBe(false);
  });

  it("asks for the body of a health check", () => {
    expect(holds("hc('body') !~ /Under maintenance/")).toBe(true);
    expect(holds("hc('body') =~ /FINE/i")).toBe(true);
    expect(holds("hc('body') =~ m#all f#")).toBe(true);
  });

  it("compares numbers and texts, and joins conditions by precedence", () => {
    expect(holds("%{REQUEST_STATUS} -ge 200 && %{REQUEST_STATUS} -lt 300")).toBe(true);
    expect(holds("%{REQUEST_STATUS} == '200'")).toBe(true);
    expect(holds("'a' < 'b' && !('x' != 'x')")).toBe(true);
    expect(holds("true || false && false")).toBe(true);
    expect(holds("-z '' && -n \"s=%{REQUEST_STATUS}\"")).toBe(true);
  });

  it("is refused when it can't be read", () => {
    expect(() => holds("%{REQUEST_STATUS} =~")).toThrow(SyntaxError);
    expect(() => holds("('a' == 'a'")).toThrow(SyntaxError);
    expect(() => holds("'a'")).toThrow(SyntaxError);
  });
});
