/** Where a fetch can be used (`haproxy -dKsmp`, 2.6.12): in rules that see the request, in those that see the response. */
export interface FetchInfo {
  readonly request: boolean;
  readonly response: boolean;
  /** Type of its value: bool, sint, ipv4, str, bin, meth … */
  readonly type: string;
}

const ALWAYS = `
  always_false:bool always_true:bool avg_queue:sint be_conn:sint be_conn_free:sint be_id:sint be_name:str
  be_server_timeout:sint be_sess_rate:sint be_tunnel_timeout:sint bin:bin bool:bool capture.req.hdr:str
  capture.req.method:str capture.req.uri:str capture.req.ver:str capture.res.ver:str connslots:sint cookie:str
  cpu_calls:sint cpu_ns_avg:sint cpu_ns_tot:sint cur_server_timeout:sint cur_tunnel_timeout:sint date:sint
  date_us:sint distcc_body:bin distcc_param:sint dst:ipv4 dst_conn:sint dst_is_local:bool dst_port:sint env:str
  fc_dst:ipv4 fc_dst_is_local:bool fc_dst_port:sint fc_err:sint fc_err_str:str fc_fackets:sint fc_http_major:sint
  fc_lost:sint fc_pp_authority:str fc_pp_unique_id:str fc_rcvd_proxy:bool fc_reordering:sint fc_retrans:sint
  fc_rtt:sint fc_rttvar:sint fc_sacked:sint fc_src:ipv4 fc_src_is_local:bool fc_src_port:sint fc_unacked:sint
  fe_client_timeout:sint fe_conn:sint fe_defbe:str fe_id:sint fe_name:str fe_req_rate:sint fe_sess_rate:sint
  hdr:str hostname:str http_first_req:bool int:sint internal.htx.data:sint internal.htx.free:sint
  internal.htx.free_data:sint internal.htx.has_eom:bool internal.htx.nbblks:sint internal.htx.size:sint
  internal.htx.used:sint internal.htx_blk.data:bin internal.htx_blk.hdrname:str internal.htx_blk.hdrval:str
  internal.htx_blk.size:sint internal.htx_blk.start_line:str internal.htx_blk.type:str internal.strm.is_htx:bool
  ipv4:ipv4 ipv6:ipv6 last_rule_file:str last_rule_line:sint lat_ns_avg:sint lat_ns_tot:sint meth:meth method:meth
  nbproc:sint nbsrv:sint payload:bin payload_lv:bin prio_class:sint prio_offset:sint proc:sint queue:sint
  rand:sint req.proto_http:bool req_proto_http:bool sc0_bytes_in_rate:sint sc0_bytes_out_rate:sint
  sc0_clr_gpc0:sint sc0_clr_gpc1:sint sc0_conn_cnt:sint sc0_conn_cur:sint sc0_conn_rate:sint sc0_get_gpc0:sint
  sc0_get_gpc1:sint sc0_get_gpt0:sint sc0_gpc0_rate:sint sc0_gpc1_rate:sint sc0_http_err_cnt:sint
  sc0_http_err_rate:sint sc0_http_fail_cnt:sint sc0_http_fail_rate:sint sc0_http_req_cnt:sint
  sc0_http_req_rate:sint sc0_inc_gpc0:sint sc0_inc_gpc1:sint sc0_kbytes_in:sint sc0_kbytes_out:sint
  sc0_sess_cnt:sint sc0_sess_rate:sint sc0_tracked:bool sc0_trackers:sint sc1_bytes_in_rate:sint
  sc1_bytes_out_rate:sint sc1_clr_gpc:sint sc1_clr_gpc0:sint sc1_clr_gpc1:sint sc1_conn_cnt:sint sc1_conn_cur:sint
  sc1_conn_rate:sint sc1_get_gpc0:sint sc1_get_gpc1:sint sc1_get_gpt0:sint sc1_gpc0_rate:sint sc1_gpc1_rate:sint
  sc1_http_err_cnt:sint sc1_http_err_rate:sint sc1_http_fail_cnt:sint sc1_http_fail_rate:sint
  sc1_http_req_cnt:sint sc1_http_req_rate:sint sc1_inc_gpc0:sint sc1_inc_gpc1:sint sc1_kbytes_in:sint
  sc1_kbytes_out:sint sc1_sess_cnt:sint sc1_sess_rate:sint sc1_tracked:bool sc1_trackers:sint
  sc2_bytes_in_rate:sint sc2_bytes_out_rate:sint sc2_clr_gpc0:sint sc2_clr_gpc1:sint sc2_conn_cnt:sint
  sc2_conn_cur:sint sc2_conn_rate:sint sc2_get_gpc0:sint sc2_get_gpc1:sint sc2_get_gpt0:sint sc2_gpc0_rate:sint
  sc2_gpc1_rate:sint sc2_http_err_cnt:sint sc2_http_err_rate:sint sc2_http_fail_cnt:sint sc2_http_fail_rate:sint
  sc2_http_req_cnt:sint sc2_http_req_rate:sint sc2_inc_gpc0:sint sc2_inc_gpc1:sint sc2_kbytes_in:sint
  sc2_kbytes_out:sint sc2_sess_cnt:sint sc2_sess_rate:sint sc2_tracked:bool sc2_trackers:sint
  sc_bytes_in_rate:sint sc_bytes_out_rate:sint sc_clr_gpc:sint sc_clr_gpc0:sint sc_clr_gpc1:sint sc_conn_cnt:sint
  sc_conn_cur:sint sc_conn_rate:sint sc_get_gpc:sint sc_get_gpc0:sint sc_get_gpc1:sint sc_get_gpt:sint
  sc_get_gpt0:sint sc_gpc0_rate:sint sc_gpc1_rate:sint sc_gpc_rate:sint sc_http_err_cnt:sint sc_http_err_rate:sint
  sc_http_fail_cnt:sint sc_http_fail_rate:sint sc_http_req_cnt:sint sc_http_req_rate:sint sc_inc_gpc:sint
  sc_inc_gpc0:sint sc_inc_gpc1:sint sc_kbytes_in:sint sc_kbytes_out:sint sc_sess_cnt:sint sc_sess_rate:sint
  sc_tracked:bool sc_trackers:sint so_id:sint so_name:str src:ipv4 src_bytes_in_rate:sint src_bytes_out_rate:sint
  src_clr_gpc:sint src_clr_gpc0:sint src_clr_gpc1:sint src_conn_cnt:sint src_conn_cur:sint src_conn_rate:sint
  src_get_gpc:sint src_get_gpc0:sint src_get_gpc1:sint src_get_gpt:sint src_get_gpt0:sint src_gpc0_rate:sint
  src_gpc1_rate:sint src_gpc_rate:sint src_http_err_cnt:sint src_http_err_rate:sint src_http_fail_cnt:sint
  src_http_fail_rate:sint src_http_req_cnt:sint src_http_req_rate:sint src_inc_gpc:sint src_inc_gpc0:sint
  src_inc_gpc1:sint src_is_local:bool src_kbytes_in:sint src_kbytes_out:sint src_port:sint src_sess_cnt:sint
  src_sess_rate:sint src_updt_conn_cnt:sint srv_conn:sint srv_conn_free:sint srv_is_up:bool srv_iweight:sint
  srv_queue:sint srv_sess_rate:sint srv_uweight:sint srv_weight:sint ssl_c_ca_err:sint ssl_c_ca_err_depth:sint
  ssl_c_chain_der:bin ssl_c_der:bin ssl_c_err:sint ssl_c_i_dn:str ssl_c_key_alg:str ssl_c_notafter:str
  ssl_c_notbefore:str ssl_c_s_dn:str ssl_c_serial:bin ssl_c_sha1:bin ssl_c_sig_alg:str ssl_c_used:bool
  ssl_c_verify:sint ssl_c_version:sint ssl_f_der:bin ssl_f_i_dn:str ssl_f_key_alg:str ssl_f_notafter:str
  ssl_f_notbefore:str ssl_f_s_dn:str ssl_f_serial:bin ssl_f_sha1:bin ssl_f_sig_alg:str ssl_f_version:sint
  ssl_fc:bool ssl_fc_alg_keysize:sint ssl_fc_alpn:str ssl_fc_cipher:str ssl_fc_cipherlist_bin:str
  ssl_fc_cipherlist_hex:bin ssl_fc_cipherlist_str:str ssl_fc_cipherlist_xxh:sint
  ssl_fc_client_early_traffic_secret:str ssl_fc_client_handshake_traffic_secret:str ssl_fc_client_random:bin
  ssl_fc_client_traffic_secret_0:str ssl_fc_early_exporter_secret:str ssl_fc_ecformats_bin:str
  ssl_fc_eclist_bin:str ssl_fc_err:sint ssl_fc_err_str:str ssl_fc_exporter_secret:str ssl_fc_extlist_bin:str
  ssl_fc_has_crt:bool ssl_fc_has_early:bool ssl_fc_has_sni:bool ssl_fc_is_resumed:bool ssl_fc_npn:str
  ssl_fc_protocol:str ssl_fc_protocol_hello_id:sint ssl_fc_server_handshake_traffic_secret:str
  ssl_fc_server_random:bin ssl_fc_server_traffic_secret_0:str ssl_fc_session_id:bin ssl_fc_session_key:bin
  ssl_fc_sni:str ssl_fc_unique_id:bin ssl_fc_use_keysize:sint ssl_s_chain_der:bin ssl_s_der:bin ssl_s_i_dn:str
  ssl_s_key_alg:str ssl_s_notafter:str ssl_s_notbefore:str ssl_s_s_dn:str ssl_s_serial:bin ssl_s_sha1:bin
  ssl_s_sig_alg:str ssl_s_version:sint stopping:bool str:str table_avl:sint table_cnt:sint thread:sint
  unique-id:str uuid:str var:any wait_end:bool
`;

