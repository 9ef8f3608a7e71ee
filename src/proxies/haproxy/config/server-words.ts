/** Words of a `server` line and how many values follow; -1 = up to the end of the line (`haproxy -dKcfg`, 2.6.12). */
export const SERVER_WORDS: ReadonlyMap<string, number> = new Map([
  ...counted(
    1,
    `addr agent-addr agent-inter agent-port agent-send alpn ca-file check-alpn check-proto check-sni ciphers ciphersuites
    cookie crl-file crt downinter error-limit fall fastinter id init-addr inter log-proto max-reuse maxconn maxqueue
    minconn namespace npn observe on-error on-marked-down on-marked-up pool-low-conn pool-max-conn pool-purge-delay port
    proto proxy-v2-options redir resolve-net resolve-opts resolve-prefer resolvers rise slowstart sni socks4 ssl-max-ver
    ssl-min-ver tcp-ut track verify verifyhost weight ws`,
  ),
  ...counted(
    0,
    `agent-check allow-0rtt backup check check-send-proxy check-ssl check-via-socks4 disabled enabled force-sslv3
    force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13 no-agent-check no-backup no-check no-check-send-proxy
    no-check-ssl no-send-proxy no-send-proxy-v2 no-send-proxy-v2-ssl no-send-proxy-v2-ssl-cn no-ssl no-ssl-reuse no-sslv3
    no-tfo no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13 no-verifyhost non-stick send-proxy send-proxy-v2
    send-proxy-v2-ssl send-proxy-v2-ssl-cn ssl ssl-reuse stick tfo tls-tickets usesrc`,
  ),
  ...counted(-1, "source"),
]);

/** Words that `default-server` refuses. */
export const NOT_IN_DEFAULT_SERVER: ReadonlySet<string> = new Set(["id", "namespace", "track", "usesrc"]);

/** Words that lbsim does not act on and that change what happens in life. */
export const UNMODELLED_SERVER_WORDS: ReadonlySet<string> = new Set([
  "agent-check",
  "check-via-socks4",
  "proxy-v2-options",
  "socks4",
  "ws",
]);

function counted(count: number, words: string): readonly (readonly [string, number])[] {
  return words.split(/\s+/).map((word) => [word, count] as const);
}
