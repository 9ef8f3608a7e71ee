import { Outbox } from "../contract/outbox.ts";
import type { ProxyMachine } from "../contract/proxy-machine.ts";
import { RandomStream } from "../engine/random/random-stream.ts";
import { detectionDelays } from "./detection-delays.ts";
import { estimate } from "./merge.ts";
import type { PreparedExperiment, PreparedVariant } from "./prepare.ts";
import type { FaultSpan, MemberMeasures, ReplicationResult, StateSpan } from "./replication/replication-result.ts";
import type { MemberResult } from "./result.ts";

/** Measures of each member over replications, its states and the detection delays of replication 0. */
export function mergeMembers(
  experiment: PreparedExperiment,
  variant: PreparedVariant,
  results: readonly ReplicationResult[],
  level: number,
): MemberResult[] {
  const { resolved } = experiment;
  const first = results[0] as ReplicationResult;
  return membersOf(variant).map((member, m) => {
    const over = (pick: (measures: MemberMeasures) => number | null) =>
      estimate(
        results.map(({ members }) => pick(members[m] as MemberMeasures)),
        level,
      );
    const backend = resolved.backendOfAddress.get(member.addressText) ?? -1;
    const states = first.states[m] ?? [];
    return {
      name: member.name,
      group: member.group,
      alias: member.alias,
      backend,
      weight: member.weight,
      tier: member.tier,
      role: member.role,
      entitlement: over(({ entitlement }) => entitlement),
      shareRequests: over(({ shareRequests }) => shareRequests),
      shareBytes: over(({ shareBytes }) => shareBytes),
      shareBusy: over(({ shareBusy }) => shareBusy),
      attempts: over(({ attempts }) => attempts),
      failures: over(({ failures }) => failures),
      utilisation: estimate(
        results.map(({ utilisation }) => utilisation[backend] ?? null),
        level,
      ),
      states,
      detections: first.faults
        .filter((fault) => fault.backend === backend)
        .map((fault) => detectionOf(fault, states, first, resolved.world.faults[fault.fault]?.id ?? "")),
    };
  });
}

/** Static facts of the members come from a machine that is built and never run. */
function membersOf(variant: PreparedVariant) {
  const machine: ProxyMachine = variant.family.build(variant.config, {
    outbox: new Outbox(),
    random: new RandomStream(0, 0, "proxy"),
    startedAtUs: 0,
    epochOffsetUs: 0,
  });
  return machine.members.map((member) => ({ ...member, addressText: machine.addresses[member.address] ?? "" }));
}

function detectionOf(
  { fromUs, toUs }: FaultSpan,
  states: readonly StateSpan[],
  { fromUs: baseUs }: ReplicationResult,
  fault: string,
) {
  return { fault, ...detectionDelays(states, fromUs - baseUs, toUs - baseUs) };
}
