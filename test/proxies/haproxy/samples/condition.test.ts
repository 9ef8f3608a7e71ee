import { describe, expect, it } from "vitest";
import { replayLines } from "../replay-lines.ts";

/** Does a request meet the condition? It then gets 200 from the backend `yes`. */
function meets(condition: string, request: object, acls: readonly string[] = []): boolean {
  const lines = [
    "defaults",
    "mode http",
    "frontend fe",
    "bind {{listen}}",
    ...acls.map((acl) => `acl ${acl}`),
    `use_backend yes if ${condition}`,
    "backend yes",
    "server a {{a}}",
  ];
  return replayLines(lines, { a: { mode: "ok" } }, [request])[0]?.status === 200;
}

describe("conditions", () => {
  it("without a backend that fits: 503", () => {
    expect(meets("{ path /x }", { path: "/y" })).toBe(false);
  });

  it("compare the path without the query, case by case", () => {
    const of = (test: string, path: string) => meets(`{ ${test} }`, { path });
    expect([of("path_beg /a", "/ab?x"), of("path_beg /a", "/Ab"), of("path_beg -i /a", "/Ab")]).toEqual([
      true,
      false,
      true,
    ]);
    expect([of("path_end .jpg", "/i.jpg?q"), of("path_sub b", "/abc"), of("path_reg ^/a+$", "/aa")]).toEqual([
      true,
      true,
      true,
    ]);
    expect([of("path_dir img", "/x/img/y"), of("path_dir im", "/x/img/y")]).toEqual([true, false]);
  });

  it("join acls of one name by OR, names by AND, and know ! and ||", () => {
    const acls = ["p path_beg /a", "p path_beg /b", "q method POST"];
    const of = (condition: string, path: string, method = "GET") => meets(condition, { path, method }, acls);
    expect([of("p", "/a"), of("p", "/b"), of("p", "/c")]).toEqual([true, true, false]);
    expect([of("p q", "/a"), of("p q", "/a", "POST"), of("p !q", "/a")]).toEqual([false, true, true]);
    expect([of("q || p", "/a"), of("q or p", "/c", "POST"), of("q || p", "/c")]).toEqual([true, true, false]);
  });

  it("look at every value of a header, at cookies, parameters, addresses and numbers", () => {
    expect(meets("{ req.hdr(X-A) two }", { headers: { "X-A": "one, two" } })).toBe(true);
    expect(meets("{ req.cook(u) -m found }", { cookies: { u: "1" } })).toBe(true);
    expect(meets("{ req.cook(u) -m found }", { cookies: { v: "1" } })).toBe(false);
    expect(meets("{ url_param(n) -m int gt 5 }", { path: "/?n=6" })).toBe(true);
    expect(meets("{ url_param(n) -m int gt 5 }", { path: "/?n=5" })).toBe(false);
    expect(meets("{ src 127.0.0.0/24 }", { from: "127.0.0.9" })).toBe(true);
    expect(meets("{ src 127.0.1.0/24 }", { from: "127.0.0.9" })).toBe(false);
    expect(meets("{ hdr(host),lower,field(1,.) lab }", { host: "LAB.test" })).toBe(true);
  });
});
