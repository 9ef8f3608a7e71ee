import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RequestWatch } from "../../src/experiment/replication/request-watch.ts";
import type { ReplicationOptions } from "../../src/experiment/run-replication.ts";
import { type RandomScenario, randomScenario } from "./random-scenario.ts";
import { startRun } from "./start-run.ts";

function fingerprintOf(random: RandomScenario, options: Partial<ReplicationOptions> = {}, replication = 0): string {
  const run = startRun(random, options, replication);
  run.run();
  return run.result().fingerprint;
}

describe("any scenario", () => {
  it("has the same result to the last digit when it is run again with the same seed", () => {
    fc.assert(
      fc.property(randomScenario, (random) => {
        const results = [0, 1].map(() => {
          const run = startRun(random);
          run.run();
          return JSON.stringify(run.result());
        });
        expect(results[1]).toBe(results[0]);
      }),
      { numRuns: 4000 },
    );
  });

  it("takes the same course with rows kept, a request watched or every decision explained", () => {
    fc.assert(
      fc.property(randomScenario, fc.nat({ max: 200 }), (random, rank) => {
        const alone = fingerprintOf(random);
        expect(fingerprintOf(random, { keepRows: true })).toBe(alone);
        expect(fingerprintOf(random, { watch: new RequestWatch((_identity, at) => at === rank) })).toBe(alone);
        const explained = startRun(random);
        let decisions = 0;
        explained.machine.listener = { ...explained.machine.listener, decided: () => decisions++, logged: () => {} };
        explained.run();
        expect(explained.result().fingerprint).toBe(alone);
      }),
      { numRuns: 4000 },
    );
  });

  it("takes the same course in one go and in pieces of a few events", () => {
    fc.assert(
      fc.property(randomScenario, fc.integer({ min: 1, max: 50 }), (random, budget) => {
        const whole = startRun(random);
        whole.drive.start();
        whole.drive.run(whole.world.endUs);
        const pieces = startRun(random);
        pieces.drive.start();
        while (!pieces.drive.run(pieces.world.endUs, budget));
        expect(pieces.result().fingerprint).toBe(whole.result().fingerprint);
      }),
      { numRuns: 4000 },
    );
  });
});
