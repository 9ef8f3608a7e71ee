import type { CheckIntent, GroupIntent, MemberIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { wholeWeights } from "../../shared/whole-weights.ts";
import { setsServerCookies } from "./write-stickiness.ts";

const LARGEST_WEIGHT = 256;
const SHORTEST_CHECK_US = 1_000_000;

/** The health check of a backend and its server lines. */
export function writeServers(group: GroupIntent, text: ConfigurationText): void {
  const { members, position } = group;
  const check = members.find((member) => member.check !== null)?.check ?? null;
  if (check !== null) writeCheck(check, group, text);
  else if (members.some(({ out }) => out !== null))
    text.remark(
      1,
      "out-rule",
      "the source leaves a member out after failed requests and tries it again with a request; HAProxy brings it back by a check, so each server is checked as often as the source would try it",
      members.find(({ out }) => out !== null)?.position ?? position,
    );
  if (group.failover.badStatuses.length > 0)
    text.remark(
      1,
      "bad-status",
      `the source counts answers ${group.failover.badStatuses.join(", ")} as failures; observe layer7 counts 5xx except 501 and 505`,
      group.failover.position,
    );
  writeTiers(group, text);
  const { weights, exact } = wholeWeights(
    members.map(({ weight }) => weight),
    1,
    LARGEST_WEIGHT,
  );
  if (!exact)
    text.remark(1, "weights", `HAProxy takes whole weights up to ${LARGEST_WEIGHT}: the ratios are rounded`, position);
  for (const [i, member] of members.entries()) {
    if (/^[\d.]+$/.test(member.host) && !isIpv4(member.host))
      text.remark(
        1,
        "address",
        `${member.host} is no IPv4 address and will not resolve: init-addr none lets HAProxy start without it`,
        member.position,
      );
    text.line(1, serverLine(member, weights[i] ?? 1, group));
  }
}

function isIpv4(host: string): boolean {
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => part !== "" && Number(part) <= 255);
}

function writeCheck(check: CheckIntent, { position }: GroupIntent, text: ConfigurationText): void {
  if (check.kind === "tcp") return;
  text.line(1, `option httpchk ${check.method} ${check.uri}`);
  const classes = check.statuses.map((status) => (status.endsWith("xx") ? `${status[0]}00-${status[0]}99` : status));
  if (classes.length > 0) text.line(1, `http-check expect status ${classes.join(",")}`);
  if (check.timeoutUs !== null) text.line(1, `timeout check ${durationWords(check.timeoutUs)}`);
  if (check.fall > 1 || check.rise > 1)
    text.remark(
      1,
      "health-check",
      "HAProxy counts checks in a row, and one failed check takes a server out that has just started",
      position,
    );
}

function writeTiers({ members, position }: GroupIntent, text: ConfigurationText): void {
  const tiers = new Set(members.map(({ tier }) => tier)).size;
  const backups = members.filter(({ tier, isSpare }) => tier > 0 || isSpare).length;
  const spare = members.find(({ isSpare }) => isSpare);
  if (spare !== undefined)
    text.remark(
      1,
      "backup",
      "a spare steps in for one failed member; HAProxy uses a backup when all others are out",
      spare.position,
    );
  // Without allbackups backups are used one by one, which is what tiers of one member each mean.
  const oneByOne = tiers - 1 === backups;
  if (tiers > 2 && !oneByOne)
    text.remark(
      1,
      "backup",
      "HAProxy has two tiers: all members of the lower ones are balanced together as backup",
      position,
    );
  if (backups > 1 && !oneByOne) text.line(1, "option allbackups");
}

function serverLine(member: MemberIntent, weight: number, group: GroupIntent): string {
  const { host, port, name, state } = member;
  const words = [`server ${name} ${host.includes(":") ? `[${host}]` : host}:${port}`];
  const shown = state === "draining" ? 0 : weight;
  if (shown !== 1) words.push(`weight ${shown}`);
  if (setsServerCookies(group.stickiness)) words.push(`cookie ${member.route === "" ? name : member.route}`);
  if (group.tls) words.push("ssl verify none");
  if (member.mostConnections > 0) words.push(`maxconn ${member.mostConnections}`);
  words.push(...checkWords(member, group));
  if (member.slowStartUs > 0) words.push(`slowstart ${durationWords(member.slowStartUs)}`);
  if (/^[\d.]+$/.test(host) && !isIpv4(host)) words.push("init-addr none");
  if (member.tier > 0 || member.isSpare) words.push("backup");
  if (state === "disabled") words.push("disabled");
  return words.join(" ");
}

/** Checks as in the source; without any those that stand for its retry window: out after so many failures, back at the first good check. */
function checkWords({ check, out }: MemberIntent, { failover }: GroupIntent): readonly string[] {
  const layer = failover.badStatuses.length > 0 ? "layer7" : "layer4";
  const observe =
    out === null ? [] : [`observe ${layer} error-limit ${Math.max(1, out.afterFails)} on-error mark-down`];
  if (check !== null)
    return [`check inter ${durationWords(check.intervalUs)} rise ${check.rise} fall ${check.fall}`, ...observe];
  if (out === null) return [];
  return [`check inter ${durationWords(Math.max(SHORTEST_CHECK_US, out.forUs))} rise 1 fall 1`, ...observe];
}
