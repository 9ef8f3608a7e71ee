import type { ExpectationWords } from "../../config/expectations/expectation.ts";
import type { ProxyFacts } from "../../contract/proxy-facts.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { METRICS } from "../metrics.ts";
import { PER_CLASS, PER_WINDOW } from "./slice.ts";

/** What the expectations of an experiment can speak of. */
export function expectationWords(
  variants: readonly { readonly name: string }[],
  facts: readonly ProxyFacts[],
  world: WorldSpec,
): ExpectationWords {
  const members = facts.flatMap(({ members: all }) => all.flatMap(({ address, aliases }) => [...aliases, address]));
  return {
    metrics: METRICS.map(({ id, unit }) => ({
      id,
      unit,
      perClass: PER_CLASS.includes(id),
      perWindow: PER_WINDOW.includes(id),
    })),
    variants: variants.map(({ name }) => name),
    classes: world.clients.classes.map(({ name }) => name),
    faults: world.faults.map(({ id }) => id),
    members: [...new Set(members)],
  };
}
