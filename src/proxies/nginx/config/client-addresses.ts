import type { LocationSettings, RealIpConfig } from "./location-config.ts";
import { parseNetwork } from "./parse-network.ts";
import type { Scope } from "./scope.ts";
import { isOn } from "./scope-values.ts";
import type { Network } from "./template.ts";

/** The realip settings, or null when no address is trusted. Source: ngx_http_realip_module.c, nginx 1.22.1. */
export function realIpOf(scope: Scope): RealIpConfig | null {
  const from = scope.uses("set_real_ip_from").flatMap(({ args }) => networkOf(args[0] ?? ""));
  if (from.length === 0) return null;
  const header = (scope.word("real_ip_header") ?? "X-Real-IP").toLowerCase();
  return { from, header, recursive: isOn(scope, "real_ip_recursive", false) };
}

/** allow and deny stand in one list; both count together for inheritance. Source: ngx_http_access_rule, nginx 1.22.1. */
export function accessRules(scope: Scope): LocationSettings["access"] {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const rules = [...at.ownUses("allow"), ...at.ownUses("deny")];
    if (rules.length === 0) continue;
    rules.sort((a, b) => a.node.line - b.node.line || a.node.end - b.node.end);
    return rules.flatMap(({ name, args }): LocationSettings["access"][number][] => {
      const [text = ""] = args;
      if (text === "all") return [{ allow: name === "allow", network: "all" }];
      return networkOf(text).map((network) => ({ allow: name === "allow", network }));
    });
  }
  return [];
}

function networkOf(text: string): readonly Network[] {
  if (text === "unix:") return [{ kind: "unix" }];
  const parsed = parseNetwork(text);
  return parsed === null ? [] : [parsed.network];
}
