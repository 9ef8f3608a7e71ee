import { describe, expect, it } from "vitest";
import { Text } from "../../../src/contract/text.ts";
import { cookieValue, keyInCookies, keyInTarget } from "../../../src/model/sessions/session-key.ts";

describe("cookieValue", () => {
  it("finds the first cookie of exactly that name", () => {
    expect(cookieValue("XID=1; ID=2; ID=3", "ID")).toBe("2");
    expect(cookieValue("a=ID=9;ID = 4 ", "ID")).toBe("4");
    expect(cookieValue("ID; b=1", "ID")).toBe("");
    expect(cookieValue("", "ID")).toBe("");
  });
});

describe("session keys", () => {
  it("are the id before the first dot and the route behind it", () => {
    const key = keyInCookies(new Text("JSESSIONID=a1.node.2"), "JSESSIONID");
    expect([key.id, key.route]).toEqual(["a1", "node.2"]);
  });

  it("are read once per text and name", () => {
    const cookies = new Text("A=1; B=2");
    const key = keyInCookies(cookies, "A");
    expect(keyInCookies(cookies, "A")).toBe(key);
    expect(keyInCookies(cookies, "B").id).toBe("2");
  });

  it("are found in a path parameter but not in the query", () => {
    expect(keyInTarget(new Text("/a;v=1;jsessionid=x1.n2;w=3/b?y=1"), ";jsessionid").id).toBe("x1");
    expect(keyInTarget(new Text("/a?b=;jsessionid=x1"), ";jsessionid").id).toBe("");
    expect(keyInTarget(new Text("/a;xjsessionid=1"), ";jsessionid").id).toBe("");
  });
});
