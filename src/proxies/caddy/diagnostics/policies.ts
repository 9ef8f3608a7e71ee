import { splitHostPort } from "../config/upstream-address.ts";
import { type Diagnostic, perProxy, whereWritten } from "./diagnostic.ts";

const HASHES: readonly string[] = ["ip_hash", "uri_hash", "header"];

export const POLICY_NOTES: readonly Diagnostic[] = [
  perProxy(
    "caddy-round-robin-second",
    "note",
    "round_robin starts with the second upstream, and the neighbour of an unavailable upstream gets its share too.",
    (proxy) =>
      proxy.policy.name === "round_robin" && proxy.upstreams.length > 1
        ? {
            message: `the first request goes to ${proxy.upstreams[1]?.dial}; an unavailable upstream's share goes to its neighbour alone`,
            hint: null,
            position: whereWritten(proxy, "lb_policy"),
          }
        : null,
  ),
  perProxy(
    "caddy-random-choose-gaps",
    "note",
    "random_choose may find fewer candidates than asked for, and none while most upstreams are out.",
    (proxy) =>
      proxy.policy.name === "random_choose"
        ? {
            message:
              "candidates overwrite each other at random: there may be fewer than asked for, and a 503 although an upstream is available",
            hint: "least_conn compares all upstreams",
            position: whereWritten(proxy, "lb_policy"),
          }
        : null,
  ),
  perProxy(
    "caddy-hash-of-address-text",
    "note",
    "Hash and cookie policies hash the address as it is written; the same host in another spelling is another upstream.",
    (proxy) => {
      const { policy, upstreams } = proxy;
      if (!HASHES.includes(policy.name) && policy.name !== "cookie") return null;
      const named = upstreams.some(({ dial }) => /[a-z]/i.test(splitHostPort(dial).host));
      if (!named) return null;
      return {
        message: `${policy.name} hashes the address text: localhost:80 and 127.0.0.1:80 are different, and sticky assignments change with Caddy 2.6.3 and 2.8`,
        hint: null,
        position: whereWritten(proxy, "lb_policy"),
      };
    },
  ),
  perProxy(
    "caddy-cookie-on-errors",
    "note",
    "The cookie policy sets its cookie when it selects: error answers carry it too, retries add another.",
    (proxy) =>
      proxy.policy.name === "cookie" && proxy.upstreams.length > 1
        ? {
            message: `Set-Cookie ${proxy.policy.key} is added at every new selection: also to 502 and 504, and once more on a retry`,
            hint: null,
            position: whereWritten(proxy, "lb_policy"),
          }
        : null,
  ),
  perProxy("caddy-ip-hash-behind-proxy", "note", "ip_hash looks at the TCP peer, not at X-Forwarded-For.", (proxy) =>
    proxy.policy.name === "ip_hash" && proxy.trustedProxies.length > 0
      ? {
          message: "trusted_proxies does not change ip_hash: all clients behind one proxy have one upstream",
          hint: "`lb_policy header X-Forwarded-For` hashes what the proxy in front says",
          position: whereWritten(proxy, "lb_policy"),
        }
      : null,
  ),
];
