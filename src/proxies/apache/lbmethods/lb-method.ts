import type { RandomSource } from "../../../contract/proxy-machine.ts";
import type { Balancer } from "../balancer.ts";
import type { HeartbeatRecord } from "../heartbeat-storage.ts";

/** What a method may use besides the balancer. */
export interface PickContext {
  readonly random: RandomSource;
  /** The load that a host reported last, or null. Read by heartbeat only. */
  heartbeatOf(host: string, nowUs: number): HeartbeatRecord | null;
}

/** A load-balancing method (httpd: proxy_balancer_method). */
export interface LbMethod {
  /** The word after `lbmethod=`. */
  readonly name: string;
  /** One sentence for lists. */
  readonly describe: string;
  /** What it compares, in order of importance: column names for explanations. */
  readonly scores: readonly ("busy" | "lbstatus" | "traffic")[];
  /** Chooses a member for a request without a usable session; -1 when there is none. */
  pick(balancer: Balancer, nowUs: number, context: PickContext): number;
}
