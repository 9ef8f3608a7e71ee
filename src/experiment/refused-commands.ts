import { positionAt } from "../config/document/scenario-node.ts";
import type { ParsedScenario } from "../config/parse-scenario.ts";
import { problem } from "../config/problem.ts";
import type { ResolvedScenario } from "../config/resolve/resolve-scenario.ts";
import { Outbox } from "../contract/outbox.ts";
import type { Problem } from "../contract/problem.ts";
import { RandomStream } from "../engine/random/random-stream.ts";
import type { PreparedVariant } from "./prepare.ts";

/**
 * Commands of `operate` faults that a variant's proxy doesn't know. Only its machine can tell, so one that is never driven is
 * asked to carry them out: what the run would meet at that moment is said before it.
 */
export function refusedCommands(
  scenario: ParsedScenario,
  resolved: ResolvedScenario,
  variants: readonly PreparedVariant[],
): readonly Problem[] {
  const entries = (scenario.input.faults ?? []).map((entry, index) => ({ entry, index }));
  const operating = entries.filter(({ entry }) => entry.kind === "operate");
  // Each of these entries has become one fault, in the same order.
  const faults = resolved.world.faults.filter(({ effect }) => effect.kind === "operate");
  return operating.flatMap(({ entry, index }, n) => {
    const fault = faults[n];
    if (fault?.effect.kind !== "operate") return [];
    const { start, end } = fault.effect;
    for (const [key, words] of [["command", start] as const, ["end-command", end] as const]) {
      if (words === null) continue;
      for (const variant of variants) {
        const message = refusal(variant, resolved, fault.backends, words);
        if (message === null) continue;
        const isWritten = entry.parameters[key] !== undefined;
        const position = positionAt(scenario.document, ["faults", index, isWritten ? key : "command"], "value");
        const hint = isWritten
          ? `write what an administrator of ${variant.family.name} would`
          : `it is what takes "${start}" back: write end-command`;
        return [problem("unknown-command", message, hint, position)];
      }
    }
    return [];
  });
}

/** Why the proxy of a variant doesn't carry out a command about members at these backends; null = it does. */
function refusal(
  { family, config }: PreparedVariant,
  { backendOfAddress }: ResolvedScenario,
  backends: readonly number[],
  command: string,
): string | null {
  const random = new RandomStream(0, 0, "proxy");
  const machine = family.build(config, { outbox: new Outbox(), random, startedAtUs: 0, epochOffsetUs: 0 });
  machine.start(0);
  for (const [member, { address }] of machine.members.entries()) {
    const backend = backendOfAddress.get(machine.addresses[address] as string);
    if (backend === undefined || !backends.includes(backend)) continue;
    try {
      machine.operate(0, member, command);
    } catch (error) {
      if (error instanceof RangeError) return error.message;
      throw error;
    }
  }
  return null;
}
