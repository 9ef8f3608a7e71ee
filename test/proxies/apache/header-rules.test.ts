import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import type { HeaderRule } from "../../../src/proxies/apache/config/apache-config.ts";
import { type HeaderContext, HeaderRules } from "../../../src/proxies/apache/header-rules.ts";
import { answer } from "./proxy-bench.ts";

function rule(action: HeaderRule["action"], name: string, value = "", part: Partial<HeaderRule> = {}): HeaderRule {
  return {
    where: "response",
    always: false,
    action,
    name,
    value,
    replacement: "",
    condition: null,
    position: { file: "", line: 1, column: 1, length: 0 },
    ...part,
  };
}

function context(env: Readonly<Record<string, string>> = {}): HeaderContext {
  return { env: (name) => env[name] ?? null, requestHeader: () => null, status: 200, nowUs: 0, arrivedAtUs: 0 };
}

const changed = { kind: "env", name: "BALANCER_ROUTE_CHANGED", negated: false } as const;

describe("Header", () => {
  it("adds the route cookie when the route has changed, and shares its text", () => {
    const rules = new HeaderRules([
      rule("add", "Set-Cookie", "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; Path=/", { condition: changed }),
    ]);
    const head = answer(200);
    expect(rules.applyToResponse(head, false, context())).toBe(head);
    const env = context({ BALANCER_ROUTE_CHANGED: "1", BALANCER_WORKER_ROUTE: "node2" });
    const [cookie] = rules.applyToResponse(head, false, env).setCookies;
    expect(cookie?.text).toBe("ROUTEID=.node2; Path=/");
    expect(rules.applyToResponse(head, false, env).setCookies[0]).toBe(cookie);
  });

  it("prints (null) for a variable that is not set", () => {
    const rules = new HeaderRules([rule("set", "X-Route", "%{BALANCER_WORKER_ROUTE}e 100%%")]);
    const { headers } = rules.applyToResponse(answer(200), false, context());
    expect(headers).toEqual([{ name: "X-Route", value: "(null) 100%" }]);
  });

  it("sets, appends, merges, unsets and edits in order", () => {
    const rules = new HeaderRules([
      rule("set", "A", "1"),
      rule("append", "a", "2"),
      rule("merge", "A", "2"),
      rule("unset", "Gone"),
      rule("edit", "B", "^x(.)", { replacement: "y$1" }),
      rule("setifempty", "B", "never"),
    ]);
    const head = answer(200, {
      headers: [
        { name: "Gone", value: "1" },
        { name: "B", value: "xz" },
      ],
    });
    expect(rules.applyToResponse(head, false, context()).headers).toEqual([
      { name: "B", value: "yz" },
      { name: "A", value: "1, 2" },
    ]);
  });

  it("of the always table alone marks the proxy's own error pages", () => {
    const rules = new HeaderRules([rule("set", "A", "1"), rule("set", "B", "2", { always: true })]);
    expect(rules.applyToResponse(answer(503), true, context()).headers).toEqual([{ name: "B", value: "2" }]);
  });

  it("can take away a cookie", () => {
    const rules = new HeaderRules([rule("unset", "set-cookie")]);
    expect(rules.applyToResponse(answer(200, { setCookies: [new Text("S=1")] }), false, context()).setCookies).toEqual(
      [],
    );
  });

  it("obeys a negated variable and an expression", () => {
    const rules = new HeaderRules([
      rule("set", "A", "1", { condition: { ...changed, negated: true } }),
      rule("set", "B", "1", { condition: { kind: "expr", source: "%{REQUEST_STATUS} == '500'" } }),
    ]);
    expect(rules.applyToResponse(answer(200), false, context()).headers.map(({ name }) => name)).toEqual(["A"]);
  });
});

it("RequestHeader changes what the backend gets", () => {
  const rules = new HeaderRules([
    rule("set", "X-A", "1", { where: "request" }),
    rule("unset", "Cookie", "", { where: "request" }),
  ]);
  expect(rules.changesRequests).toBe(true);
  expect(rules.applyToRequest([{ name: "Cookie", value: "S=1" }], context())).toEqual([{ name: "X-A", value: "1" }]);
});
