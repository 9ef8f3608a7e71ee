import { Balancer } from "../../../src/proxies/apache/balancer.ts";
import type { BalancerConfig, MemberConfig } from "../../../src/proxies/apache/config/apache-config.ts";
import { lbmethodNamed } from "../../../src/proxies/apache/lbmethods/index.ts";
import type { PickContext } from "../../../src/proxies/apache/lbmethods/lb-method.ts";
import { balancer } from "./build-config.ts";

/** A balancer at run time. */
export function balancerOf(members: readonly MemberConfig[], part: Partial<BalancerConfig> = {}): Balancer {
  const config = balancer(members, part);
  return new Balancer(config.name, config, members, lbmethodNamed(config.lbmethod), 0, 0);
}

export const NO_CHANCE: PickContext = {
  random: { next: () => 0.5, nextInt: () => 0 },
  heartbeatOf: () => null,
};

/** What a method chooses in `count` picks at one instant. */
export function picks(of: Balancer, count: number, nowUs = 0): number[] {
  return Array.from({ length: count }, () => of.method.pick(of, nowUs, NO_CHANCE));
}
