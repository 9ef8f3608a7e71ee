import type { RunResult } from "../experiment/result.ts";
import { formatDuration, formatShare } from "./number-format.ts";

/** "warm-up 12 s, found by MSER-5 on the fault-free baseline, the same for all variants; observed 300 s" */
export function warmUpSentence({ timing }: RunResult): string {
  const { warmUpFrom, warmUpUs, durationUs } = timing;
  const length = formatDuration(warmUpUs);
  const warmUp =
    warmUpFrom === "none"
      ? "no warm-up"
      : warmUpFrom === "given"
        ? `warm-up ${length}, given`
        : `warm-up ${length}, found by MSER-5 on the fault-free baseline, the same for all variants`;
  return `${warmUp}; observed ${formatDuration(durationUs)}`;
}

/** Whether the wished precision was reached, and if not, why it was given up; "" when none was wished. */
export function precisionSentence({ precision, metrics, interrupted }: RunResult): string {
  if (precision === undefined) return "";
  const { relative, replications, isReached, widest, most } = precision;
  const wish = `precision ${formatShare(relative)}`;
  if (isReached) return `${wish} reached after ${replications} replications`;
  const title = metrics.find(({ id }) => id === widest?.metric)?.title ?? widest?.metric ?? "";
  const end = interrupted ? "interrupted" : `given up at ${most} replications (--max-replications)`;
  if (widest === null) return `${wish} not reached, ${end}: nothing has an interval`;
  const spread = widest.mean === 0 ? "" : ` ± ${formatShare(widest.halfWidth / Math.abs(widest.mean))}`;
  const why = `${title} of ${widest.variant} is${spread}, about ${widest.needed} replications would do`;
  return `${wish} not reached, ${end}: ${why}`;
}

/** Where the intervals come from. */
export function intervalSentence({ batches, level }: RunResult): string {
  const percent = `${Math.round(level * 100)} %`;
  return batches === undefined
    ? `${percent}, Student's t over replications; differences paired by replication`
    : `${percent}, Student's t over ${batches.count} batch means of one steady run (correlation of neighbours ${Math.round(batches.lag1 * 100) / 100}); the other metrics have none`;
}
