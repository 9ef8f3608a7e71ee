import type { SettingTarget } from "../../../contract/config-editor.ts";

/** Parameters of a balancer; source: mod_proxy.c set_balancer_param, httpd 2.4. */
export const BALANCER_KEYS: readonly string[] = [
  "lbmethod",
  "stickysession",
  "stickysessionsep",
  "scolonpathdelim",
  "nofailover",
  "timeout",
  "maxattempts",
  "failonstatus",
  "failontimeout",
  "forcerecovery",
  "growth",
  "nonce",
];

/** Parameters of a member; sources: mod_proxy.c set_worker_param and mod_proxy_hcheck.c set_worker_hc_param, httpd 2.4. */
export const MEMBER_KEYS: readonly string[] = [
  "loadfactor",
  "retry",
  "timeout",
  "connectiontimeout",
  "ping",
  "acquire",
  "min",
  "max",
  "smax",
  "ttl",
  "route",
  "redirect",
  "status",
  "lbset",
  "keepalive",
  "disablereuse",
  "enablereuse",
  "addressttl",
  "flushpackets",
  "flushwait",
  "iobuffersize",
  "receivebuffersize",
  "responsefieldsize",
  "upgrade",
  "secret",
  "hcmethod",
  "hcinterval",
  "hcpasses",
  "hcfails",
  "hcuri",
  "hcexpr",
  "hctemplate",
];

/** The parameters that a target can have; none for `server`, whose keys are httpd's directives. */
export function settingKeys({ kind }: SettingTarget): readonly string[] {
  if (kind === "balancer") return BALANCER_KEYS;
  if (kind === "member") return MEMBER_KEYS;
  return kind === "any" ? [...BALANCER_KEYS, ...MEMBER_KEYS] : [];
}
