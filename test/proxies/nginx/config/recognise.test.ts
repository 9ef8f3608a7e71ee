import { describe, expect, it } from "vitest";
import { looksLikeNginxConf } from "../../../../src/proxies/nginx/config/recognise.ts";

describe("looksLikeNginxConf", () => {
  it("knows nginx's files by name or by their directives", () => {
    expect(looksLikeNginxConf("/etc/nginx/nginx.conf", "")).toBe(true);
    expect(looksLikeNginxConf("shop.conf", "upstream a { server 10.0.0.1; }\nserver { listen 80; }\n")).toBe(true);
  });

  it("leaves other proxies' files alone", () => {
    expect(looksLikeNginxConf("httpd.conf", "<Proxy balancer://a>\nBalancerMember http://a\n</Proxy>\n")).toBe(false);
    expect(looksLikeNginxConf("haproxy.cfg", "global\n  maxconn 100\ndefaults\n  mode http\n")).toBe(false);
    expect(looksLikeNginxConf("Caddyfile", ":80 {\n  reverse_proxy 10.0.0.1:80\n}\n")).toBe(false);
  });
});
