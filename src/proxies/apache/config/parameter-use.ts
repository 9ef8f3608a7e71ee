import type { Position } from "../../../contract/problem.ts";

/** A `key=value` of a proxy directive as written, for diagnostics that need the words and not only their effect. */
export interface ParameterUse {
  /** Lower case. */
  readonly key: string;
  readonly value: string;
  readonly owner: "member" | "balancer" | "worker" | "server";
  /** URL of the member or worker, name of the balancer, "" for a server. */
  readonly name: string;
  /** Directive that carries it, in httpd's spelling. */
  readonly directive: string;
  readonly position: Position;
}
