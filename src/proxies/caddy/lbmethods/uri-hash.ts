import { HighestRandomWeight } from "./highest-random-weight.ts";
import type { PolicyKind } from "./selection-policy.ts";

/** The request URI as sent, with its query (URIHashSelection, Caddy 2.6.2). */
export const URI_HASH: PolicyKind = {
  name: "uri_hash",
  describe: "the URI with its query keeps its upstream",
  make: (_config, pool) => new HighestRandomWeight(pool, ({ what }) => what?.target.text ?? ""),
};
