import { stringify } from "csv-stringify/sync";
import type { Estimate, MemberResult, RunResult } from "../../experiment/result.ts";
import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { sweepColumns } from "../sweep-table.ts";

type Cell = string | number | null;

/**
 * timeline.csv: one row per variant and bin; counts are sums over all replications. The columns of a backend carry its
 * name after a colon.
 */
export function timelineCsv(result: RunResult): string {
  const perBackend = ["sessions_lost", "running", "waiting"];
  const header = [
    ...["variant", "bin", "from_us", "to_us", "good", "failed", "retried", "failovers", "sessions_lost"],
    ...["sticky_hits", "sticky_asked", "p50_us", "p99_us"],
    ...perBackend.flatMap((column) => result.backends.map((backend) => `${column}:${backend}`)),
  ];
  const { binUs } = result.timing;
  const rows = result.variants.flatMap(({ name, series }) =>
    series.good.map((good, bin): readonly Cell[] => {
      const at = (list: readonly (number | null)[]) => list[bin] ?? null;
      const ofBackends = (lists: readonly (readonly number[])[]) => result.backends.map((_, b) => at(lists[b] ?? []));
      return [
        ...[name, bin, bin * binUs, (bin + 1) * binUs, good],
        ...[series.failed, series.retried, series.failovers, series.sessionsLost].map(at),
        ...[series.stickyHits, series.stickyAsked, series.p50Us, series.p99Us].map(at),
        ...[series.sessionsLostByBackend, series.running, series.waiting].flatMap(ofBackends),
      ];
    }),
  );
  return write(header, rows);
}

const MEMBER_ESTIMATES = [
  ["entitlement", "entitlement"],
  ["share_requests", "shareRequests"],
  ["share_bytes", "shareBytes"],
  ["share_busy", "shareBusy"],
  ["attempts", "attempts"],
  ["failures", "failures"],
  ["utilisation", "utilisation"],
] as const;

/** members.csv: one row per variant and member; means over replications, each with the half-width of its interval. */
export function membersCsv(result: RunResult): string {
  const header = [
    ...["variant", "group", "member", "alias", "backend", "weight", "tier", "role"],
    ...MEMBER_ESTIMATES.flatMap(([column]) => [column, `${column}_half_width`]),
  ];
  const rows = result.variants.flatMap((variant) =>
    variant.members.map((member): readonly Cell[] => [
      ...[variant.name, member.group, member.name, member.alias, result.backends[member.backend] ?? null],
      ...[member.weight, member.tier, member.role],
      ...MEMBER_ESTIMATES.flatMap(([, key]) => estimateCells(member, key)),
    ]),
  );
  return write(header, rows);
}

/** sweep.csv: one row per point and variant, see `sweepColumns`. Times in µs, ratios 0..1; an empty cell = no sample. */
export function sweepCsv(result: SweepResult): string {
  const columns = sweepColumns(result);
  const rows = (columns[0]?.cells ?? []).map((_, row) => columns.map(({ cells }) => cells[row] ?? null));
  return write(
    columns.map(({ name }) => name),
    rows,
  );
}

function estimateCells(member: MemberResult, key: (typeof MEMBER_ESTIMATES)[number][1]): readonly Cell[] {
  const estimate: Estimate = member[key];
  return [estimate.mean, estimate.halfWidth];
}

function write(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify([header, ...rows]);
}