const REQUEST_ONLY = `
  base:str base32:sint base32+src:bin baseq:str cook:str cook_cnt:sint cook_val:sint fcgi.docroot:str
  fcgi.index:str hdr_cnt:sint hdr_ip:ipv4 hdr_val:sint http_auth:bool http_auth_bearer:str http_auth_group:str
  http_auth_pass:str http_auth_type:str http_auth_user:str path:str pathq:str query:str rdp_cookie:str
  rdp_cookie_cnt:sint req.body:bin req.body_len:sint req.body_param:bin req.body_size:sint req.cook:str
  req.cook_cnt:sint req.cook_val:sint req.fhdr:str req.fhdr_cnt:sint req.hdr:str req.hdr_cnt:sint req.hdr_ip:ipv4
  req.hdr_names:str req.hdr_val:sint req.hdrs:bin req.hdrs_bin:bin req.len:sint req.payload:bin req.payload_lv:bin
  req.rdp_cookie:str req.rdp_cookie_cnt:sint req.ssl_alpn:str req.ssl_ec_ext:bool req.ssl_hello_type:sint
  req.ssl_sni:str req.ssl_st_ext:sint req.ssl_ver:sint req.ver:str req_len:sint req_ssl_hello_type:sint
  req_ssl_sni:str req_ssl_ver:sint req_ver:str url:str url32:sint url32+src:bin url_ip:ipv4 url_param:str
  url_port:sint urlp:str urlp_val:sint
`;

