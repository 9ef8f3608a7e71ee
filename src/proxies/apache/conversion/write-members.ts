import type { CheckIntent, GroupIntent, MemberIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { wholeWeights } from "../../shared/whole-weights.ts";

const SECOND_US = 1_000_000;
const LARGEST_FACTOR = 100;
const DEFAULT_RETRY_S = 60;
const CHECK_METHODS = ["GET", "HEAD", "OPTIONS"];

/** BalancerMember lines, the remarks that hold for all of them first. */
export function writeMembers(group: GroupIntent, text: ConfigurationText): void {
  const { members, position, timeouts } = group;
  const factors = loadfactors(members, group, text);
  if (members.some(({ out }) => out !== null && out.afterFails > 1))
    text.remark(
      2,
      "out-rule",
      "httpd takes a member out after its first failed connection, not after several failures",
      position,
    );
  if (members.some(({ out, check }) => out === null && check === null))
    text.remark(
      2,
      "out-rule",
      "the source never leaves a member out; httpd does after a failed connection, retry=0 lets the next request try it",
      position,
    );
  if (members.some(({ out, check }) => out === null && check !== null))
    text.remark(
      2,
      "out-rule",
      "besides its checks httpd leaves a member out after a failed connection, until retry is over or a check passes",
      position,
    );
  if (members.some(({ mostConnections }) => mostConnections > 0))
    text.remark(
      2,
      "limits",
      "max is a limit of each server process, not of all together, and needs acquire to give up waiting",
      position,
    );
  if (timeouts.silenceUs === null || timeouts.connectUs === null)
    text.remark(2, "timeouts", "the source sets no limit; httpd's Timeout (60 s) holds", position);
  else if (timeouts.silenceUs % SECOND_US !== 0)
    text.remark(
      2,
      "timeouts",
      `httpd takes whole seconds: ${durationWords(timeouts.silenceUs)} is rounded up`,
      position,
    );
  if (members.some(({ check }) => check !== null && check.timeoutUs !== null))
    text.remark(
      2,
      "health-check",
      "httpd's checks have no time limit of their own: the member's timeout holds",
      position,
    );
  const slow = members.find(({ slowStartUs }) => slowStartUs > 0);
  if (slow !== undefined)
    text.remark(
      2,
      "slow-start",
      "httpd has no slow start: a member that returns gets its whole share at once",
      slow.position,
    );
  const statuses = members.find(({ check }) => check !== null && check.statuses.length > 0);
  if (statuses !== undefined)
    text.remark(
      2,
      "health-check",
      `httpd takes 2xx and 3xx as good; for ${statuses.check?.statuses.join(", ")} it needs a ProxyHCExpr`,
      statuses.position,
    );
  for (const [i, member] of members.entries()) text.line(2, memberLine(member, factors[i] ?? 1, group));
}

/** loadfactor 1 … 100 with two decimals. */
function loadfactors(
  members: readonly MemberIntent[],
  { position }: GroupIntent,
  text: ConfigurationText,
): readonly number[] {
  const wanted = members.map(({ weight }) => weight);
  if (wanted.every((weight) => weight >= 1 && weight <= LARGEST_FACTOR)) return wanted;
  const { weights } = wholeWeights(wanted, 1, LARGEST_FACTOR);
  text.remark(2, "weights", `loadfactor goes from 1 to ${LARGEST_FACTOR}: the weights are scaled`, position);
  return weights.map((weight) => Math.max(1, weight));
}

function memberLine(member: MemberIntent, factor: number, group: GroupIntent): string {
  const { host, port, route, name, out, check, tier } = member;
  const words = [`BalancerMember ${group.tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`];
  const sticky = group.stickiness !== null;
  if (route !== "" || sticky) words.push(`route=${route === "" ? name : route}`);
  if (factor !== 1) words.push(`loadfactor=${factor}`);
  const tiers = new Set(group.members.map((each) => each.tier)).size;
  if (tier > 0 && tiers > 2) words.push(`lbset=${Math.min(99, tier)}`);
  const status = [
    ...(tier > 0 && tiers <= 2 ? ["+H"] : []),
    ...(member.isSpare ? ["+R"] : []),
    ...(member.state === "disabled" ? ["+D"] : member.state === "draining" ? ["+N"] : []),
  ];
  if (status.length > 0) words.push(`status=${status.join("")}`);
  const retry = out === null ? (check === null ? 0 : DEFAULT_RETRY_S) : Math.ceil(out.forUs / SECOND_US);
  if (retry !== DEFAULT_RETRY_S) words.push(`retry=${retry}`);
  const { connectUs, silenceUs } = group.timeouts;
  if (silenceUs !== null) words.push(`timeout=${Math.max(1, Math.ceil(silenceUs / SECOND_US))}`);
  if (connectUs !== null) words.push(`connectiontimeout=${durationWords(connectUs).replace(/(\d)s$/, "$1")}`);
  if (member.mostConnections > 0) words.push(`max=${member.mostConnections}`);
  if (!group.keepsConnections) words.push("disablereuse=On");
  if (group.upgrades) words.push("upgrade=websocket");
  if (check !== null) words.push(...checkWords(check));
  return words.join(" ");
}

function checkWords({ kind, method, uri, intervalUs, rise, fall }: CheckIntent): readonly string[] {
  const isHttp = kind === "http";
  return [
    `hcmethod=${isHttp ? (CHECK_METHODS.includes(method) ? method : "GET") : "TCP"}`,
    ...(isHttp ? [`hcuri=${uri}`] : []),
    `hcinterval=${Math.max(1, Math.ceil(intervalUs / SECOND_US))}`,
    `hcpasses=${rise}`,
    `hcfails=${fall}`,
  ];
}
