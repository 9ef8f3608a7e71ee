import type { FaultBand, RunResult } from "../experiment/result.ts";
import { formatDuration } from "./number-format.ts";

/** What a fault was and when, in replication 0: "crash of node2 from 60.0 s for 120 s". */
export function faultSentence(result: RunResult, fault: FaultBand): string {
  const backend = result.backends[fault.backend] ?? `backend ${fault.backend}`;
  const lasted = fault.toUs - fault.fromUs;
  const when = lasted > 0 ? ` for ${formatDuration(lasted)}` : "";
  return `${fault.kind} of ${backend} at ${formatDuration(fault.fromUs)}${when}`;
}
