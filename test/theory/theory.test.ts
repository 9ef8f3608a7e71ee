import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as theory from "../../src/experiment/analysis/index.ts";
import { prepareExperiment } from "../../src/experiment/prepare.ts";
import { Replication } from "../../src/experiment/run-replication.ts";
import { Threads } from "./lab/threads.js";
import { judge, LEVEL, SEED } from "./lab/trial.js";
import { shortList } from "./lists/short.js";

const lbsim = { prepareExperiment, Replication, theory };

// The replications run with the built program (npm test builds it first). An expected value has to lie inside the
// 99.9 % interval, and the interval has to be narrow enough to mean something.
describe("the same engine, model, driver and balancer as in a run", () => {
  let threads: Threads;
  beforeAll(() => {
    threads = new Threads(1);
  });
  afterAll(() => threads.close());

  for (const [index, theoryCase] of shortList(lbsim).entries()) {
    it(theoryCase.says, async () => {
      const runs = await threads.run("short", [{ index, replications: theoryCase.replications }]);
      for (const finding of judge(lbsim, theoryCase, runs.get(index) ?? [])) {
        const { name, expected, mean, halfWidth, within, agrees, replications } = finding;
        const said =
          `${theoryCase.id}: ${name}: expected ${expected}, measured ${mean} ± ${halfWidth} ` +
          `(level ${LEVEL}, ${replications} replications, seed ${SEED})`;
        expect(agrees, said).toBe(true);
        expect(halfWidth / expected, `${said}: the interval is too wide`).toBeLessThanOrEqual(within);
      }
    });
  }
});
