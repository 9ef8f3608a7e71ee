import { expect, it } from "vitest";
import * as theory from "../../src/experiment/analysis/index.ts";
import { prepareExperiment } from "../../src/experiment/prepare.ts";
import { Replication } from "../../src/experiment/run-replication.ts";
import type { Lbsim, TheoryCase } from "./lab/theory-case.js";
import { LEVEL, runCase, SEED } from "./lab/trial.js";

/** The sources, for the cases. */
export const lbsim: Lbsim = { prepareExperiment, Replication, theory };

/**
 * Makes a test of a case: every expected value lies inside the 99.9 % interval of the measured ones, and the interval is
 * narrow enough to mean something.
 */
export function checkCase(theoryCase: TheoryCase): void {
  it(theoryCase.says, () => {
    for (const { name, expected, mean, halfWidth, within, agrees, replications } of runCase(lbsim, theoryCase)) {
      const said =
        `${theoryCase.id}: ${name}: expected ${expected}, measured ${mean} ± ${halfWidth} ` +
        `(level ${LEVEL}, ${replications} replications, seed ${SEED})`;
      expect(agrees, said).toBe(true);
      expect(halfWidth / expected, `${said}: the interval is too wide`).toBeLessThanOrEqual(within);
    }
  });
}
