import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProxyFamily } from "../../src/contract/proxy-family.ts";
import { ProxyInstances } from "../../src/drive/proxy-instances.ts";
import type { PreparedVariant } from "../../src/experiment/prepare.ts";
import { Replication } from "../../src/experiment/run-replication.ts";
import { randomScenario } from "./random-scenario.ts";
import { prepared } from "./start-run.ts";

/** The family with each of its machines put behind a spread, alone. */
function wrapped(family: ProxyFamily): ProxyFamily {
  return {
    ...family,
    build: (config, context) =>
      new ProxyInstances({
        startsAtUs: [context.startedAtUs],
        outbox: context.outbox,
        spread: () => 0,
        build: (_instance, outbox) => family.build(config, { ...context, outbox }),
      }),
  };
}

describe("any scenario", () => {
  it("takes the same course with its proxy behind a spread to one instance as without", () => {
    fc.assert(
      fc.property(randomScenario, ({ scenario }) => {
        const { inline } = scenario.proxy as { readonly inline: string };
        const experiment = prepared({ ...scenario, proxy: { inline } });
        const variant = experiment.variants[0] as PreparedVariant;
        const options = { world: experiment.resolved.world, binUs: 1_000_000, keepRows: false };
        const [plain, behind] = [variant, { ...variant, family: wrapped(variant.family) }].map((each) => {
          const run = new Replication(experiment, each, 0, options);
          run.run();
          return JSON.stringify(run.result());
        });
        expect(behind).toBe(plain);
      }),
      { numRuns: 60 },
    );
  });
});
