import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import { parsedSetCookie } from "../../../src/model/cookies/set-cookie.ts";

describe("parsedSetCookie", () => {
  it("reads name, value and attributes whatever their case and spacing", () => {
    expect(
      parsedSetCookie(new Text(" ROUTEID = .node1 ;path=/ ; DOMAIN=.Shop.Example; max-age=5; SameSite=Lax")),
    ).toEqual({
      name: "ROUTEID",
      value: ".node1",
      pair: "ROUTEID=.node1",
      path: "/",
      domain: "shop.example",
      maxAgeUs: 5_000_000,
    });
  });

  it("lets the last of several equal attributes count", () => {
    expect(parsedSetCookie(new Text("a=1; Path=/x; Path=/y"))?.path).toBe("/y");
  });

  it("ignores a Max-Age that is no number", () => {
    expect(parsedSetCookie(new Text("a=1; Max-Age=soon"))?.maxAgeUs).toBeNull();
  });

  it("takes an Expires of this century as beyond the run", () => {
    expect(parsedSetCookie(new Text("a=1; Expires=Wed, 09 Jun 2100 10:18:14 GMT"))?.maxAgeUs).toBeNull();
    expect(parsedSetCookie(new Text("a=1; Expires=Wed, 09-Jun-25 10:18:14 GMT"))?.maxAgeUs).toBeNull();
  });

  it("reads one Text once", () => {
    const line = new Text("a=1");
    expect(parsedSetCookie(line)).toBe(parsedSetCookie(line));
  });
});
