import { describe, expect, it } from "vitest";
import { readCaddyJson } from "../../../../src/proxies/caddy/config/read-json.ts";
import { proxyFactsOf } from "../../../../src/proxies/caddy/proxy-facts.ts";
import { configOf, hostOf } from "./read-text.ts";

describe("a Caddyfile that Caddy takes", () => {
  it("carries out snippets with arguments, imports of files and variables", () => {
    const host = hostOf(
      { "common/lb.conf": "lb_policy {$POLICY:first}\nimport more.conf\n", "common/more.conf": "lb_retries 2\n" },
      { APP: "app:81" },
    );
    const config = configOf(
      "(app) {\n reverse_proxy {args.0} {env.APP} {\n import common/lb.conf\n }\n}\n:80 {\n import app web:81\n}\n",
      host,
    );
    expect(config.proxies[0]).toMatchObject({ retries: 2, policy: { name: "first" } });
    expect(config.proxies[0]?.upstreams.map(({ dial }) => dial)).toEqual(["web:81", "app:81"]);
  });

  it("gives names, listeners and the shortest way to each handler", () => {
    const config = configOf(
      "http://shop.test, http://www.test:8080 {\n handle_path /api/* {\n reverse_proxy a\n }\n handle {\n reverse_proxy b https\n }\n}\n",
    );
    const facts = proxyFactsOf(config);
    expect(facts.listens).toEqual(["80", "8080"]);
    expect(facts.names).toEqual(["shop.test", "www.test"]);
    expect(facts.targets.map(({ path, group, host }) => [path, group, host])).toEqual([
      ["/api/", "/api/*", "shop.test"],
      ["/", "http://shop.test", "shop.test"],
    ]);
    expect(facts.members.map(({ address }) => address)).toEqual(["a:80", "b:80", "https:80"]);
  });

  it("reads the same handler from JSON", () => {
    const upstreams = [{ dial: "a:80", max_requests: 3 }, { dial: "b:80" }];
    const handler = {
      handler: "reverse_proxy",
      upstreams,
      load_balancing: { selection_policy: { policy: "cookie", name: "lb" }, try_duration: "2s", retries: 1 },
      health_checks: {
        passive: { fail_duration: 10_000_000_000, unhealthy_request_count: 7 },
        active: { uri: "/h", interval: "5s" },
      },
    };
    const json = { apps: { http: { servers: { srv0: { listen: [":80"], routes: [{ handle: [handler] }] } } } } };
    const { config } = readCaddyJson("caddy.json", JSON.stringify(json, null, 1), hostOf());
    expect(config?.proxies[0]).toMatchObject({
      policy: { name: "cookie", key: "lb" },
      retries: 1,
      tryDurationUs: 2_000_000,
      tryIntervalUs: 250_000,
      passive: { failDurationUs: 10_000_000, maxFails: 1 },
      active: { uri: "/h", intervalUs: 5_000_000, timeoutUs: 5_000_000 },
    });
    expect(config?.proxies[0]?.upstreams.map(({ maxRequests }) => maxRequests)).toEqual([3, 7]);
  });
});
