import { note, warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, hasFlag, names, perBalancer, perMember, perParameter, whereSet } from "./diagnostic.ts";

const noRetry = note(
  "failonstatus-does-not-retry",
  "failonstatus takes the member out for later requests, the request itself is not repeated",
  perBalancer((balancer, subject) => {
    if (balancer.failOnStatus.length === 0) return [];
    const message = `failonstatus of ${balancer.name}: the client that gets such an answer keeps it; only later requests go elsewhere, for retry= seconds`;
    return [{ message, hint: null, position: whereSet(subject, balancer, "failonstatus") }];
  }),
);

const clientCode = warning(
  "failonstatus-common-code",
  "failonstatus lists a code that healthy members answer with",
  perBalancer((balancer, subject) => {
    const codes = balancer.failOnStatus.filter((code) => code < 500);
    if (codes.length === 0) return [];
    const message = `failonstatus=${codes.join(",")}: one such answer takes the member of ${balancer.name} out, and clients can provoke it`;
    return [
      { message, hint: "list codes of 500 and above only", position: whereSet(subject, balancer, "failonstatus") },
    ];
  }),
);

const ownErrors = note(
  "failonstatus-catches-own-errors",
  "502 in failonstatus also matches the proxy's own answer after a time-out or a broken connection",
  perBalancer((balancer, subject) => {
    if (!balancer.failOnStatus.includes(502)) return [];
    const message = `failonstatus=502 of ${balancer.name} also takes members out that answer too late or close early: the proxy's own 502 counts`;
    return [{ message, hint: null, position: whereSet(subject, balancer, "failonstatus") }];
  }),
);

const retrySingle = note(
  "retry-without-effect",
  "with forcerecovery, a balancer of one member ignores retry=",
  perParameter(["retry"], (use, { config }) => {
    if (use.owner !== "member") return null;
    const balancer = config.balancers.find((b) => b.members.length === 1 && b.members[0]?.url === use.name);
    if (balancer === undefined || !balancer.forceRecovery) return null;
    const message = `retry=${use.value} does nothing: ${use.name} is the only member of ${balancer.name}, and when all members are in error all are tried again at once`;
    return { message, hint: "ProxySet forcerecovery=Off makes retry= count", position: use.position };
  }),
);

const recoveryBlocked = note(
  "forcerecovery-blocked",
  "a member that is disabled, stopped, draining or failing its checks keeps forced recovery from acting",
  perBalancer((balancer) => {
    const blocking = balancer.members.filter((m) => hasFlag(m, "DSNC") && !hasFlag(m, "E"));
    if (!balancer.forceRecovery || blocking.length === 0 || blocking.length === balancer.members.length) return [];
    const message = `while ${names(blocking)} stays out, forcerecovery of ${balancer.name} never acts: after an outage of the others clients get 503 until retry= has passed`;
    const hint = "take the line out instead of disabling the member for long";
    return [{ message, hint, position: blocking[0]?.position ?? balancer.position }];
  }),
);

const ignoreErrors = warning(
  "ignore-errors-stops-failover",
  "status=+I not only ignores errors, it also switches failover off",
  perMember((member) => {
    if (!hasFlag(member, "I")) return null;
    const message = `status=+I on ${member.url}: it never counts as failed, so requests that it refuses are not repeated elsewhere but answered 503`;
    return { message, hint: "drop it, or use retry=0 to try the member again at once", position: member.position };
  }),
);

const errorAtStart = warning(
  "error-flag-at-start",
  "status=+E or +C in a configuration does not do what disabling does",
  perMember((member) => {
    if (!hasFlag(member, "EC")) return null;
    const stays = hasFlag(member, "C");
    const effect = stays ? "stays out until a health check passes" : "is used with the first request all the same";
    const position = member.position;
    return {
      message: `status=${member.status} on ${member.url}: it ${effect}`,
      hint: "to keep it out write status=+D",
      position,
    };
  }),
);

const noAttempts = note(
  "maxattempts-zero",
  "maxattempts=0 means no second attempt",
  perBalancer((balancer, subject) => {
    if (balancer.maxAttempts !== 0 || balancer.members.length < 2) return [];
    const message = `maxattempts=0 of ${balancer.name}: a request that meets a dead member gets 503, no other member is tried`;
    const hint = "the number counts additional attempts; left out, all members are tried";
    return [{ message, hint, position: whereSet(subject, balancer, "maxattempts") }];
  }),
);

const manyAttempts = note(
  "maxattempts-above-members",
  "maxattempts is larger than the number of other members",
  perBalancer((balancer, subject) => {
    const { maxAttempts, members } = balancer;
    if (maxAttempts === null || members.length === 0 || maxAttempts < members.length) return [];
    const message = `maxattempts=${maxAttempts} with ${members.length} members: when all are dead one request tries members again that just failed`;
    const hint = `it counts additional attempts; ${members.length - 1} is the default`;
    return [{ message, hint, position: whereSet(subject, balancer, "maxattempts") }];
  }),
);

const allOut = warning(
  "all-members-out",
  "every member is disabled, stopped, draining or marked as failed",
  perBalancer((balancer) => {
    const { members } = balancer;
    if (members.length === 0 || members.some((m) => !hasFlag(m, "DSNC"))) return [];
    const message = `no member of ${balancer.name} takes new requests (${names(members)}): clients get 503`;
    return [{ message, hint: null, position: balancer.position }];
  }),
);

export const FAILOVER: readonly Diagnostic[] = [
  noRetry,
  clientCode,
  ownErrors,
  retrySingle,
  recoveryBlocked,
  ignoreErrors,
  errorAtStart,
  noAttempts,
  manyAttempts,
  allOut,
];
