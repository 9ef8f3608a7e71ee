import { isUsableAfterRetry } from "../error-state.ts";
import type { HeartbeatRecord } from "../heartbeat-storage.ts";
import type { LbMethod } from "./lb-method.ts";

/** A host that was silent for this many seconds is no candidate. */
const MAX_LAST_SEEN_S = 10;

/**
 * A host at random, in the proportion of the ready threads that it reported. Data is keyed by the host alone: members on
 * one address share one record, and the last of them is chosen. Load factors, lbsets, spares and standbys play no part.
 *
 *   ready 5 and 3: a draw of 0 … 8, both ends possible; 0 … 4 -> first, 5 … 8 -> second (the last match wins, so 5 is
 *   the second's)
 *
 * Source: find_best_hb of mod_lbmethod_heartbeat.c, httpd 2.4.71; spec/apache.md 4.4.
 */
export const heartbeat: LbMethod = {
  name: "heartbeat",
  describe: "chooses at random in the proportion of the ready threads that the hosts report",
  scores: [],
  pick(balancer, nowUs, context) {
    const memberOf = new Map<HeartbeatRecord, number>();
    const up: HeartbeatRecord[] = [];
    let open = 0;
    for (let m = 0; m < balancer.slots.count; m++) {
      const record = context.heartbeatOf(balancer.members[m]?.host ?? "", nowUs);
      if (record === null || !isUsableAfterRetry(balancer, m, nowUs)) continue;
      memberOf.set(record, m);
      if (record.lastSeenS < MAX_LAST_SEEN_S) {
        open += record.ready;
        up.push(record);
      }
    }
    if (open === 0) return -1;
    const draw = context.random.nextInt(open + 1);
    let choice = -1;
    let passed = 0;
    for (const record of up) {
      if (draw >= passed && draw <= passed + record.ready) choice = memberOf.get(record) ?? -1;
      passed += record.ready;
    }
    return choice;
  },
};
