import type { PeerChoice } from "../peer-choice.ts";
import type { PeerList } from "../peer-list.ts";
import { BUSY, type LbMethod } from "./lb-method.ts";
import { roundRobin } from "./round-robin.ts";

/** What least_time goes by. */
export interface LeastTime {
  readonly of: "header" | "last_byte";
  readonly inflight: boolean;
}

/** Times above are all the same. */
const MOST_MS = 5000;
/** Times within one class are the same. */
const CLASS_MS = 20;
/** A value that is shifted so far is gone. */
const MOST_SHIFT = 31;

/**
 * Estimated time until a server would be done with what it has and one more (spec/nginx-plus.md (a); nginx 1.31:
 * ngx_http_upstream_least_time_eta): its average time, halved for each fail_timeout without use, in classes of 20 ms,
 * for each request.
 */
export function estimatedMs(list: PeerList, p: number, nowS: number, of: LeastTime["of"]): number {
  const { times } = list;
  let ms = (of === "header" ? times.headerMs[p] : times.responseMs[p]) as number;
  const unusedS = nowS - (list.checkedS[p] as number);
  const timeoutS = list.failTimeoutS[p] as number;
  if (unusedS > timeoutS) ms >>= Math.min(MOST_SHIFT, Math.floor(unusedS / (timeoutS + 1)));
  if ((times.waiting[p] as number) > 0) ms = Math.max(ms, times.waitingMs[p] as number);
  ms = ms > MOST_MS ? MOST_MS : ms + CLASS_MS - (ms % CLASS_MS);
  return ms * (1 + (list.conns[p] as number));
}

/** least_time: the least estimated time for the weight; ties by smooth weighted round robin among the tied. */
export function leastTime(rule: LeastTime): LbMethod {
  const pick = (choice: PeerChoice, nowS: number): number => {
    const { list } = choice;
    if (list.single) return roundRobin(choice, nowS);
    const best = least(choice, nowS, rule.of);
    if (best === BUSY) return choice.useBackup() ? pick(choice, nowS) : BUSY;
    choice.selected(best, nowS);
    return best;
  };
  return {
    name: "least_time",
    describe: "least average time for requests in flight and weight",
    pick,
    ...timed(rule),
  };
}

/** What methods that go by time note about attempts. */
export function timed({ of, inflight }: LeastTime): Pick<LbMethod, "began" | "headCame" | "released"> {
  const ended = ({ list, startedMs }: PeerChoice, p: number, nowMs: number): void =>
    list.times.ended(p, nowMs, nowMs - startedMs);
  const notesHead = inflight && of === "header";
  return {
    began(choice, p) {
      choice.isTimed = inflight;
      if (inflight) choice.list.times.began(p, choice.nowMs);
    },
    headCame(choice, p, nowMs) {
      if (!notesHead) return;
      choice.list.times.headCame(p, nowMs - choice.startedMs);
      if (choice.isTimed) ended(choice, p, nowMs);
      choice.isTimed = false;
    },
    released(choice, p, nowMs, isSuccess) {
      if (choice.isTimed) ended(choice, p, nowMs);
      choice.isTimed = false;
      if (!isSuccess || choice.headMs < 0) return;
      choice.list.times.answered(p, nowMs - choice.startedMs);
      if (!notesHead) choice.list.times.headCame(p, choice.headMs);
    },
  };
}

function least(choice: PeerChoice, nowS: number, of: LeastTime["of"]): number {
  const { list, nowMs } = choice;
  let best = BUSY;
  let bestMs = 0;
  let isTied = false;
  for (let p = 0; p < list.count; p++) {
    if (!choice.isEligible(p, nowS)) continue;
    list.times.look(p, nowMs);
    const ms = estimatedMs(list, p, nowS, of);
    const left = best === BUSY ? -1 : ms * list.shareOf(best, nowMs);
    const right = best === BUSY ? 0 : bestMs * list.shareOf(p, nowMs);
    if (left < right) {
      best = p;
      bestMs = ms;
      isTied = false;
    } else if (left === right) isTied = true;
  }
  return isTied ? breakTie(choice, nowS, of, best, bestMs) : best;
}

function breakTie(choice: PeerChoice, nowS: number, of: LeastTime["of"], first: number, bestMs: number): number {
  const { list, nowMs } = choice;
  let best = first;
  let total = 0;
  for (let p = first; p < list.count; p++) {
    if (!choice.isEligible(p, nowS)) continue;
    if (estimatedMs(list, p, nowS, of) * list.shareOf(best, nowMs) !== bestMs * list.shareOf(p, nowMs)) continue;
    total += list.gain(p, nowMs);
    if ((list.currentWeight[p] as number) > (list.currentWeight[best] as number)) best = p;
  }
  list.currentWeight[best] = (list.currentWeight[best] as number) - total;
  return best;
}
