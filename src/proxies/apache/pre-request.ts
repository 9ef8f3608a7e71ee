import type { MachineListener } from "../../contract/proxy-machine.ts";
import type { Balancer } from "./balancer.ts";
import { DecisionReport } from "./decision-report.ts";
import { forceRecovery } from "./error-state.ts";
import type { Exchange } from "./exchange.ts";
import type { PickContext } from "./lbmethods/lb-method.ts";
import { type SessionValue, sessionOfCookie } from "./session-value.ts";
import { countSessionHit, memberOfSession } from "./sticky-session.ts";

/** No usable member. */
export const NO_MEMBER = -1;
/** The member of the session's route is out and nofailover forbids another. */
export const NO_FAILOVER = -2;

/**
 * Chooses the member of an attempt (spec/apache.md 2; httpd: proxy_balancer_pre_request of mod_proxy_balancer.c): forced
 * recovery, session, nofailover, lbmethod. Answers the member, NO_MEMBER or NO_FAILOVER; the member's `elected` is raised,
 * its `busy` is the caller's business.
 */
export function preRequest(
  balancer: Balancer,
  exchange: Exchange,
  nowUs: number,
  context: PickContext,
  listener: MachineListener | null,
): number {
  forceRecovery(balancer, nowUs);
  const report = listener?.decided === undefined ? null : new DecisionReport(balancer, exchange, nowUs);
  const session = balancer.config?.stickySession == null ? null : sessionOf(balancer, exchange);
  const member = chooseBySession(balancer, exchange, session, nowUs);
  if (member !== NO_MEMBER) {
    if (report !== null) listener?.decided?.(report.bySession(session as SessionValue, member));
    return member;
  }
  const picked = pickMember(balancer, nowUs, context);
  if (report !== null) listener?.decided?.(report.byMethod(session, picked));
  if (picked >= 0 && balancer.config?.stickySession != null) exchange.routeChanged = true;
  return picked;
}

/** The method's choice, counted (httpd: find_best_worker). */
export function pickMember(balancer: Balancer, nowUs: number, context: PickContext): number {
  const member = balancer.slots.count === 0 ? NO_MEMBER : balancer.method.pick(balancer, nowUs, context);
  if (member >= 0) elect(balancer, member);
  return member;
}

function elect(balancer: Balancer, member: number): void {
  const { elected } = balancer.slots;
  elected[member] = (elected[member] as number) + 1;
}

/** URL before cookie. */
function sessionOf(balancer: Balancer, exchange: Exchange): SessionValue | null {
  const fromUrl = exchange.route?.urlSession ?? null;
  if (fromUrl !== null) return fromUrl;
  return exchange.cookie === null ? null : sessionOfCookie(balancer, exchange.cookie);
}

function chooseBySession(balancer: Balancer, exchange: Exchange, session: SessionValue | null, nowUs: number): number {
  exchange.session = session;
  if (session === null || session.route === null || session.route === "") return NO_MEMBER;
  const member = memberOfSession(balancer, session, nowUs);
  if (member >= 0) {
    countSessionHit(balancer, member);
    elect(balancer, member);
    if (balancer.routes[member] !== session.route) exchange.routeChanged = true;
    return member;
  }
  const refuses = balancer.config?.nofailover === true && session.membersIn(balancer).length > 0;
  return refuses ? NO_FAILOVER : NO_MEMBER;
}
