import type { Balancer } from "./balancer.ts";
import { NEVER_US } from "./member-slots.ts";
import { Flag, isUsableStatus } from "./worker-status.ts";

/**
 * Opens the retry window of a member in error when it is due; nobody does it before somebody looks (spec/apache.md 6.2;
 * httpd: ap_proxy_retry_worker of proxy_util.c). The comparison is strict; a window of 0 counts as over at once, because
 * two attempts of a real server are some microseconds apart.
 */
export function tryRetry(balancer: Balancer, m: number, nowUs: number): void {
  if ((balancer.status(m) & Flag.E) === 0 || !isWindowOver(balancer, m, nowUs)) return;
  const { retries } = balancer.slots;
  retries[m] = (retries[m] as number) + 1;
  balancer.setFlags(nowUs, m, 0, Flag.E);
}

/** Whether the retry window of a member in error opens for whoever looks at it now. */
export function isWindowOver(balancer: Balancer, m: number, nowUs: number): boolean {
  const { status, errorTimeUs, retryUs } = balancer.slots;
  const flags = status[m] as number;
  if ((flags & Flag.S) !== 0) return false;
  const retry = retryUs[m] as number;
  return (flags & Flag.I) !== 0 || retry === 0 || nowUs > (errorTimeUs[m] as number) + retry;
}

/** Usable now, after its retry window was given the chance to open. */
export function isUsableAfterRetry(balancer: Balancer, m: number, nowUs: number): boolean {
  if (isUsableStatus(balancer.status(m))) return true;
  tryRetry(balancer, m, nowUs);
  return isUsableStatus(balancer.status(m));
}

/**
 * When literally every member is in error, all windows are opened at once (6.3; httpd: force_recovery). The look-round
 * stops at the first member that is not in error or whose window is over, and opens only that one.
 */
export function forceRecovery(balancer: Balancer, nowUs: number): void {
  if (balancer.allOrdinary) return;
  const { count, retries } = balancer.slots;
  for (let m = 0; m < count; m++) {
    if ((balancer.status(m) & Flag.E) === 0) return;
    tryRetry(balancer, m, nowUs);
    if ((balancer.status(m) & Flag.E) === 0) return;
  }
  if (balancer.config === null || !balancer.config.forceRecovery) return;
  for (let m = 0; m < count; m++) {
    retries[m] = (retries[m] as number) + 1;
    balancer.setFlags(nowUs, m, 0, Flag.E);
  }
}

/** Whether `forceRecovery` would open all windows now. A question only. */
export function wouldForceRecovery(balancer: Balancer, nowUs: number): boolean {
  if (balancer.config === null || !balancer.config.forceRecovery) return false;
  const { count } = balancer.slots;
  for (let m = 0; m < count; m++)
    if ((balancer.status(m) & Flag.E) === 0 || isWindowOver(balancer, m, nowUs)) return false;
  return count > 0;
}

/** Puts a member into error, unless its errors are ignored (6.1, 7.2). Answers whether it did. */
export function enterError(balancer: Balancer, m: number, nowUs: number): boolean {
  if ((balancer.status(m) & Flag.I) !== 0) return false;
  balancer.slots.errorTimeUs[m] = nowUs;
  balancer.setFlags(nowUs, m, Flag.E, 0);
  return true;
}

/** A connection to the member stands: the past is forgotten (6.4; httpd: ap_proxy_connect_backend). */
export function forgetErrors(balancer: Balancer, m: number): void {
  balancer.slots.errorTimeUs[m] = NEVER_US;
  balancer.slots.retries[m] = 0;
}
