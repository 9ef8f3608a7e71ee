import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Text } from "../../../../src/contract/text.ts";
import { cookieLines } from "../../../../src/proxies/caddy/lbmethods/cookie.ts";
import { poolOf, random } from "../pool-of.ts";

const NOBODY = { what: null, remote: "10.0.0.1" };

describe("policies that do not draw", () => {
  it("round_robin begins with the second upstream and steps over what is not available", () => {
    const { pool, policy } = poolOf("a:1 b:1 c:1", "lb_policy round_robin");
    const next = () => policy.select(pool, NOBODY, random);
    expect([next(), next(), next(), next()]).toEqual([1, 2, 0, 1]);
    pool.unhealthy[2] = 1;
    expect([next(), next(), next()]).toEqual([0, 1, 0]);
  });

  it("first takes the first available one, and nobody when all are out", () => {
    const { pool, policy } = poolOf("a:1 b:1", "lb_policy first");
    expect(policy.select(pool, NOBODY, random)).toBe(0);
    pool.unhealthy[0] = 1;
    expect(policy.select(pool, NOBODY, random)).toBe(1);
    pool.unhealthy[1] = 1;
    expect(policy.select(pool, NOBODY, random)).toBe(-1);
  });

  it("the hash moves only the keys of an upstream that is out", () => {
    const { pool, policy } = poolOf("a:1 b:1 c:1", "lb_policy ip_hash");
    const places = () =>
      Array.from({ length: 200 }, (_, i) => policy.select(pool, { what: null, remote: `10.0.0.${i}` }, random));
    const before = places();
    pool.unhealthy[1] = 1;
    const after = places();
    expect(before).toContain(1);
    expect(after).not.toContain(1);
    expect(after.filter((u, i) => before[i] !== 1 && u !== before[i])).toEqual([]);
  });

  it("the cookie's value is the HMAC-SHA256 of the address, and naming an upstream sets no new one", () => {
    const { pool, policy } = poolOf("a:1 b:1", "lb_policy cookie lb s3cr3t");
    const value = createHmac("sha256", "s3cr3t").update("b:1").digest("hex");
    expect(cookieLines(policy, "lb")?.[1]).toBe(`lb=${value}; Path=/`);
    const what = {
      method: "GET",
      target: new Text("/"),
      host: new Text("x"),
      cookie: new Text(`a=1; lb=${value}`),
      headers: [],
      bodyBytes: 0,
      chunked: false,
      upgrade: null,
      keepAlive: true,
    };
    expect(policy.select(pool, { what, remote: "" }, random)).toBe(1);
    expect(policy.setsCookieOf).toBe(-1);
    pool.unhealthy[1] = 1;
    expect(policy.select(pool, { what, remote: "" }, random)).toBe(0);
    expect(policy.setsCookieOf).toBe(0);
  });
});
