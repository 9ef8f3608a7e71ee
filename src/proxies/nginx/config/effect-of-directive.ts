/** Directives that settings.ts and assemble.ts read although no handler carries them out. */
const READ_LATER: ReadonlySet<string> = new Set(
  `proxy_connect_timeout proxy_send_timeout proxy_read_timeout proxy_next_upstream proxy_next_upstream_tries
  proxy_next_upstream_timeout proxy_http_version proxy_pass_request_headers proxy_pass_request_body proxy_method
  proxy_ignore_client_abort proxy_intercept_errors proxy_request_buffering proxy_buffering proxy_buffer_size proxy_buffers
  proxy_busy_buffers_size proxy_hide_header proxy_pass_header limit_conn_status limit_req_status limit_conn_dry_run
  limit_req_dry_run real_ip_recursive keepalive_requests keepalive_time client_body_timeout client_max_body_size
  send_timeout absolute_redirect client_header_timeout merge_slashes internal stub_status multi_accept master_process
  proxy_ignore_headers keepalive_timeout root alias resolver worker_connections worker_processes daemon`
    .trim()
    .split(/\s+/),
);

/** Directives that change results in life and are not simulated. Names, or beginnings that end with "_". */
const UNMODELLED: readonly string[] = [
  "proxy_cache",
  "proxy_cache_",
  "proxy_no_cache",
  "proxy_store",
  "proxy_force_ranges",
  "proxy_limit_rate",
  "proxy_bind",
  "limit_rate",
  "limit_rate_after",
  "auth_request",
  "auth_basic",
  "satisfy",
  "mirror",
  "slice",
  "fastcgi_pass",
  "uwsgi_pass",
  "scgi_pass",
  "grpc_pass",
  "memcached_pass",
  "secure_link",
  "valid_referers",
  "geoip_",
  "random_index",
  "lingering_close",
  "reset_timedout_connection",
  "worker_rlimit_nofile",
  "proxy_ignore_headers",
  "proxy_set_body",
  "ssl_verify_client",
  "limit_conn_dry_run",
  "limit_req_dry_run",
  "ntlm",
  "state",
  "keyval",
  "keyval_zone",
  "zone_sync",
  "postpone_output",
  "post_action",
];

/** Directives that are only checked: they bear on no request. */
const ONLY_CHECKED: ReadonlySet<string> = new Set(["access_log", "error_log", "log_format", "use", "load_module"]);

/** What the simulation does with a directive (`PassedOver` when it is not modelled). */
export function effectOf(name: string, hasHandler: boolean): "modelled" | "ignored" | "unmodelled" {
  const changesResults = UNMODELLED.some((each) => (each.endsWith("_") ? name.startsWith(each) : name === each));
  if (changesResults) return "unmodelled";
  if (ONLY_CHECKED.has(name)) return "ignored";
  return hasHandler || READ_LATER.has(name) ? "modelled" : "ignored";
}
