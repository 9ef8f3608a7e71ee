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
    ambiguous: ambiguousAliases(facts),
  };
}

/** Within one configuration: variants may well give a route to another address. */
function ambiguousAliases(facts: readonly ProxyFacts[]): Readonly<Record<string, readonly string[]>> {
  const ambiguous: Record<string, readonly string[]> = {};
  for (const { members } of facts)
    for (const alias of new Set(members.flatMap(({ aliases }) => aliases))) {
      const having = members.filter(({ aliases }) => aliases.includes(alias)).map(({ address }) => address);
      const meant = [...new Set(having)];
      if (meant.length > 1) ambiguous[alias] = meant;
    }
  return ambiguous;
}
