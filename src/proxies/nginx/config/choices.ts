/**
 * Words that directives with a fixed choice take (facts read from the sources at tag release-1.22.1). `true` = several words at
 * once; a word written twice is warned about.
 */
const CHOICES: readonly (readonly [directives: string, several: boolean, words: string])[] = [
  ["debug_points", false, "stop abort"],
  ["autoindex_format", false, "html json jsonp xml"],
  ["dav_methods", true, "off put delete mkcol copy move"],
  [
    "fastcgi_cache_use_stale fastcgi_next_upstream scgi_cache_use_stale scgi_next_upstream uwsgi_cache_use_stale uwsgi_next_upstream",
    true,
    "error timeout invalid_header non_idempotent http_500 http_503 http_403 http_404 http_429 updating off",
  ],
  ["fastcgi_cache_methods proxy_cache_methods scgi_cache_methods uwsgi_cache_methods", true, "GET HEAD POST"],
  [
    "fastcgi_ignore_headers grpc_ignore_headers proxy_ignore_headers scgi_ignore_headers uwsgi_ignore_headers",
    true,
    "X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie Vary",
  ],
  [
    "grpc_next_upstream",
    true,
    "error timeout invalid_header non_idempotent http_500 http_502 http_503 http_504 http_403 http_404 http_429 off",
  ],
  [
    "grpc_ssl_protocols proxy_ssl_protocols ssl_protocols uwsgi_ssl_protocols",
    true,
    "SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3",
  ],
  ["gzip_static lingering_close", false, "off on always"],
  ["limit_conn_log_level limit_req_log_level", false, "info notice warn error"],
  ["memcached_next_upstream", true, "error timeout invalid_response not_found off"],
  [
    "proxy_cache_use_stale proxy_next_upstream",
    true,
    "error timeout invalid_header non_idempotent http_500 http_502 http_503 http_504 http_403 http_404 http_429 updating off",
  ],
  ["gzip_http_version proxy_http_version", false, "1.0 1.1"],
  ["ssl_verify_client", false, "off on optional optional_no_ca"],
  ["ssl_ocsp", false, "off on leaf"],
  ["userid", false, "off log v1 on"],
  ["userid_flags", true, "off secure httponly samesite=strict samesite=lax samesite=none"],
  ["client_body_in_file_only", false, "off on clean"],
  ["keepalive_disable", true, "none msie6 safari"],
  ["satisfy", false, "all any"],
  ["server_tokens", false, "off on build"],
  ["if_modified_since", false, "off exact before"],
  ["gzip_proxied", true, "off expired no-cache no-store private no_last_modified no_etag auth any"],
];

export interface Choice {
  readonly several: boolean;
  readonly words: readonly string[];
}

/** By directive. */
export const CHOICE_OF: ReadonlyMap<string, Choice> = new Map(
  CHOICES.flatMap(([directives, several, words]) =>
    directives.split(" ").map((name) => [name, { several, words: words.split(" ") }] as const),
  ),
);
