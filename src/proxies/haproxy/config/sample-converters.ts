/** What a converter takes and gives; a value of another type is cast before it (`sample_casts` of src/sample.c). */
export interface ConverterInfo {
  readonly takes: string;
  readonly gives: string;
}

/** Every converter of HAProxy 2.6.12 (`haproxy -dKcnv`) as name:taken:given. */
const LIST = `
  add:sint:sint add_item:str:str aes_gcm_dec:bin:bin and:sint:sint b64dec:str:bin base64:bin:str be2dec:bin:str
  be2hex:bin:str bool:sint:bool bytes:bin:bin capture-req:str:str capture-res:str:str concat:str:str
  cpl:sint:sint crc32:bin:sint crc32c:bin:sint cut_crlf:str:str debug:any:any digest:bin:bin div:sint:sint
  djb2:bin:sint even:sint:bool field:str:str fix_is_valid:bin:bool fix_tag_value:bin:bin hex:bin:str
  hex2i:str:sint hmac:bin:bin host_only:str:str htonl:sint:bin http_date:sint:str iif:bool:str in_table:any:bool
  ipmask:addr:ipv4 json:str:str json_query:str:any jwt_header_query:bin:any jwt_payload_query:bin:any
  jwt_verify:bin:sint language:str:str length:str:sint lower:str:str ltime:sint:str ltrim:str:str map:str:str
  map_beg:str:str map_beg_int:str:sint map_beg_ip:str:addr map_dir:str:str map_dir_int:str:sint
  map_dir_ip:str:addr map_dom:str:str map_dom_int:str:sint map_dom_ip:str:addr map_end:str:str
  map_end_int:str:sint map_end_ip:str:addr map_int:sint:str map_int_int:sint:sint map_int_ip:sint:addr
  map_ip:addr:str map_ip_int:addr:sint map_ip_ip:addr:addr map_reg:str:str map_reg_int:str:sint
  map_reg_ip:str:addr map_regm:str:str map_str:str:str map_str_int:str:sint map_str_ip:str:addr map_sub:str:str
  map_sub_int:str:sint map_sub_ip:str:addr mod:sint:sint mqtt_field_value:bin:str mqtt_is_valid:bin:bool
  mul:sint:sint nbsrv:str:sint neg:sint:sint not:sint:bool odd:sint:bool or:sint:sint port_only:str:sint
  protobuf:bin:bin regsub:str:str rtrim:str:str sdbm:bin:sint secure_memcmp:bin:bool set-var:any:any sha1:bin:bin
  sha2:bin:bin srv_queue:str:sint strcmp:str:sint sub:sint:sint table_bytes_in_rate:any:sint
  table_bytes_out_rate:any:sint table_conn_cnt:any:sint table_conn_cur:any:sint table_conn_rate:any:sint
  table_expire:any:sint table_gpc:any:sint table_gpc0:any:sint table_gpc0_rate:any:sint table_gpc1:any:sint
  table_gpc1_rate:any:sint table_gpc_rate:any:sint table_gpt:any:sint table_gpt0:any:sint
  table_http_err_cnt:any:sint table_http_err_rate:any:sint table_http_fail_cnt:any:sint
  table_http_fail_rate:any:sint table_http_req_cnt:any:sint table_http_req_rate:any:sint table_idle:any:sint
  table_kbytes_in:any:sint table_kbytes_out:any:sint table_server_id:any:sint table_sess_cnt:any:sint
  table_sess_rate:any:sint table_trackers:any:sint ub64dec:str:bin ub64enc:bin:str ungrpc:bin:bin
  unset-var:any:any upper:str:str url_dec:str:str url_enc:str:str utime:sint:str word:str:str wt6:bin:sint
  xor:sint:sint xxh3:bin:sint xxh32:bin:sint xxh64:bin:sint
`;

export const SAMPLE_CONVERTERS: ReadonlyMap<string, ConverterInfo> = new Map(
  LIST.trim()
    .split(/\s+/)
    .map((entry) => {
      const [name = "", takes = "", gives = ""] = entry.split(":");
      return [name, { takes, gives }] as const;
    }),
);
