import type { ExpectationResult, ExpectationVerdict } from "../experiment/expectations/expectation-result.ts";
import { formatEstimate, formatShare } from "./number-format.ts";

/** The verdict as it stands in front of a line: never colour alone. */
export const VERDICT_WORDS: Readonly<Record<ExpectationVerdict, string>> = {
  pass: "PASS",
  fail: "FAIL",
  inconclusive: "INCONCLUSIVE",
};

const US_PER_MS = 1_000;
const US_PER_S = 1_000_000;
/** From here on times are in seconds. */
const SECONDS_FROM_US = 10 * US_PER_S;
const PERCENT = 0.01;
/** Replications that are named before the rest is only counted. */
const NAMED = 5;

/** Why the verdict is what it is: "99.95 ± 0.02 %", "broken in 2 of 20 replications (3, 7); mean 0.1". */
export function expectationReason(result: ExpectationResult): string {
  const { basis, samples, replications, verdict } = result;
  const missing = samples === replications ? "" : `; ${replications - samples} of ${replications} had no sample`;
  switch (basis) {
    case "no samples":
      return "no samples, and no samples is no pass";
    case "one replication":
      return `${measured(result)}; one replication has no interval, run more`;
    case "every replication":
      return everyReason(result) + missing;
    case "no failures":
    case "only failures": {
      const what = basis === "no failures" ? "no failure" : "nothing but failures";
      return `${what} in ${boundText(result)}${verdict === "pass" ? "" : narrowing(result)}${missing}`;
    }
    case "interval":
      return measured(result) + missing;
  }
}

/** What would decide it. That something never happens no number of replications can show. */
function narrowing({ basis, bound, unit }: ExpectationResult): string {
  const isNever = basis === "no failures" && unit === "ratio" && (bound === 0 || bound === 1);
  return isNever
    ? `; no number of replications shows "never", == judges each of them instead`
    : "; more replications narrow it";
}

function everyReason(result: ExpectationResult): string {
  const { broken, samples } = result;
  if (broken.length > 0) {
    const named = broken.slice(0, NAMED).join(", ");
    const more = broken.length > NAMED ? ", …" : "";
    return `broken in ${broken.length} of ${replicationsText(samples)} (${named}${more}); mean ${measured(result)}`;
  }
  const held = samples === 1 ? "holds in the one replication" : `holds in each of ${samples} replications`;
  return result.rateBelow === null ? `${held}; mean ${measured(result)}` : `${held}; none in ${boundText(result)}`;
}

/**
 * "4000 independent sessions: the rate is at most 0.0749 % (3/n)". Sessions that meet the same scheduled faults are taken
 * as independent, and what replications alone show stands beside it; where faults are drawn only replications count.
 */
function boundText(result: ExpectationResult): string {
  const { units, rateBelow, unitOfChance, replicationsBelow = null, basis, samples } = result;
  const unit = `${unitOfChance ?? "session"}${units === 1 ? "" : "s"}`;
  const isShared = replicationsBelow !== null;
  const name = isShared ? `${units ?? 0} ${unit} taken as independent` : `${units ?? 0} independent ${unit}`;
  const why = unitOfChance === "replication" ? " (a drawn fault strikes all sessions of one)" : "";
  const what = basis === "only failures" ? "the rate of good answers" : "the rate";
  const alone = isShared ? `; by ${replicationsText(samples)} alone at most ${formatShare(replicationsBelow)}` : "";
  return `${name}${why}: ${what} is at most ${formatShare(rateBelow ?? 1)} (3/n)${alone}`;
}

/** The mean with its interval and unit. */
function measured({ value, halfWidth, unit }: ExpectationResult): string {
  if (value === null) return "no sample";
  const { divisor, name } = scaleOf(unit, value);
  const text = formatEstimate(value / divisor, halfWidth === null ? null : halfWidth / divisor);
  const signed = unit === "share" && value > 0 ? `+${text}` : text.replace(/^-/, "−");
  return name === "" ? signed : `${signed} ${name}`;
}

function scaleOf(unit: ExpectationResult["unit"], value: number): { readonly divisor: number; readonly name: string } {
  switch (unit) {
    case "ratio":
      return { divisor: PERCENT, name: "%" };
    case "share":
      return { divisor: PERCENT, name: "points off its entitlement" };
    case "1/s":
      return { divisor: 1, name: "per second" };
    case "count":
      return { divisor: 1, name: "" };
    case "µs":
      if (value >= SECONDS_FROM_US) return { divisor: US_PER_S, name: "s" };
      return value >= US_PER_MS ? { divisor: US_PER_MS, name: "ms" } : { divisor: 1, name: "µs" };
  }
}

/** "3 pass, 1 fails, 1 is inconclusive": what stands over a list of verdicts. */
export function verdictCount(results: readonly { readonly verdict: ExpectationVerdict }[]): string {
  const count = (verdict: ExpectationVerdict): number => results.filter((each) => each.verdict === verdict).length;
  return (["pass", "fail", "inconclusive"] as const)
    .flatMap((verdict) => (count(verdict) === 0 ? [] : [`${count(verdict)} ${verdict}`]))
    .join(", ");
}

function replicationsText(count: number): string {
  return count === 1 ? "1 replication" : `${count} replications`;
}
