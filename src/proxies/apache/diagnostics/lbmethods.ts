import { note, warning } from "../../shared/diagnostic.ts";
import { isReportAddress } from "../heartbeat-storage.ts";
import { type Diagnostic, hasFlag, names, perBalancer, whereSet, workingMembers } from "./diagnostic.ts";

const busynessWeights = warning(
  "bybusyness-ignores-loadfactor",
  "with bybusyness loadfactor only breaks ties",
  perBalancer((balancer, subject) => {
    const factors = new Set(balancer.members.map((m) => m.factor));
    if (balancer.lbmethod !== "bybusyness" || factors.size < 2) return [];
    const message = `different loadfactors in ${balancer.name} only break ties: bybusyness gives every member the same number of requests in flight`;
    const hint = "for shares by weight use lbmethod=byrequests";
    return [{ message, hint, position: whereSet(subject, balancer, "lbmethod") }];
  }),
);

const heartbeatSettings = warning(
  "heartbeat-ignores-settings",
  "heartbeat looks neither at loadfactor nor at lbset, standby or spare",
  perBalancer(({ lbmethod, members }) => {
    if (lbmethod !== "heartbeat") return [];
    return members
      .filter((m) => m.factor !== 100 || m.lbset !== 0 || hasFlag(m, "HRN"))
      .map((m) => ({
        message: `loadfactor, lbset and status=+H, +R, +N of ${m.url} do nothing with lbmethod=heartbeat`,
        hint: null,
        position: m.position,
      }));
  }),
);

const heartbeatStorage = warning(
  "heartbeat-without-data",
  "heartbeat has no data to choose by",
  perBalancer((balancer, subject) => {
    const { heartbeatStorage, heartbeatListen } = subject.config;
    if (balancer.lbmethod !== "heartbeat" || heartbeatStorage !== null || heartbeatListen !== null) return [];
    const message = `lbmethod=heartbeat of ${balancer.name} finds no HeartbeatStorage: members without a fresh entry are never chosen, clients get 503`;
    const hint = "let mod_heartmonitor listen with HeartbeatListen, or name the file with HeartbeatStorage";
    return [{ message, hint, position: whereSet(subject, balancer, "lbmethod") }];
  }),
);

const heartbeatNames = warning(
  "heartbeat-by-name",
  "reports are filed under IPv4 addresses; members written as names never find theirs",
  perBalancer(({ lbmethod, members }, { config }) => {
    if (lbmethod !== "heartbeat" || config.heartbeatListen === null) return [];
    return members
      .filter((m) => !isReportAddress(m.host) && !listed(config.heartbeatStorage, m.host))
      .map((m) => ({
        message: `${m.url} is written as a name: its reports are filed under its address, so it is never chosen`,
        hint: "write the member's IPv4 address",
        position: m.position,
      }));
  }),
);

function listed(storage: string | null, host: string): boolean {
  return (storage ?? "").split("\n").some((line) => line.startsWith(`${host} `));
}

const trafficSteps = note(
  "bytraffic-coarse-steps",
  "bytraffic counts in steps of loadfactor x 100 bytes; below that members tie and the first one wins",
  perBalancer((balancer, subject) => {
    const least = Math.min(...balancer.members.map((m) => m.factor));
    if (balancer.lbmethod !== "bytraffic" || balancer.members.length < 2 || least < 1000) return [];
    const message = `bytraffic of ${balancer.name} counts in steps of ${least} bytes and more: with small messages the first member gets long runs`;
    const hint = "write small loadfactors in the same proportion";
    return [{ message, hint, position: whereSet(subject, balancer, "lbmethod") }];
  }),
);

const trafficBurst = note(
  "bytraffic-catches-up",
  "a member that comes back takes all requests until its bytes have caught up",
  perBalancer((balancer, subject) => {
    if (balancer.lbmethod !== "bytraffic" || workingMembers(balancer).length < 2) return [];
    const message = `after an outage a member of ${balancer.name} gets one request after the other until its traffic equals the others'`;
    const hint = "byrequests and bybusyness have no such burst";
    return [{ message, hint, position: whereSet(subject, balancer, "lbmethod") }];
  }),
);

const lbsetOverflow = note(
  "lbset-is-no-overflow",
  "a higher lbset is used only when the lower one has no usable member at all",
  perBalancer(({ name, members }) => {
    const lowest = Math.min(...members.map((m) => m.lbset));
    const higher = members.filter((m) => m.lbset > lowest);
    const first = higher[0];
    if (first === undefined) return [];
    const message = `lbset ${first.lbset} of ${name} (${names(higher)}) gets nothing while one member of lbset ${lowest} is usable, however busy`;
    return [{ message, hint: null, position: first.position }];
  }),
);

const standbyWaits = note(
  "standby-waits-for-all",
  "a hot standby takes over only when no member of its set is left",
  perBalancer((balancer) => {
    const standby = balancer.members.find((m) => hasFlag(m, "H") && !hasFlag(m, "R"));
    if (standby === undefined) return [];
    const others = workingMembers(balancer).filter((m) => m.lbset === standby.lbset);
    if (others.length < 2) return [];
    const message = `${standby.url} (status=+H) is used only when all of ${names(others)} are out, not when one is`;
    return [{ message, hint: "a member that replaces each missing one is status=+R", position: standby.position }];
  }),
);

const standbyBeforeSet = note(
  "standby-before-next-lbset",
  "a standby of a lower lbset comes before the members of the next one",
  perBalancer(({ members }) => {
    const standby = members.find((m) => hasFlag(m, "H") && members.some((o) => o.lbset > m.lbset && !hasFlag(o, "HR")));
    if (standby === undefined) return [];
    const message = `${standby.url} (standby of lbset ${standby.lbset}) is used before any member of a higher lbset`;
    return [
      { message, hint: "give it the highest lbset if it is meant as the last resort", position: standby.position },
    ];
  }),
);

export const LBMETHODS: readonly Diagnostic[] = [
  busynessWeights,
  heartbeatSettings,
  heartbeatStorage,
  heartbeatNames,
  trafficSteps,
  trafficBurst,
  lbsetOverflow,
  standbyWaits,
  standbyBeforeSet,
];
