import type { Expectation } from "../../config/expectations/expectation.ts";
import { LogHistogram } from "../../engine/stats/log-histogram.ts";
import { METRICS } from "../metrics.ts";
import type { PreparedExperiment, PreparedVariant } from "../prepare.ts";
import type { ReplicationResult } from "../replication/replication-result.ts";
import type { VariantResult } from "../result.ts";
import type { ExpectationResult } from "./expectation-result.ts";
import { type Evidence, type IndependentUnits, judge } from "./judge.ts";
import { sliceIndex, slicesOf } from "./slice.ts";

/** A variant with its replications, as far as expectations look at it. */
export interface JudgedVariant {
  readonly variant: PreparedVariant;
  readonly merged: VariantResult;
  readonly results: readonly ReplicationResult[];
}

/** Judges every expectation on every variant that it speaks of, in the order in which they are written. */
export function judgeExpectations(
  experiment: PreparedExperiment,
  variants: readonly JudgedVariant[],
  firstReplication: number,
  level: number,
): readonly ExpectationResult[] {
  return experiment.expectations.flatMap((expectation) =>
    variants
      .filter(({ variant }) => expectation.variant === null || expectation.variant === variant.name)
      .map((judged): ExpectationResult => {
        const { text, bound, operator, position } = expectation;
        const evidence = evidenceOf(experiment, expectation, judged);
        const judgement = judge(evidence, operator, bound, level);
        return {
          text,
          variant: judged.variant.name,
          ...judgement,
          broken: judgement.broken.map((r) => firstReplication + r),
          unit: unitOf(expectation),
          bound,
          replications: judged.results.length,
          file: position.file,
          line: position.line,
        };
      }),
  );
}

function unitOf({ subject }: Expectation): ExpectationResult["unit"] {
  if (subject.kind === "quantile") return "µs";
  if (subject.kind === "share") return "share";
  return METRICS.find(({ id }) => id === subject.id)?.unit ?? "count";
}

function evidenceOf(
  experiment: PreparedExperiment,
  expectation: Expectation,
  { variant, merged, results }: JudgedVariant,
): Evidence {
  const { subject, operator } = expectation;
  const slice = sliceIndex(slicesOf(experiment.expectations), expectation);
  const isEvery = operator === "==" || operator === "!=" || unitOf(expectation) === "count";
  const none = { halfWidth: null, isEvery, chance: null };
  if (subject.kind === "share")
    return { ...none, values: shareErrors(experiment, variant, merged, results, subject.member) };
  if (subject.kind === "quantile") {
    const values = results.map((result) => {
      const histogram = LogHistogram.fromSparse(
        slice < 0 ? result.latency : (result.slices?.[slice]?.latency ?? result.latency),
      );
      return histogram.count === 0 ? null : histogram.quantile(subject.p);
    });
    return { ...none, values };
  }
  const values = results.map(
    (result) => (slice < 0 ? result.metrics : (result.slices?.[slice]?.metrics ?? {}))[subject.id] ?? null,
  );
  return {
    values,
    halfWidth: slice < 0 ? (merged.metrics[subject.id]?.halfWidth ?? null) : null,
    isEvery,
    chance: chanceOf(experiment, subject.id, slice, results),
  };
}

/**
 * How many independent units a share stands for. Requests of one session share its fate, so a session counts once. Where
 * faults are drawn, whether and when one strikes is chance that all sessions of a replication share: all of them may fail
 * together, and only replications are independent. A scheduled fault is the same in every replication: part of the question
 * and not of the chance; what sessions then still share (queues, the phase of probes) is told beside the bound.
 */
function chanceOf(
  { resolved: { world } }: PreparedExperiment,
  metric: string,
  slice: number,
  results: readonly ReplicationResult[],
): IndependentUnits | null {
  const flawless = FLAWLESS[metric];
  if (flawless === undefined) return null;
  const isDrawn = world.faults.some(({ timing }) => timing.kind === "drawn");
  const requests = results.map((result) =>
    slice < 0 ? result.units.requests : (result.slices?.[slice]?.requests ?? 0),
  );
  if (isDrawn) {
    const withSample = requests.filter((count) => count > 0).length;
    return { flawless, count: withSample, unit: "replication", isFaultShared: false };
  }
  // Time is one thing: nothing in it is independent of the rest.
  if (metric === "availability_time") return null;
  const { mean, cv2 } = world.clients.requestsPerSession;
  const unit = mean === 1 && cv2 === 0 ? "request" : "session";
  const ofRequests = Math.floor(sum(requests) / Math.max(1, mean));
  const count =
    metric === "availability_sessions"
      ? sum(results.map(({ units }) => units.sessionsEnded))
      : metric.startsWith("sessions_lost") && slice < 0
        ? sum(results.map(({ units }) => units.sessionsStarted))
        : ofRequests;
  return { flawless, count, unit, isFaultShared: world.faults.length > 0 };
}

/** Shares of things that fail or don't, and their value when none does. */
const FLAWLESS: Readonly<Record<string, 0 | 1>> = {
  availability: 1,
  availability_attempts: 1,
  availability_sessions: 1,
  availability_time: 1,
  sessions_lost: 0,
  sessions_lost_share: 0,
};

function sum(counts: readonly number[]): number {
  return counts.reduce((all, each) => all + each, 0);
}

/** Share minus entitlement of a member in each replication. */
function shareErrors(
  { resolved }: PreparedExperiment,
  { family, config }: PreparedVariant,
  merged: VariantResult,
  results: readonly ReplicationResult[],
  member: string,
): readonly (number | null)[] {
  const fact = family
    .facts(config)
    .members.find(({ address, aliases }) => aliases.includes(member) || address === member);
  const backend = fact === undefined ? -1 : (resolved.backendOfAddress.get(fact.address) ?? -1);
  const index = merged.members.findIndex((each) => each.backend === backend && each.group === fact?.group);
  return results.map(({ members }) => {
    const { shareRequests = null, entitlement = null } = members[index] ?? {};
    return shareRequests === null || entitlement === null ? null : shareRequests - entitlement;
  });
}
