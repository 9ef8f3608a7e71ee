import { COOKIE } from "./cookie.ts";
import { FIRST } from "./first.ts";
import { HEADER } from "./header.ts";
import { IP_HASH } from "./ip-hash.ts";
import { LEAST_CONN } from "./least-conn.ts";
import { RANDOM } from "./random.ts";
import { RANDOM_CHOOSE } from "./random-choose.ts";
import { ROUND_ROBIN } from "./round-robin.ts";
import type { PolicyKind } from "./selection-policy.ts";
import { URI_HASH } from "./uri-hash.ts";

/** The selection policies of Caddy 2.6.2; the only list of them. */
export const POLICIES: readonly PolicyKind[] = [
  RANDOM,
  RANDOM_CHOOSE,
  LEAST_CONN,
  ROUND_ROBIN,
  FIRST,
  IP_HASH,
  URI_HASH,
  HEADER,
  COOKIE,
];

export function policyNamed(name: string): PolicyKind {
  return POLICIES.find((policy) => policy.name === name) ?? RANDOM;
}
