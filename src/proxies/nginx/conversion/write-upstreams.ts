import type { ElectionIntent, GroupIntent, MemberIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { wholeWeights } from "../../shared/whole-weights.ts";
import { isAddress, stickyPlan, upstreamOf } from "./sticky-plan.ts";

const LARGEST_WEIGHT = 65_535;
const DEFAULT_MAX_FAILS = 1;
const DEFAULT_FAIL_TIMEOUT_S = 10;
const SECOND_US = 1_000_000;

/** The upstream of a group, then one for each member that sessions can hang on, with the others behind it. */
export function writeUpstreams(group: GroupIntent, text: ConfigurationText): void {
  const { name, members, failover } = group;
  const plan = stickyPlan(group);
  text.line(1, `upstream ${name} {`);
  text.line(2, `zone ${name} 128k;`);
  const takesBackups = writeMethod(group, plan.kind === "address", text);
  writeServers(group, takesBackups, text);
  if (group.keepsConnections) text.line(2, "keepalive 32;");
  text.line(1, "}");
  text.line(0, "");
  if (plan.kind !== "map") return;
  const weights = wholeWeights(
    members.map(({ weight }) => weight),
    1,
    LARGEST_WEIGHT,
  ).weights;
  if (failover.staysWithMember)
    text.comment(1, "A session whose member is out gets an error, so no other server stands behind its own.");
  for (const own of plan.members) {
    text.line(1, `upstream ${upstreamOf(group, own)} {`);
    text.line(2, `zone ${upstreamOf(group, own)} 64k;`);
    text.line(2, `${serverWords(own, 1)};`);
    for (const [i, other] of members.entries())
      if (other !== own && !failover.staysWithMember && other.state === "in-service")
        text.line(2, `${serverWords(other, weights[i] ?? 1)} backup;`);
    if (group.keepsConnections) text.line(2, "keepalive 32;");
    text.line(1, "}");
    text.line(0, "");
  }
}

/** Writes the method; answers whether `backup` may stand beside it. */
function writeMethod(group: GroupIntent, byAddress: boolean, text: ConfigurationText): boolean {
  const { election, stickiness } = group;
  if (byAddress) {
    text.remark(
      2,
      "stickiness",
      `open-source nginx 1.22 remembers no sessions (${stickiness?.kind === "table" ? stickiness.words : "cookie"}): requests are kept together by the client's address, so clients behind one address share a member`,
      stickiness?.position ?? null,
    );
    text.line(2, "hash $remote_addr consistent;");
    return false;
  }
  const directive = methodOf(election, group, text);
  if (directive !== "") text.line(2, `${directive};`);
  return directive === "" || directive === "least_conn";
}

function methodOf(election: ElectionIntent, group: GroupIntent, text: ConfigurationText): string {
  const { position } = group;
  const say = (why: string): void => text.remark(2, "election", `${election.words}: ${why}`, position);
  switch (election.kind) {
    case "requests": {
      const isUneven = new Set(group.members.map(({ weight }) => weight)).size > 1;
      if (isUneven && election.words !== "byrequests")
        text.remark(
          2,
          "order",
          `${election.words}: the shares are kept, but nginx mixes unequal weights smoothly, in another order`,
          position,
        );
      return "";
    }
    case "connections":
      if (!election.weighted)
        say("nginx's least_conn divides the requests in flight by the weight, the source does not");
      return "least_conn";
    case "random":
      if (election.draws > 2) say("nginx draws two members at most");
      return election.draws === 1 ? "random" : "random two least_conn";
    case "first":
      say("nginx has no such method: the first member is asked, and the others only when it is out (backup)");
      return "";
    case "hash":
      return hashOf(election, say);
    default:
      say(`open-source nginx 1.22 has no twin; least_conn follows the load most nearly`);
      return "least_conn";
  }
}

function hashOf(election: Extract<ElectionIntent, { kind: "hash" }>, say: (why: string) => void): string {
  const { key, consistent } = election;
  const ending = consistent ? " consistent" : "";
  say("the same key goes to the same member again, but to another one than before: the hash functions differ");
  switch (key.kind) {
    case "address":
      return `hash $remote_addr${ending}`;
    case "uri":
      return `hash ${key.query ? "$request_uri" : "$uri"}${ending}`;
    case "cookie":
      return `hash $cookie_${key.name.replace(/\W/g, "_")}${ending}`;
    case "header":
      return `hash $http_${key.name.toLowerCase().replaceAll(/\W/g, "_")}${ending}`;
    case "parameter":
      return `hash $arg_${key.name.replace(/\W/g, "_")}${ending}`;
    default:
      say(`nginx has no name for ${key.text}; the client's address is hashed instead`);
      return `hash $remote_addr${ending}`;
  }
}

function writeServers(group: GroupIntent, takesBackups: boolean, text: ConfigurationText): void {
  const { members, election, position } = group;
  const { weights, exact } = wholeWeights(
    members.map(({ weight }) => weight),
    1,
    LARGEST_WEIGHT,
  );
  if (!exact) text.remark(2, "weights", "nginx takes whole weights: the ratios are rounded", position);
  if (new Set(members.map(({ tier }) => tier)).size > 2)
    text.remark(
      2,
      "backup",
      "nginx has two tiers: all members of the lower ones are balanced together as backup",
      position,
    );
  writeGroupRemarks(group, text);
  const first = members.find(({ tier, state }) => tier === 0 && state === "in-service");
  for (const [i, member] of members.entries()) {
    const waits = member.tier > 0 || member.isSpare || (election.kind === "first" && member !== first);
    let ending = member.state === "in-service" ? "" : " down";
    if (waits && takesBackups) ending = ` backup${ending}`;
    else if (waits) {
      text.remark(
        2,
        "backup",
        "nginx refuses backup beside this method: the member is written as down; take that away to use it",
        member.position,
      );
      ending = " down";
    }
    if (member.state === "draining")
      text.remark(
        2,
        "state",
        "open-source nginx 1.22 can't drain: with down its sessions move at once",
        member.position,
      );
    if (member.isSpare)
      text.remark(
        2,
        "backup",
        "a spare steps in for one failed member; nginx uses a backup when all others are out",
        member.position,
      );
    if (member.slowStartUs > 0)
      text.remark(
        2,
        "slow-start",
        `slow_start is NGINX Plus only: a member that returns gets its whole share at once, not over ${durationWords(member.slowStartUs)}`,
        member.position,
      );
    if (!isAddress(member.host) && /^[\d.]+$/.test(member.host)) {
      text.remark(
        2,
        "address",
        `${member.host} is no IPv4 address, so nginx takes it for a name and would not start; resolve (nginx 1.27.3, with a resolver) lets it`,
        member.position,
      );
      ending = ` resolve${ending}`;
    }
    text.line(2, `${serverWords(member, weights[i] ?? 1)}${ending};`);
  }
}

/** What holds for all members of the group, said once. */
function writeGroupRemarks(group: GroupIntent, text: ConfigurationText): void {
  const { members, failover, timeouts, position } = group;
  const checked = members.find(({ check }) => check !== null);
  if (checked !== undefined)
    text.remark(
      2,
      "health-check",
      "open-source nginx makes no health checks (health_check is NGINX Plus): members are found out by failed requests alone",
      checked.position,
    );
  else if (members.some(({ out }) => out !== null))
    text.comment(2, "A member is out after max_fails failures for fail_timeout, then one request tries it.");
  if (failover.forced && members.some(({ out }) => out !== null))
    text.remark(
      2,
      "out-rule",
      "when all members are out the source tries them all again; nginx answers 502 until fail_timeout is over",
      failover.position,
    );
  if (members.some(({ mostConnections }) => mostConnections > 0) || (timeouts.waitUs ?? 1) > 0)
    text.remark(
      2,
      "wait",
      "requests that find no free member do not wait (queue is NGINX Plus): they get 502 at once",
      position,
    );
}

function serverWords(member: MemberIntent, weight: number): string {
  const { host, port, out, check, mostConnections } = member;
  const words = [`server ${host.includes(":") ? `[${host}]` : host}:${port}`];
  if (weight !== 1) words.push(`weight=${weight}`);
  if (out === null && check === null) words.push("max_fails=0");
  const seconds = out === null ? DEFAULT_FAIL_TIMEOUT_S : Math.ceil(out.forUs / SECOND_US);
  if (out !== null && out.afterFails !== DEFAULT_MAX_FAILS) words.push(`max_fails=${out.afterFails}`);
  if (seconds !== DEFAULT_FAIL_TIMEOUT_S) words.push(`fail_timeout=${seconds}s`);
  if (mostConnections > 0) words.push(`max_conns=${mostConnections}`);
  return words.join(" ");
}
