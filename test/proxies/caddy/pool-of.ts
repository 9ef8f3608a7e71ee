import { Outbox } from "../../../src/contract/outbox.ts";
import type { RandomSource } from "../../../src/contract/proxy-machine.ts";
import { RandomStream } from "../../../src/engine/random/random-stream.ts";
import { CaddyMachine } from "../../../src/proxies/caddy/caddy-machine.ts";
import type { ReverseProxyConfig } from "../../../src/proxies/caddy/config/caddy-config.ts";
import { Hosts } from "../../../src/proxies/caddy/hosts.ts";
import { policyNamed } from "../../../src/proxies/caddy/lbmethods/index.ts";
import type { SelectionPolicy } from "../../../src/proxies/caddy/lbmethods/selection-policy.ts";
import { UpstreamPool } from "../../../src/proxies/caddy/upstream-pool.ts";
import { configOf } from "./config/read-text.ts";

export const random: RandomSource = new RandomStream(7, 0, "proxy");

/** The pool of `reverse_proxy a:1 b:1 … { body }` and its policy. */
export function poolOf(upstreams: string, body: string): { pool: UpstreamPool; policy: SelectionPolicy } {
  const config = configOf(`:80 {\n reverse_proxy ${upstreams} {\n${body}\n}\n}\n`).proxies[0] as ReverseProxyConfig;
  const pool = new UpstreamPool(config, new Hosts(config.upstreams.map(({ dial }) => dial)));
  return { pool, policy: policyNamed(config.policy.name).make(config.policy, pool) };
}

/** How often each upstream was chosen, the last entry: none. */
export function shares(
  upstreams: string,
  body: string,
  prepare: (pool: UpstreamPool) => void,
  draws: number,
): number[] {
  const { pool, policy } = poolOf(upstreams, body);
  prepare(pool);
  const counts = new Array<number>(pool.count + 1).fill(0);
  for (let i = 0; i < draws; i++) {
    const chosen = policy.select(pool, { what: null, remote: "" }, random);
    const at = chosen < 0 ? pool.count : chosen;
    counts[at] = (counts[at] as number) + 1;
  }
  return counts.map((count) => count / draws);
}

/** A machine for a Caddyfile. */
export function machineOf(text: string): { machine: CaddyMachine; outbox: Outbox } {
  const outbox = new Outbox();
  const machine = new CaddyMachine(configOf(text), { outbox, random, startedAtUs: 0, epochOffsetUs: 0 });
  return { machine, outbox };
}
