import { describe, expect, it } from "vitest";
import { rewriteCookie } from "../../../../src/proxies/apache/rewrite/rewrite-cookie.ts";

describe("flag CO", () => {
  it.each([
    ["ID:v:.site.test", "ID=v; path=/; domain=.site.test"],
    ["ID:v:d:0:/p:0:true", "ID=v; path=/p; domain=d; HttpOnly"],
    ["ID:v:d:60:/:secure:1:Lax", "ID=v; path=/; domain=d; max-age=3600; secure; HttpOnly; SameSite=Lax"],
    [";ID;a:b;d;0;/;false;false;0", "ID=a:b; path=/; domain=d"],
  ])("%s", (text, line) => {
    expect(rewriteCookie(text)).toEqual({ name: "ID", line });
  });
  it("sets nothing without a domain", () => {
    expect([rewriteCookie("ID:v"), rewriteCookie("ID::d")]).toEqual([null, null]);
  });
});
