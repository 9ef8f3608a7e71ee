/** What an option is to lbsim: acted on, without effect on balancing, or changing results in a way that is not modelled. */
export interface OptionInfo {
  readonly side: "frontend" | "backend" | "both";
  readonly effect: "modelled" | "ignored" | "unmodelled";
}

/** Options that are switched on and off by their name alone (`haproxy -dKcfg`, 2.6.12). */
export const SIMPLE_OPTIONS: ReadonlyMap<string, OptionInfo> = new Map([
  ...listed("backend", "modelled", "abortonclose allbackups persist prefer-last-server"),
  ...listed("backend", "unmodelled", "checkcache http-pretend-keepalive transparent h1-case-adjust-bogus-server"),
  ...listed("backend", "ignored", "accept-invalid-http-response log-health-checks srvtcpka tcp-smart-connect"),
  ...listed("frontend", "unmodelled", "idle-close-on-response disable-h2-upgrade h1-case-adjust-bogus-client"),
  ...listed("frontend", "ignored", "clitcpka contstats dontlog-normal dontlognull log-separate-errors logasap"),
  ...listed("frontend", "ignored", "socket-stats tcp-smart-accept http-ignore-probes http-use-proxy-header"),
  ...listed("frontend", "unmodelled", "accept-invalid-http-request"),
  ...listed("both", "unmodelled", "http-buffer-request independent-streams nolinger"),
  ...listed("both", "ignored", "http-no-delay splice-auto splice-request splice-response"),
]);

/** Options with words or effects of their own; suggestions for mistyped names look here too. */
export const OTHER_OPTIONS: readonly string[] = [
  "httpclose",
  "http-server-close",
  "http-keep-alive",
  "redispatch",
  "httplog",
  "tcplog",
  "tcpka",
  "httpchk",
  "ssl-hello-chk",
  "smtpchk",
  "pgsql-check",
  "redis-check",
  "mysql-check",
  "ldap-check",
  "spop-check",
  "tcp-check",
  "external-check",
  "forwardfor",
  "original-to",
];

function listed(
  side: OptionInfo["side"],
  effect: OptionInfo["effect"],
  names: string,
): readonly (readonly [string, OptionInfo])[] {
  return names.split(" ").map((name) => [name, { side, effect }] as const);
}
