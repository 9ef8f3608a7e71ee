import { worstVerdict } from "../experiment/expectations/expectation-result.ts";
import type { Meeting } from "../experiment/plan/plan-variant.ts";
import type { PreparedExperiment } from "../experiment/prepare.ts";
import type { RunResult } from "../experiment/result.ts";
import { KnownError } from "./known-error.ts";

/** The expectations of a plan. */
export interface PlanJudge {
  readonly texts: readonly string[];
  meets(result: RunResult, variant: string): Meeting;
}

/** @throws KnownError `bad-plan` when nothing is expected of one of the variants. */
export function planJudge({ expectations }: PreparedExperiment, variants: readonly string[]): PlanJudge {
  if (expectations.length === 0)
    throw new KnownError(
      "bad-plan",
      "no expectations: every value keeps them",
      "write expect: into the scenario, or --expect 'p(95) < 250ms'",
    );
  for (const name of variants)
    if (!expectations.some(({ variant }) => variant === null || variant === name))
      throw new KnownError("bad-plan", `no expectation speaks of ${name}`, "choose the variants with --variant NAME");
  return { texts: expectations.map(({ text }) => text), meets };
}

/** The worst verdict, and the expectations that have it. */
function meets({ expectations = [] }: RunResult, variant: string): Meeting {
  const own = expectations.filter((each) => each.variant === variant);
  const verdict = own.length === 0 ? "inconclusive" : worstVerdict(own);
  const reasons = verdict === "pass" ? [] : own.filter((each) => each.verdict === verdict).map(({ text }) => text);
  return { verdict, why: reasons.join(", ") };
}
