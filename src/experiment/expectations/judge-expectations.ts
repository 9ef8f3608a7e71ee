import type { Expectation } from "../../config/expectations/expectation.ts";
import { LogHistogram } from "../../engine/stats/log-histogram.ts";
import { METRICS } from "../metrics.ts";
import type { PreparedExperiment, PreparedVariant } from "../prepare.ts";
import type { ReplicationResult } from "../replication/replication-result.ts";
import type { VariantResult } from "../result.ts";
import type { ExpectationResult } from "./expectation-result.ts";
import { type Evidence, judge } from "./judge.ts";
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
  const none = { halfWidth: null, isEvery, flawless: null };
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
    flawless: flawlessOf(experiment, subject.id, slice, results),
  };
}

/** How many independent units a share without failures stands for: sessions, since the requests of one share their fate. */
function flawlessOf(
  experiment: PreparedExperiment,
  metric: string,
  slice: number,
  results: readonly ReplicationResult[],
): Evidence["flawless"] {
  const perSession = Math.max(1, experiment.resolved.world.clients.requestsPerSession.mean);
  const sum = (of: (result: ReplicationResult) => number): number => results.reduce((all, each) => all + of(each), 0);
  const requests = sum((result) => (slice < 0 ? result.units.requests : (result.slices?.[slice]?.requests ?? 0)));
  const sessions = Math.floor(requests / perSession);
  switch (metric) {
    case "availability":
    case "availability_attempts":
      return { value: 1, units: sessions };
    case "availability_sessions":
      return { value: 1, units: sum(({ units }) => units.sessionsEnded) };
    case "sessions_lost":
    case "sessions_lost_share":
      return { value: 0, units: slice < 0 ? sum(({ units }) => units.sessionsStarted) : sessions };
    default:
      return null;
  }
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
