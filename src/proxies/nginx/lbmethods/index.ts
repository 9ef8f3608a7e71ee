import type { UpstreamConfig } from "../config/upstream-config.ts";
import { consistentHash } from "./consistent-hash.ts";
import { HASH } from "./hash.ts";
import { IP_HASH } from "./ip-hash.ts";
import type { LbMethod } from "./lb-method.ts";
import { LEAST_CONN } from "./least-conn.ts";
import { leastTime } from "./least-time.ts";
import { RANDOM, RANDOM_TWO, randomTwoLeastTime } from "./random.ts";
import { ROUND_ROBIN } from "./round-robin.ts";

/** The methods of nginx (least_time: NGINX Plus, or nginx 1.31), for lists. */
export const LB_METHODS: readonly LbMethod[] = [
  ROUND_ROBIN,
  LEAST_CONN,
  leastTime({ of: "header", inflight: false }),
  IP_HASH,
  HASH,
  RANDOM,
  RANDOM_TWO,
];

/** The method of an upstream. */
export function methodOf({ method, servers }: UpstreamConfig): LbMethod {
  switch (method.kind) {
    case "least_conn":
      return LEAST_CONN;
    case "least_time":
      return leastTime(method);
    case "ip_hash":
      return IP_HASH;
    case "hash":
      return method.consistent ? consistentHash(servers.filter(({ backup }) => !backup)) : HASH;
    case "random":
      return method.by === null ? RANDOM : method.by === "least_conn" ? RANDOM_TWO : randomTwoLeastTime(method.by);
    default:
      return ROUND_ROBIN;
  }
}