const RESPONSE_ONLY = `
  bc_dst:sint bc_dst_port:sint bc_err:sint bc_err_str:str bc_http_major:sint bc_src:sint bc_src_port:sint
  capture.res.hdr:str rep_ssl_hello_type:sint res.body:bin res.body_len:sint res.body_size:sint res.cache_hit:bool
  res.cache_name:str res.comp:bool res.comp_algo:str res.cook:str res.cook_cnt:sint res.cook_val:sint res.fhdr:str
  res.fhdr_cnt:sint res.hdr:str res.hdr_cnt:sint res.hdr_ip:ipv4 res.hdr_names:str res.hdr_val:sint res.hdrs:bin
  res.hdrs_bin:bin res.len:sint res.payload:bin res.payload_lv:bin res.ssl_hello_type:sint res.ver:str
  resp_ver:str scook:str scook_cnt:sint scook_val:sint shdr:str shdr_cnt:sint shdr_ip:ipv4 shdr_val:sint
  srv_id:sint srv_name:str ssl_bc:bool ssl_bc_alg_keysize:sint ssl_bc_alpn:str ssl_bc_cipher:str
  ssl_bc_client_random:bin ssl_bc_err:sint ssl_bc_err_str:str ssl_bc_is_resumed:bool ssl_bc_npn:str
  ssl_bc_protocol:str ssl_bc_server_random:bin ssl_bc_session_id:bin ssl_bc_session_key:bin ssl_bc_unique_id:bin
  ssl_bc_use_keysize:sint status:sint
`;

const ELSEWHERE = `
  
`;

/** Every sample fetch of HAProxy 2.6.12, by name. */
export const SAMPLE_FETCHES: ReadonlyMap<string, FetchInfo> = new Map([
  ...entries(ALWAYS, true, true),
  ...entries(REQUEST_ONLY, true, false),
  ...entries(RESPONSE_ONLY, false, true),
  ...entries(ELSEWHERE, false, false),
]);

function entries(list: string, request: boolean, response: boolean): readonly (readonly [string, FetchInfo])[] {
  return list
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [name = "", type = ""] = entry.split(":");
      return [name, { request, response, type }] as const;
    });
}
