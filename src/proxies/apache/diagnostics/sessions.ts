import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, hasFlag, perBalancer, perMember, whereSet } from "./diagnostic.ts";

const stickyWithoutRoutes = warning(
  "sticky-without-routes",
  "stickysession is set but no member has a route, so every request is balanced as if it had no session",
  perBalancer((balancer, subject) => {
    const { stickySession: sticky, members } = balancer;
    if (sticky === null || members.length === 0 || members.some((m) => m.route !== "")) return [];
    const message = `stickysession=${sticky.cookie} of balancer ${balancer.name} does nothing: no member has a route`;
    const hint = "give each BalancerMember route=NAME, the same name that its application appends to the session id";
    return [{ message, hint, position: whereSet(subject, balancer, "stickysession") }];
  }),
);

const routeMissingOnSome = warning(
  "sticky-route-missing",
  "some members of a sticky balancer have no route and can keep no session",
  perBalancer(({ name, stickySession, members }) => {
    const without = members.filter((m) => m.route === "");
    if (stickySession === null || without.length === 0 || without.length === members.length) return [];
    return without.map((m) => ({
      message: `${m.url} has no route: sessions that begin on it are balanced anew with every request (balancer ${name})`,
      hint: "add route=NAME",
      position: m.position,
    }));
  }),
);

const routesWithoutSticky = note(
  "routes-without-stickysession",
  "members have routes but the balancer has no stickysession, so the routes are never looked at",
  perBalancer((balancer) => {
    const first = balancer.members.find((m) => m.route !== "");
    if (balancer.stickySession !== null || first === undefined) return [];
    const message = `balancer ${balancer.name} has routes but no stickysession: sessions are not kept`;
    const hint = "add ProxySet stickysession=COOKIE (JSESSIONID, ROUTEID …), or drop route=";
    return [{ message, hint, position: first.position }];
  }),
);

const duplicateRoute = warning(
  "duplicate-route",
  "two members have the same route; sessions of the second one go to the first",
  perBalancer(({ members }) =>
    members.flatMap((m, i) => {
      const standsIn = hasFlag(m, "H");
      const first = members.slice(0, i).find((o) => o.route === m.route && hasFlag(o, "H") === standsIn);
      if (m.route === "" || first === undefined) return [];
      const message = `${m.url} has the route ${m.route} of ${first.url}: sessions that began here go there while it lives`;
      return [{ message, hint: "give every member a route of its own", position: m.position }];
    }),
  ),
);

const redirectUnknown = warning(
  "redirect-to-unknown-route",
  "redirect= names a route that no member has",
  perMember((member, balancer) => {
    if (member.redirect === "" || balancer.members.some((m) => m.route === member.redirect)) return null;
    const message = `redirect=${member.redirect} of ${member.url} leads nowhere: no member of ${balancer.name} has that route`;
    return { message, hint: null, position: member.position };
  }),
);

const nofailoverAlone = warning(
  "nofailover-single-point",
  "nofailover=On turns every member into a single point of failure for its sessions",
  perBalancer((balancer, subject) => {
    const { nofailover, stickySession, members } = balancer;
    if (!nofailover || stickySession === null || members.every((m) => m.route === "")) return [];
    const message = `nofailover=On: while a member of ${balancer.name} is out, its sessions get 503 though others are up`;
    const hint = "right when sessions exist on one node only; with replicated or shared sessions drop it";
    return [{ message, hint, position: whereSet(subject, balancer, "nofailover") }];
  }),
);

const nofailoverWithoutSessions = warning(
  "nofailover-without-sessions",
  "nofailover=On has no effect without stickysession and routes",
  perBalancer((balancer, subject) => {
    const { nofailover, stickySession, members } = balancer;
    if (!nofailover || (stickySession !== null && members.some((m) => m.route !== ""))) return [];
    const message = `nofailover=On of ${balancer.name} does nothing: it only concerns requests that name a member's route`;
    const hint = "for no second attempt at all write maxattempts=0";
    return [{ message, hint, position: whereSet(subject, balancer, "nofailover") }];
  }),
);

const retryZero = warning(
  "retry-zero-with-sessions",
  "retry=0 makes a session burn all its attempts on its dead member",
  perMember((member, balancer) => {
    const inSession = balancer.stickySession !== null && member.route !== "" && balancer.members.length > 1;
    if (member.retryUs !== 0 || !inSession) return null;
    const message = `retry=0 on ${member.url}: when it is dead, every attempt of its sessions goes to it again, then 503`;
    return { message, hint: "write retry=1 or more", position: member.position };
  }),
);

const standbyWithRoute = note(
  "standby-with-route",
  "a standby or spare with a route serves its sessions even while others are up",
  perMember((member, balancer) => {
    const waits = hasFlag(member, "HR") && member.route !== "" && balancer.stickySession !== null;
    const shared = balancer.members.some((m) => m !== member && m.route === member.route);
    if (!waits || shared) return null;
    const message = `${member.url} waits (${member.status}) but keeps sessions with route ${member.route} once it has served them`;
    return {
      message,
      hint: "give it the route of the member that it stands in for, or none",
      position: member.position,
    };
  }),
);

const urlFirst = note(
  "url-session-beats-cookie",
  "a session named in the URL is looked at before the cookie, even when it leads nowhere",
  perBalancer((balancer, subject) => {
    const sticky = balancer.stickySession;
    if (sticky === null || sticky.path === sticky.cookie) return [];
    const message = `a URL with ${sticky.path}= and any value keeps ${balancer.name} from looking at the cookie ${sticky.cookie}; a / or ; behind the id belongs to it`;
    const hint = "leave the part behind the bar out when only cookies carry sessions";
    return [{ message, hint, position: whereSet(subject, balancer, "stickysession") }];
  }),
);

const hitsCount = note(
  "session-hits-count-everywhere",
  "requests of sessions count in the shares of all usable members, waiting and draining ones included",
  perBalancer((balancer) => {
    const { stickySession, members, name } = balancer;
    const lowest = Math.min(...members.map(({ lbset }) => lbset));
    const apart = members.find((m) => m.route !== "" && (hasFlag(m, "HRN") || m.lbset > lowest));
    if (stickySession === null || apart === undefined) return [];
    const message = `each request of a session on ${apart.url} raises the turn of every usable member of ${name} and lowers its own, outside its lbset too`;
    return [{ message, hint: null, position: apart.position }];
  }),
);

export const SESSIONS: readonly Diagnostic[] = [
  stickyWithoutRoutes,
  urlFirst,
  hitsCount,
  routeMissingOnSome,
  routesWithoutSticky,
  duplicateRoute,
  redirectUnknown,
  nofailoverAlone,
  nofailoverWithoutSessions,
  retryZero,
  standbyWithRoute,
];
