import { Outbox } from "../contract/outbox.ts";
import type { ProxyMachine } from "../contract/proxy-machine.ts";
import { ProxyInstances } from "../drive/proxy-instances.ts";
import { makeSpread } from "../drive/spread.ts";
import { Draws } from "../engine/random/draws.ts";
import { RandomStream } from "../engine/random/random-stream.ts";
import type { PreparedExperiment, PreparedVariant } from "./prepare.ts";

/** Proxies have been running for up to this long when the observed world begins. */
const LONGEST_HEAD_START_US = 30_000_000;
/** With `phase: fixed` they started exactly this long before. */
const FIXED_HEAD_START_US = 1_000_000;

/** A proxy ready to be driven. */
export interface BuiltProxy {
  readonly machine: ProxyMachine;
  readonly outbox: Outbox;
  /** When it starts, or the first of its instances. */
  readonly startedAtUs: number;
}

/**
 * The proxy of a variant as the scenario wants it: one machine, or several instances behind a spread. Instances have one
 * wall clock, but start at moments of their own and have a chance of their own; the first one starts when a single one would.
 */
export function buildProxy(
  { seed, resolved, scenario }: PreparedExperiment,
  { family, config }: PreparedVariant,
  replication: number,
): BuiltProxy {
  const { instances, spread } = scenario.input.proxy;
  const isFixed = resolved.phase === "fixed";
  const phase = new Draws(seed, replication, "phase");
  const startOf = (instance: number): number =>
    isFixed ? -FIXED_HEAD_START_US : -Math.floor(phase.at(instance).next() * LONGEST_HEAD_START_US);
  const firstUs = startOf(0);
  const epochOffsetUs = isFixed ? 0 : Math.floor(phase.next() * 1_000_000);
  const outbox = new Outbox();
  if (instances === 1) {
    const random = new RandomStream(seed, replication, "proxy");
    const machine = family.build(config, { outbox, random, startedAtUs: firstUs, epochOffsetUs });
    return { machine, outbox, startedAtUs: firstUs };
  }
  // All have started before the first client comes at 0.
  const startsAtUs = Array.from({ length: instances }, (_, i) => Math.min(i === 0 ? firstUs : startOf(i), -1));
  const machine = new ProxyInstances({
    startsAtUs,
    outbox,
    spread: makeSpread(spread, instances, new RandomStream(seed, replication, "spread")),
    build: (i, own) =>
      family.build(config, {
        outbox: own,
        random: new RandomStream(seed, replication, `proxy ${i}`),
        startedAtUs: startsAtUs[i] as number,
        epochOffsetUs,
      }),
  });
  return { machine, outbox, startedAtUs: startsAtUs.reduce((first, us) => Math.min(first, us)) };
}
