import type { Finding } from "../../shared/diagnostic.ts";
import type { CaddyConfig, ReverseProxyConfig } from "../config/caddy-config.ts";
import { type Diagnostic, perProxy, whereWritten } from "./diagnostic.ts";

function tolerance({ passive }: ReverseProxyConfig): string {
  return passive === null ? "none" : `${passive.maxFails}/${passive.failDurationUs}`;
}

/** Handlers with an address in common whose settings differ. */
function sharing({ proxies }: CaddyConfig): readonly Finding[] {
  return proxies.flatMap((proxy, i) => {
    for (const other of proxies.slice(0, i)) {
      const common = proxy.upstreams.find(({ dial }) => other.upstreams.some((upstream) => upstream.dial === dial));
      if (common === undefined || tolerance(proxy) === tolerance(other)) continue;
      return [
        {
          message: `${common.dial} belongs to ${other.name} too: both count its failures and requests together, and each judges them by its own max_fails`,
          hint: "use the same passive health options in both",
          position: common.position,
        },
      ];
    }
    return [];
  });
}

export const SHARED_STATE: readonly Diagnostic[] = [
  {
    info: {
      code: "caddy-shared-failures",
      severity: "note",
      title: "Failures and requests of an address are counted together for all handlers that use it.",
    },
    find: sharing,
  },
  perProxy(
    "caddy-one-check-is-enough",
    "note",
    "One failed active check takes an upstream out, one good check brings it back.",
    (proxy) =>
      proxy.active === null
        ? null
        : {
            message:
              "a single failed check makes the upstream unavailable (health_fails and health_passes exist from 2.8 on)",
            hint: "give health_timeout room for a slow answer",
            position: whereWritten(proxy, "health_uri", "health_path", "health_port"),
          },
  ),
  perProxy(
    "caddy-check-options-unused",
    "warning",
    "Options of active health checks without health_uri or health_port do nothing.",
    (proxy) =>
      proxy.active === null &&
      ["health_interval", "health_timeout", "health_status", "health_body"].some((name) => proxy.written.has(name))
        ? {
            message: "active health checks are off: neither health_uri nor health_port is set",
            hint: "add `health_uri /health`",
            position: whereWritten(proxy, "health_interval", "health_timeout", "health_status", "health_body"),
          }
        : null,
  ),
];
