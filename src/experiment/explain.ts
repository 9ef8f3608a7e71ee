import { shiftByWarmUp } from "../config/resolve/shift-by-warm-up.ts";
import type { Decision } from "../contract/decision.ts";
import { OUTCOME_NAMES } from "../model/world-listener.ts";
import type { PreparedExperiment, PreparedVariant } from "./prepare.ts";
import { RequestWatch } from "./replication/request-watch.ts";
import { Replication } from "./run-replication.ts";

/** Identity of a request across variants (design "Time and chance"). */
export interface ExplainedIdentity {
  readonly client: number;
  readonly session: number;
  readonly ordinal: number;
  readonly tryNumber: number;
}

export interface ExplainedRequest {
  readonly variant: string;
  readonly request: number;
  readonly identity: ExplainedIdentity;
  readonly class: string;
  readonly startUs: number;
  /** Null when it had not ended when the run did. */
  readonly endUs: number | null;
  readonly status: number;
  readonly outcome: string | null;
  readonly session: "state found" | "state missing" | "no state asked for";
  /** Session loss that this request discovered, in words, or null. */
  readonly loss: string | null;
  readonly decisions: readonly Decision[];
  /** Attempts as they were made: member and result in words. */
  readonly attempts: readonly { readonly member: number; readonly result: string }[];
}

/** What the members of a variant are called. */
export type MemberNames = readonly { readonly name: string; readonly alias: string | null }[];

/** The same request in another variant, joined on its identity. */
export interface OtherRequest {
  readonly variant: string;
  readonly members: MemberNames;
  /** Null = not made there. */
  readonly request: ExplainedRequest | null;
  /** A film that keeps only a part of its run can't tell whether the request was made. */
  readonly isUnknown?: boolean;
}

export interface Explanation {
  readonly seed: number;
  readonly replication: number;
  readonly members: MemberNames;
  readonly request: ExplainedRequest;
  readonly others: readonly OtherRequest[];
}

/**
 * Runs one replication again, with words, and says why request `rank` (the rank-th to start) went where it went; then
 * looks for the same request in every other variant. Null when there is no such request.
 */
export function explainRequest(
  experiment: PreparedExperiment,
  variantName: string,
  replication: number,
  rank: number,
): Explanation | null {
  const variant = experiment.variants.find(({ name }) => name === variantName) as PreparedVariant;
  const own = watchRequest(experiment, variant, replication, (_identity, at) => at === rank);
  if (own === null) return null;
  const { client, session, ordinal, tryNumber } = own.request.identity;
  const others = experiment.variants
    .filter((other) => other !== variant)
    .map((other) => {
      const found = watchRequest(
        experiment,
        other,
        replication,
        (identity) =>
          identity.client === client &&
          identity.session === session &&
          identity.ordinal === ordinal &&
          identity.tryNumber === tryNumber,
      );
      return { variant: other.name, members: found?.members ?? [], request: found?.request ?? null };
    });
  return { seed: experiment.seed, replication, members: own.members, request: own.request, others };
}

function watchRequest(
  experiment: PreparedExperiment,
  variant: PreparedVariant,
  replication: number,
  isIt: (identity: ExplainedIdentity, rank: number) => boolean,
): { readonly members: MemberNames; readonly request: ExplainedRequest } | null {
  const { world } = experiment.resolved;
  const watch = new RequestWatch(isIt);
  const run = new Replication(experiment, variant, replication, {
    world: experiment.resolved.warmUp === "auto" ? shiftByWarmUp(world, 0) : world,
    binUs: 1_000_000,
    keepRows: false,
    watch,
    shouldStop: () => watch.isOver,
  });
  run.run();
  const seen = watch.seen;
  if (seen === null) return null;
  return {
    members: run.machine.members.map(({ name, alias }) => ({ name, alias })),
    request: {
      variant: variant.name,
      request: seen.rank,
      identity: seen.identity,
      class: world.clients.classes[seen.classIndex]?.name ?? "",
      startUs: seen.startUs,
      endUs: seen.endUs,
      status: seen.status,
      outcome: seen.outcome === null ? null : (OUTCOME_NAMES[seen.outcome] ?? null),
      session: seen.found === null ? "no state asked for" : seen.found ? "state found" : "state missing",
      loss: seen.loss,
      decisions: seen.decisions,
      attempts: seen.attempts.map(({ member, result }) => ({ member, result: result ?? "not ended" })),
    },
  };
}
