import type { NextUpstreamFlag } from "./config/location-config.ts";

/** Why an attempt has failed: a value of proxy_next_upstream, or nobody to try. */
export type AttemptFailure = NextUpstreamFlag | "nolive";

/** Statuses that proxy_next_upstream can name. */
export const STATUS_FLAGS: Readonly<Record<number, NextUpstreamFlag>> = {
  403: "http_403",
  404: "http_404",
  429: "http_429",
  500: "http_500",
  502: "http_502",
  503: "http_503",
  504: "http_504",
};

/** What the client gets when no further attempt is made (spec/nginx.md section 3; ngx_http_upstream_next). */
export const ANSWER_OF_FAILURE: Readonly<Record<AttemptFailure, number>> = {
  error: 502,
  timeout: 504,
  invalid_header: 502,
  non_idempotent: 502,
  http_403: 403,
  http_404: 404,
  http_429: 429,
  http_500: 500,
  http_502: 502,
  http_503: 503,
  http_504: 504,
  nolive: 502,
};

/** Methods that are not sent again once they have been sent. */
export const NON_IDEMPOTENT: ReadonlySet<string> = new Set(["POST", "LOCK", "PATCH"]);
