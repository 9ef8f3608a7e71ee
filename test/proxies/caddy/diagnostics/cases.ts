/** For every code a body of `reverse_proxy a:1 b:1 { … }` that raises it, and one that does not. */
export const CASES: readonly (readonly [code: string, raises: string, quiet: string])[] = [
  ["caddy-never-available", "unhealthy_status 5xx", "unhealthy_status 5xx\nfail_duration 5s"],
  ["caddy-fails-not-counted", "max_fails 2", "max_fails 2\nfail_duration 5s"],
  ["caddy-no-health", "lb_retries 1", "fail_duration 5s"],
  ["caddy-returns-in-full", "fail_duration 5s", "fail_duration 5s\nhealth_uri /h"],
  ["caddy-no-retry", "fail_duration 5s", "lb_retries 1"],
  ["caddy-same-upstream-again", "lb_policy first\nlb_retries 1", "lb_policy first\nlb_retries 1\nfail_duration 5s"],
  ["caddy-endless-retries", "lb_retries -1", "lb_retries 1"],
  [
    "caddy-retry-match-replaces",
    "lb_retries 1\nlb_retry_match {\nmethod POST\n}",
    "lb_retries 1\nlb_retry_match {\nmethod GET POST\n}",
  ],
  ["caddy-body-not-repeated", "lb_retries 1", "lb_policy first"],
  ["caddy-try-interval-unused", "lb_try_interval 1s", "lb_try_interval 1s\nlb_try_duration 2s"],
  ["caddy-round-robin-second", "lb_policy round_robin", "lb_policy first"],
  ["caddy-random-choose-gaps", "lb_policy random_choose 2", "lb_policy least_conn"],
  ["caddy-hash-of-address-text", "lb_policy ip_hash", "lb_policy random"],
  ["caddy-cookie-on-errors", "lb_policy cookie", "lb_policy random"],
  ["caddy-ip-hash-behind-proxy", "lb_policy ip_hash\ntrusted_proxies private_ranges", "lb_policy ip_hash"],
  ["caddy-one-check-is-enough", "health_uri /h", "lb_policy first"],
  ["caddy-check-options-unused", "health_interval 5s", "health_interval 5s\nhealth_uri /h"],
];
