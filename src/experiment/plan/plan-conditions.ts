import { plainValue } from "../../config/document/scenario-node.ts";
import type { PreparedExperiment } from "../prepare.ts";

/** A way in which the planned system must keep its expectations. */
export interface PlanCondition {
  /** "as written", "10.0.0.2:8080 down", "rolling restart". */
  readonly name: string;
  /** `--set` options that make it. */
  readonly overrides: readonly string[];
}

export interface ConditionChoices {
  readonly withOneDown: boolean;
  readonly rollingRestart: boolean;
}

/** Share of the observed time before the rolling restart begins, and until it is over. */
const RESTART_FROM = 0.1;
const RESTART_UNTIL = 0.9;
/** Longest that one member is down, as for a scenario's own rolling restart. */
const LONGEST_DOWN_US = 20_000_000;

/**
 * The conditions under which a value must pass. One down: each of the members that take part is down in turn, from the
 * first observed moment to the end, and the value must pass with every one of them. A rolling restart takes the members
 * out one after the other within the observed time, down for as long as up in between.
 *
 * @param members ids of the backends that take part.
 */
export function planConditions(
  base: PreparedExperiment,
  members: readonly string[],
  { withOneDown, rollingRestart }: ConditionChoices,
): readonly PlanCondition[] {
  const conditions: PlanCondition[] = [];
  if (withOneDown)
    for (const member of members)
      conditions.push({ name: `${member} down`, overrides: [withFault(base, { at: "0s", crash: member })] });
  if (rollingRestart) {
    const { warmUpUs, endUs } = base.resolved.world;
    const observedUs = endUs - warmUpUs;
    const room = ((RESTART_UNTIL - RESTART_FROM) * observedUs) / (2 * Math.max(1, members.length));
    const downUs = Math.max(1, Math.floor(Math.min(LONGEST_DOWN_US, room)));
    const fault = {
      at: `${Math.floor(RESTART_FROM * observedUs)}us`,
      "rolling-restart": members,
      down: `${downUs}us`,
      pause: `${downUs}us`,
    };
    const seconds = Math.round(downUs / 100_000) / 10;
    conditions.push({ name: `rolling restart (${seconds} s each)`, overrides: [withFault(base, fault)] });
  }
  return conditions.length > 0 ? conditions : [{ name: "as written", overrides: [] }];
}

/** The scenario's own faults and one more. JSON is YAML. */
function withFault({ scenario }: PreparedExperiment, fault: Readonly<Record<string, unknown>>): string {
  const { document } = scenario;
  const written = document.kind === "map" ? document.entries.get("faults")?.value : undefined;
  const own = written === undefined ? [] : [plainValue(written)].flat();
  return `scenario.faults=${JSON.stringify([...own, fault])}`;
}
