import type { FaultSpec } from "../../model/world-spec.ts";
import type { FaultSpan } from "./replication-result.ts";
import type { Window } from "./window.ts";

/** Faults during which no request of a backend can succeed. */
const DOWN = new Set(["crash", "blackhole", "hang", "refuse"]);

/**
 * Share of the observed time in which at least one member of a group was usable by the proxy's own rules and its backend
 * was up. Swept over the instants at which either changes.
 */
export function usablePathShare(
  unusable: readonly (readonly { readonly fromUs: number; readonly toUs: number }[])[],
  group: readonly number[],
  backendOfMember: readonly number[],
  faults: readonly FaultSpan[],
  specs: readonly FaultSpec[],
  window: Window,
): number {
  const spanUs = window.toUs - window.fromUs;
  const changes: { atUs: number; member: number; by: number }[] = [];
  const blocked = new Map<number, number>(group.map((m) => [m, 0]));
  const block = (member: number, fromUs: number, toUs: number): void => {
    if (toUs <= 0 || fromUs >= spanUs) return;
    changes.push({ atUs: Math.max(0, fromUs), member, by: 1 }, { atUs: Math.min(spanUs, toUs), member, by: -1 });
  };
  for (const m of group) {
    for (const { fromUs, toUs } of unusable[m] ?? []) block(m, fromUs, toUs);
    for (const { fault, backend, fromUs, toUs } of faults)
      if (backend === backendOfMember[m] && DOWN.has(specs[fault]?.effect.kind ?? ""))
        block(m, fromUs - window.fromUs, toUs - window.fromUs);
  }
  changes.sort((a, b) => a.atUs - b.atUs || b.by - a.by);
  let open = group.length;
  let downUs = 0;
  let sinceUs = 0;
  for (const { atUs, member, by } of changes) {
    if (open === 0) downUs += atUs - sinceUs;
    sinceUs = atUs;
    const before = blocked.get(member) ?? 0;
    blocked.set(member, before + by);
    if (before === 0 && by > 0) open--;
    else if (before + by === 0) open++;
  }
  if (open === 0) downUs += spanUs - sinceUs;
  return group.length === 0 ? 0 : 1 - downUs / spanUs;
}
