import { HighestRandomWeight } from "./highest-random-weight.ts";
import type { PolicyKind } from "./selection-policy.ts";

/** Address of the TCP peer without port, not X-Forwarded-For (IPHashSelection, Caddy 2.6.2). */
export const IP_HASH: PolicyKind = {
  name: "ip_hash",
  describe: "the client's address keeps its upstream",
  make: (_config, pool) => new HighestRandomWeight(pool, ({ remote }) => remote),
};
