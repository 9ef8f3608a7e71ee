import type { SweepResult } from "../../experiment/sweep/sweep-result.ts";
import { sweepBody } from "../document/sweep-body.ts";
import { plainPage } from "./plain-page.ts";

/** The sweep as one file that opens from disk, offline and without script. Same result, same bytes. */
export function renderSweepHtml(result: SweepResult): string {
  return plainPage(`${result.scenario.name} - lbsim sweep`, sweepBody(result));
}
