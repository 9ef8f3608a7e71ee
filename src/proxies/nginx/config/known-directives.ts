/** What a known directive takes; contexts as letters of `Context`, arguments as counts ("12" = one or two, "1+" = one or more). */
export interface KnownDirective {
  readonly name: string;
  readonly module: string;
  readonly contexts: string;
  readonly counts: string;
  readonly isBlock: boolean;
  readonly slot: string;
}

/**
 * Directives of nginx 1.22.1 as Debian builds it (facts read from the command tables at tag release-1.22.1), a module a
 * line: `name contexts arguments[{] [slot]`. Contexts: M main, E events, H http, S server, L location, U upstream,
 * s if in server, l if in location, x limit_except. Slot = the generic setter that checks the value.
 */
const TABLES: Readonly<Record<string, string>> = {
  nginx: `
    M 1 flag: daemon master_process; M 1 msec: timer_resolution worker_shutdown_timeout; M 1 str: pid lock_file
    working_directory; M 1 -: worker_processes worker_priority env load_module; M 1 enum: debug_points; M 12 -:
    user; M 1+ -: worker_cpu_affinity; M 1 num: worker_rlimit_nofile; M 1 off: worker_rlimit_core
  `,
  conf_file: "MEHSLUslx 1 -: include",
  log: "M 1+ -: error_log; H 2+ -: log_format; HSLlx 1+ -: access_log; HSL 1234 -: open_log_file_cache",
  regex: "M 1 flag: pcre_jit",
  thread_pool: "M 23 -: thread_pool",
  epoll: "E 1 num: epoll_events worker_aio_requests",
  event: `
    M 0{ -: events; E 1 -: worker_connections use debug_connection; E 1 flag: multi_accept accept_mutex; E 1 msec:
    accept_mutex_delay
  `,
  event_openssl: "M 1 -: ssl_engine",
  access: "HSLx 1 -: allow deny",
  addition: "HSL 1 str: add_before_body add_after_body; HSL 1+ -: addition_types",
  auth_basic: "HSLx 1 str: auth_basic; HSLx 1 -: auth_basic_user_file",
  auth_request: "HSL 1 -: auth_request; HSL 2 -: auth_request_set",
  autoindex: "HSL 1 flag: autoindex autoindex_localtime autoindex_exact_size; HSL 1 enum: autoindex_format",
  browser: `
    HSL 12 -: modern_browser; HSL 1+ -: ancient_browser; HSL 1 -: modern_browser_value ancient_browser_value
  `,
  charset: `
    HSLl 1 -: charset source_charset; HSLl 1 flag: override_charset; HSL 1+ -: charset_types; H 2{ -: charset_map
  `,
  dav: `
    HSL 1+ mask: dav_methods; HSL 1 flag: create_full_put_path; HSL 1 num: min_delete_depth; HSL 123 -: dav_access
  `,
  empty_gif: "L 0 -: empty_gif",
  fastcgi: `
    Ll 1 -: fastcgi_pass; HSL 1 str: fastcgi_index; HSL 1 -: fastcgi_split_path_info fastcgi_store fastcgi_cache
    fastcgi_cache_key fastcgi_pass_header fastcgi_hide_header fastcgi_catch_stderr; HSL 123 -:
    fastcgi_store_access; HSL 1 flag: fastcgi_buffering fastcgi_request_buffering fastcgi_ignore_client_abort
    fastcgi_socket_keepalive fastcgi_pass_request_headers fastcgi_pass_request_body fastcgi_intercept_errors
    fastcgi_force_ranges fastcgi_cache_lock fastcgi_cache_revalidate fastcgi_cache_background_update
    fastcgi_keep_conn; HSL 12 -: fastcgi_bind; HSL 1 msec: fastcgi_connect_timeout fastcgi_send_timeout
    fastcgi_read_timeout fastcgi_cache_lock_timeout fastcgi_cache_lock_age fastcgi_next_upstream_timeout; HSL 1
    size: fastcgi_send_lowat fastcgi_buffer_size fastcgi_busy_buffers_size fastcgi_limit_rate
    fastcgi_max_temp_file_size fastcgi_temp_file_write_size; HSL 2 bufs: fastcgi_buffers; H 2+ -:
    fastcgi_cache_path; HSL 1+ -: fastcgi_cache_bypass fastcgi_no_cache fastcgi_cache_valid; HSL 1 num:
    fastcgi_cache_min_uses fastcgi_next_upstream_tries; HSL 1 off: fastcgi_cache_max_range_offset; HSL 1+ mask:
    fastcgi_cache_use_stale fastcgi_cache_methods fastcgi_next_upstream fastcgi_ignore_headers; HSL 1234 -:
    fastcgi_temp_path; HSL 23 -: fastcgi_param
  `,
  flv: "L 0 -: flv",
  geo: "H 12{ -: geo",
  grpc: `
    Ll 1 -: grpc_pass; HSL 12 -: grpc_bind; HSL 1 flag: grpc_socket_keepalive grpc_intercept_errors
    grpc_ssl_session_reuse grpc_ssl_server_name grpc_ssl_verify; HSL 1 msec: grpc_connect_timeout
    grpc_send_timeout grpc_read_timeout grpc_next_upstream_timeout; HSL 1 size: grpc_buffer_size; HSL 1+ mask:
    grpc_next_upstream grpc_ignore_headers grpc_ssl_protocols; HSL 1 num: grpc_next_upstream_tries
    grpc_ssl_verify_depth; HSL 2 -: grpc_set_header grpc_ssl_conf_command; HSL 1 -: grpc_pass_header
    grpc_hide_header grpc_ssl_password_file; HSL 1 str: grpc_ssl_ciphers grpc_ssl_name
    grpc_ssl_trusted_certificate grpc_ssl_crl grpc_ssl_certificate grpc_ssl_certificate_key
  `,
  gunzip: "HSL 1 flag: gunzip; HSL 2 bufs: gunzip_buffers",
  gzip: `
    HSLl 1 flag: gzip; HSL 2 bufs: gzip_buffers; HSL 1+ -: gzip_types; HSL 1 num: gzip_comp_level; HSL 1 size:
    gzip_window gzip_hash postpone_gzipping gzip_min_length; HSL 1 flag: gzip_no_buffer
  `,
  gzip_static: "HSL 1 enum: gzip_static",
  headers: "HSLl 12 -: expires; HSLl 23 -: add_header add_trailer",
  index: "HSL 1+ -: index",
  limit_conn: `
    H 2 -: limit_conn_zone; HSL 2 -: limit_conn; HSL 1 enum: limit_conn_log_level; HSL 1 num: limit_conn_status;
    HSL 1 flag: limit_conn_dry_run
  `,
  limit_req: `
    H 3 -: limit_req_zone; HSL 123 -: limit_req; HSL 1 enum: limit_req_log_level; HSL 1 num: limit_req_status; HSL
    1 flag: limit_req_dry_run
  `,
  map: "H 2{ -: map; H 1 num: map_hash_max_size map_hash_bucket_size",
  memcached: `
    Ll 1 -: memcached_pass; HSL 12 -: memcached_bind; HSL 1 flag: memcached_socket_keepalive; HSL 1 msec:
    memcached_connect_timeout memcached_send_timeout memcached_read_timeout memcached_next_upstream_timeout; HSL 1
    size: memcached_buffer_size; HSL 1+ mask: memcached_next_upstream; HSL 1 num: memcached_next_upstream_tries
    memcached_gzip_flag
  `,
  mirror: "HSL 1 -: mirror; HSL 1 flag: mirror_request_body",
  mp4: "L 0 -: mp4; HSL 1 size: mp4_buffer_size mp4_max_buffer_size; HSL 1 flag: mp4_start_key_frame",
  proxy: `
    Llx 1 -: proxy_pass; HSL 12 -: proxy_redirect proxy_cookie_domain proxy_cookie_path proxy_bind; HSL 1234 -:
    proxy_cookie_flags proxy_temp_path; HSL 1 -: proxy_store proxy_cache proxy_cache_key proxy_pass_header
    proxy_hide_header proxy_ssl_password_file; HSL 123 -: proxy_store_access; HSL 1 flag: proxy_buffering
    proxy_request_buffering proxy_ignore_client_abort proxy_socket_keepalive proxy_intercept_errors
    proxy_pass_request_headers proxy_pass_request_body proxy_force_ranges proxy_cache_lock proxy_cache_revalidate
    proxy_cache_convert_head proxy_cache_background_update proxy_ssl_session_reuse proxy_ssl_server_name
    proxy_ssl_verify; HSL 1 msec: proxy_connect_timeout proxy_send_timeout proxy_read_timeout
    proxy_cache_lock_timeout proxy_cache_lock_age proxy_next_upstream_timeout; HSL 1 size: proxy_send_lowat
    proxy_buffer_size proxy_busy_buffers_size proxy_limit_rate proxy_max_temp_file_size
    proxy_temp_file_write_size; HSL 2 -: proxy_set_header proxy_ssl_conf_command; HSL 1 num:
    proxy_headers_hash_max_size proxy_headers_hash_bucket_size proxy_cache_min_uses proxy_next_upstream_tries
    proxy_ssl_verify_depth; HSL 1 str: proxy_set_body proxy_method proxy_ssl_ciphers proxy_ssl_name
    proxy_ssl_trusted_certificate proxy_ssl_crl proxy_ssl_certificate proxy_ssl_certificate_key; HSL 2 bufs:
    proxy_buffers; H 2+ -: proxy_cache_path; HSL 1+ -: proxy_cache_bypass proxy_no_cache proxy_cache_valid; HSL 1
    off: proxy_cache_max_range_offset; HSL 1+ mask: proxy_cache_use_stale proxy_cache_methods proxy_next_upstream
    proxy_ignore_headers proxy_ssl_protocols; HSL 1 enum: proxy_http_version
  `,
  random_index: "L 1 flag: random_index",
  realip: "HSL 1 -: set_real_ip_from real_ip_header; HSL 1 flag: real_ip_recursive",
  referer: "SL 1+ -: valid_referers; SL 1 num: referer_hash_max_size referer_hash_bucket_size",
  rewrite: `
    SLsl 23 -: rewrite; SLsl 12 -: return; SLsl 0 -: break; SL 1+{ -: if; SLsl 2 -: set; HSLsl 1 flag: rewrite_log
    uninitialized_variable_warn
  `,
  scgi: `
    Ll 1 -: scgi_pass; HSL 1 -: scgi_store scgi_cache scgi_cache_key scgi_pass_header scgi_hide_header; HSL 123 -:
    scgi_store_access; HSL 1 flag: scgi_buffering scgi_request_buffering scgi_ignore_client_abort
    scgi_socket_keepalive scgi_pass_request_headers scgi_pass_request_body scgi_intercept_errors scgi_force_ranges
    scgi_cache_lock scgi_cache_revalidate scgi_cache_background_update; HSL 12 -: scgi_bind; HSL 1 msec:
    scgi_connect_timeout scgi_send_timeout scgi_read_timeout scgi_cache_lock_timeout scgi_cache_lock_age
    scgi_next_upstream_timeout; HSL 1 size: scgi_buffer_size scgi_busy_buffers_size scgi_limit_rate
    scgi_max_temp_file_size scgi_temp_file_write_size; HSL 2 bufs: scgi_buffers; H 2+ -: scgi_cache_path; HSL 1+
    -: scgi_cache_bypass scgi_no_cache scgi_cache_valid; HSL 1 num: scgi_cache_min_uses scgi_next_upstream_tries;
    HSL 1 off: scgi_cache_max_range_offset; HSL 1+ mask: scgi_cache_use_stale scgi_cache_methods
    scgi_next_upstream scgi_ignore_headers; HSL 1234 -: scgi_temp_path; HSL 23 -: scgi_param
  `,
  secure_link: "HSL 1 str: secure_link secure_link_md5 secure_link_secret",
  slice: "HSL 1 size: slice",
  split_clients: "H 2{ -: split_clients",
  ssi: `
    HSLl 1 flag: ssi; HSL 1 flag: ssi_silent_errors ssi_ignore_recycled_buffers ssi_last_modified; HSL 1 size:
    ssi_min_file_chunk ssi_value_length; HSL 1+ -: ssi_types
  `,
  ssl: `
    HS 1 -: ssl ssl_certificate ssl_certificate_key ssl_password_file ssl_session_ticket_key ssl_ocsp_cache; HS 1
    str: ssl_dhparam ssl_ecdh_curve ssl_ciphers ssl_client_certificate ssl_trusted_certificate ssl_crl
    ssl_ocsp_responder ssl_stapling_file ssl_stapling_responder; HS 1+ mask: ssl_protocols; HS 1 size:
    ssl_buffer_size; HS 1 enum: ssl_verify_client ssl_ocsp; HS 1 num: ssl_verify_depth; HS 1 flag:
    ssl_prefer_server_ciphers ssl_session_tickets ssl_stapling ssl_stapling_verify ssl_early_data
    ssl_reject_handshake; HS 12 -: ssl_session_cache; HS 1 sec: ssl_session_timeout; HS 2 -: ssl_conf_command
  `,
  stub_status: "SL 01 -: stub_status",
  sub: `
    HSL 2 -: sub_filter; HSL 1+ -: sub_filter_types; HSL 1 flag: sub_filter_once sub_filter_last_modified
  `,
  try_files: "SL 2+ -: try_files",
  upstream_hash: "U 12 -: hash",
  upstream_ip_hash: "U 0 -: ip_hash",
  upstream_keepalive: "U 1 -: keepalive; U 1 msec: keepalive_time keepalive_timeout; U 1 num: keepalive_requests",
  upstream_least_conn: "U 0 -: least_conn",
  upstream_random: "U 012 -: random",
  upstream_zone: "U 12 -: zone",
  userid: `
    HSL 1 enum: userid; HSL 1 num: userid_service; HSL 1 str: userid_name userid_domain userid_path userid_p3p;
    HSL 1 -: userid_expires userid_mark; HSL 123 mask: userid_flags
  `,
  uwsgi: `
    Ll 1 -: uwsgi_pass; HSL 1 num: uwsgi_modifier1 uwsgi_modifier2 uwsgi_cache_min_uses uwsgi_next_upstream_tries
    uwsgi_ssl_verify_depth; HSL 1 -: uwsgi_store uwsgi_cache uwsgi_cache_key uwsgi_pass_header uwsgi_hide_header
    uwsgi_ssl_password_file; HSL 123 -: uwsgi_store_access; HSL 1 flag: uwsgi_buffering uwsgi_request_buffering
    uwsgi_ignore_client_abort uwsgi_socket_keepalive uwsgi_pass_request_headers uwsgi_pass_request_body
    uwsgi_intercept_errors uwsgi_force_ranges uwsgi_cache_lock uwsgi_cache_revalidate
    uwsgi_cache_background_update uwsgi_ssl_session_reuse uwsgi_ssl_server_name uwsgi_ssl_verify; HSL 12 -:
    uwsgi_bind; HSL 1 msec: uwsgi_connect_timeout uwsgi_send_timeout uwsgi_read_timeout uwsgi_cache_lock_timeout
    uwsgi_cache_lock_age uwsgi_next_upstream_timeout; HSL 1 size: uwsgi_buffer_size uwsgi_busy_buffers_size
    uwsgi_limit_rate uwsgi_max_temp_file_size uwsgi_temp_file_write_size; HSL 2 bufs: uwsgi_buffers; H 2+ -:
    uwsgi_cache_path; HSL 1+ -: uwsgi_cache_bypass uwsgi_no_cache uwsgi_cache_valid; HSL 1 off:
    uwsgi_cache_max_range_offset; HSL 1+ mask: uwsgi_cache_use_stale uwsgi_cache_methods uwsgi_next_upstream
    uwsgi_ignore_headers uwsgi_ssl_protocols; HSL 1234 -: uwsgi_temp_path; HSL 23 -: uwsgi_param; HSL 1 str:
    uwsgi_string uwsgi_ssl_ciphers uwsgi_ssl_name uwsgi_ssl_trusted_certificate uwsgi_ssl_crl
    uwsgi_ssl_certificate uwsgi_ssl_certificate_key; HSL 2 -: uwsgi_ssl_conf_command
  `,
  http: "M 0{ -: http",
  copy: "HSL 2 bufs: output_buffers",
  core: `
    H 1 num: variables_hash_max_size variables_hash_bucket_size server_names_hash_max_size
    server_names_hash_bucket_size; H 0{ -: server; HS 1 size: connection_pool_size request_pool_size
    client_header_buffer_size; HS 1 msec: client_header_timeout; HS 2 bufs: large_client_header_buffers; HS 1
    flag: ignore_invalid_headers merge_slashes underscores_in_headers; SL 12{ -: location; S 1+ -: listen
    server_name; HSL 1 num: types_hash_max_size types_hash_bucket_size keepalive_requests max_ranges
    open_file_cache_min_uses; HSL 0{ -: types; HSL 1 str: default_type; HSLl 1 -: root limit_rate
    limit_rate_after; L 1 -: alias; L 1+{ -: limit_except; HSL 1 off: client_max_body_size directio_alignment; HSL
    1 size: client_body_buffer_size sendfile_max_chunk subrequest_output_buffer_size read_ahead send_lowat
    postpone_output; HSL 1 msec: client_body_timeout send_timeout keepalive_time auth_delay lingering_time
    lingering_timeout resolver_timeout; HSL 1234 -: client_body_temp_path; HSL 1 enum: client_body_in_file_only
    satisfy lingering_close server_tokens if_modified_since gzip_http_version; HSL 1 flag:
    client_body_in_single_buffer aio_write tcp_nopush tcp_nodelay reset_timedout_connection absolute_redirect
    server_name_in_redirect port_in_redirect msie_padding msie_refresh log_not_found log_subrequest
    recursive_error_pages chunked_transfer_encoding etag open_file_cache_errors open_file_cache_events gzip_vary;
    HSLl 1 flag: sendfile; HSL 1 -: aio directio; HSL 12 -: keepalive_timeout open_file_cache disable_symlinks;
    HSL 12 mask: keepalive_disable; L 0 -: internal; HSLl 2+ -: error_page; HSLl 1 str: post_action; HSL 1+ -:
    error_log resolver gzip_disable; HSL 1 sec: open_file_cache_valid; HSL 1+ mask: gzip_proxied
  `,
  upstream: "H 1{ -: upstream; U 1+ -: server",
  v2: `
    H 1 size: http2_recv_buffer_size; HS 1 size: http2_pool_size http2_body_preread_size; HS 1 num:
    http2_max_concurrent_streams http2_max_concurrent_pushes http2_streams_index_size; HS 1 -: http2_max_requests
    http2_max_field_size http2_max_header_size http2_recv_timeout http2_idle_timeout; HSL 1 size:
    http2_chunk_size; HSL 1 flag: http2_push_preload; HSL 1 -: http2_push
  `,
};

/** By name; several modules may have a directive of one name for different contexts. */
export const KNOWN_DIRECTIVES: ReadonlyMap<string, readonly KnownDirective[]> = expand();

function expand(): ReadonlyMap<string, readonly KnownDirective[]> {
  const known = new Map<string, KnownDirective[]>();
  for (const [module, table] of Object.entries(TABLES)) {
    for (const group of table.split(";")) {
      const [head = "", list = ""] = group.split(":");
      const [contexts = "", args = "", slot = ""] = head.trim().split(/\s+/);
      for (const name of list.trim().split(/\s+/)) {
        const isBlock = args.endsWith("{");
        const entry = { name, module, contexts, counts: args.replace("{", ""), isBlock, slot };
        known.set(name, [...(known.get(name) ?? []), entry]);
      }
    }
  }
  return known;
}
