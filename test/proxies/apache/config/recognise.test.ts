import { describe, expect, it } from "vitest";
import { looksLikeHttpdConf } from "../../../../src/proxies/apache/config/recognise.ts";

describe("looksLikeHttpdConf", () => {
  it("knows httpd's directives, and its usual file names", () => {
    expect(looksLikeHttpdConf("x.conf", "<Proxy balancer://a>\n  BalancerMember http://a\n</Proxy>\n")).toBe(true);
    expect(looksLikeHttpdConf("/etc/apache2/apache2.conf", "")).toBe(true);
  });

  it("knows them by one line that nobody else has, however the rest is spelt", () => {
    expect(looksLikeHttpdConf("x.conf", "ProxiPass /a http://a/;\nProxyPass / balancer://x/;\n")).toBe(true);
  });

  it("leaves nginx and HAProxy files alone", () => {
    expect(looksLikeHttpdConf("x.conf", "upstream a {\n  server b;\n}\nserver {\n  listen 80;\n}\n")).toBe(false);
    expect(
      looksLikeHttpdConf("x.cfg", "frontend f\n  bind :80\n  default_backend b\nbackend b\n  server s 1.2.3.4:80\n"),
    ).toBe(false);
  });
});
