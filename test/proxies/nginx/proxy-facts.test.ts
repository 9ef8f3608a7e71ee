import { describe, expect, it } from "vitest";
import { proxyFactsOf } from "../../../src/proxies/nginx/proxy-facts.ts";
import { http, load } from "./config/read-text.ts";

describe("proxyFactsOf", () => {
  it("names members, listeners, names and what leads to an upstream", () => {
    const facts = proxyFactsOf(
      load(
        http(
          "upstream shop { server 10.0.0.1 weight=2 route=a; server 10.0.0.2:8080 backup; }",
          "server { listen 80; listen 127.0.0.1:8081; server_name _ Shop.example *.example;",
          "location /app/ { proxy_pass http://shop/; } location /app/x/ { proxy_pass http://shop; }",
          "location /one { proxy_pass http://10.0.0.9:81; } location ~ x { proxy_pass http://shop; } }",
        ),
      ),
    );
    expect(facts.members.map(({ address, group, weight, aliases }) => [address, group, weight, aliases])).toEqual([
      ["10.0.0.1:80", "shop", 2, ["10.0.0.1", "a"]],
      ["10.0.0.2:8080", "shop", 1, []],
      ["10.0.0.9:81", "10.0.0.9:81", 1, []],
    ]);
    expect(facts.listens).toEqual(["80", "127.0.0.1:8081"]);
    expect(facts.names).toEqual(["shop.example"]);
    expect(facts.targets.map(({ path, group }) => [path, group])).toEqual([
      ["/app/", "shop"],
      ["/one", "10.0.0.9:81"],
    ]);
    // 512 places, two sockets and the channel to the master: 509 left, two for each request.
    expect(facts.threads).toBe(254);
  });

  it("knows the cookie that sessions hang on and the cookies that nginx sets", () => {
    const hashed = load(http("upstream a { hash $cookie_JSESSIONID; server 10.0.0.1; }"));
    expect(proxyFactsOf(hashed).stickyCookie).toEqual({ cookie: "JSESSIONID", path: "" });
    const sticky = load(http("upstream a { server 10.0.0.1; server 10.0.0.2; sticky cookie srv path=/; }"));
    expect(proxyFactsOf(sticky)).toMatchObject({ stickyCookie: null, setsCookies: ["srv"] });
  });

  it("follows a proxy_pass through a map to an upstream", () => {
    const config = load(
      http(
        "map $arg_v $pool { default blue; 2 green; }",
        "upstream blue { server 10.0.0.1; } upstream green { server 10.0.0.2; }",
        "server { location / { proxy_pass http://$pool; } }",
      ),
    );
    expect(proxyFactsOf(config).targets.map(({ path, group }) => [path, group])).toEqual([["/", "blue"]]);
  });
});
