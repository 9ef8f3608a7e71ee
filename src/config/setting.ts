import type { Position } from "../contract/problem.ts";

/** A change of the proxy's configuration: "balancer(shop).lbmethod" = "bybusyness". */
export interface Setting {
  readonly key: string;
  readonly value: string;
  /** Where the value is written. */
  readonly position: Position;
}
