import type { UpstreamConfig } from "../config/upstream-config.ts";
import { consistentHash } from "./consistent-hash.ts";
import { HASH } from "./hash.ts";
import { IP_HASH } from "./ip-hash.ts";
import type { LbMethod } from "./lb-method.ts";
import { LEAST_CONN } from "./least-conn.ts";
import { RANDOM, RANDOM_TWO } from "./random.ts";
import { ROUND_ROBIN } from "./round-robin.ts";

/** The methods of open-source nginx, for lists. */
export const LB_METHODS: readonly LbMethod[] = [ROUND_ROBIN, LEAST_CONN, IP_HASH, HASH, RANDOM, RANDOM_TWO];

/** The method of an upstream. least_time, which nginx 1.22.1 does not have, chooses as least_conn (stated assumption). */
export function methodOf({ method, servers }: UpstreamConfig): LbMethod {
  switch (method.kind) {
    case "least_conn":
    case "least_time":
      return LEAST_CONN;
    case "ip_hash":
      return IP_HASH;
    case "hash":
      return method.consistent ? consistentHash(servers.filter(({ backup }) => !backup)) : HASH;
    case "random":
      return method.by === null ? RANDOM : RANDOM_TWO;
    default:
      return ROUND_ROBIN;
  }
}
