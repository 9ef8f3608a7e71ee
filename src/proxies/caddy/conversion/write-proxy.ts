import type { GroupIntent, HeaderIntent, MemberIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { wholeWeights } from "../../shared/whole-weights.ts";
import { inQuotes } from "./in-quotes.ts";
import { policyOf } from "./policy-of.ts";
import { spreadByWeight } from "./spread-by-weight.ts";

/** More repetitions than this make no readable file. */
const LONGEST_LIST = 64;
const DEFAULT_DIAL_US = 3_000_000;

/** A reverse_proxy block. */
export function writeProxy(group: GroupIntent, text: ConfigurationText): void {
  text.line(3, "reverse_proxy {");
  const policy = policyOf(group, text);
  for (const address of upstreams(group, policy, text)) text.line(4, `to ${address}`);
  text.line(4, `lb_policy ${policy}`);
  writeRetries(group, text);
  writePassive(group, text);
  writeActive(group, text);
  writeHeaders(group, text);
  writeTransport(group, text);
  text.line(3, "}");
}

function addressOf({ host, port }: MemberIntent): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The addresses, each as often as its weight says where the policy goes through the list. */
function upstreams(group: GroupIntent, policy: string, text: ConfigurationText): readonly string[] {
  const { members, position } = group;
  const shown = members.filter(({ state }) => state === "in-service");
  for (const member of members)
    if (member.state !== "in-service")
      text.remark(
        4,
        "state",
        `${addressOf(member)} is left out: it is ${member.state} in the source, which Caddy can't say`,
        member.position,
      );
  writeTierRemarks(shown, policy, text);
  const inOrder = policy === "first" ? [...shown].sort((a, b) => a.tier - b.tier) : shown;
  const addresses = inOrder.map(addressOf);
  const { weights } = wholeWeights(
    inOrder.map(({ weight }) => weight),
    1,
    LONGEST_LIST,
  );
  if (new Set(weights).size < 2) return addresses;
  const smallest = smallestRatios(weights);
  const repeats = policy === "round_robin" || policy === "random";
  const total = smallest.reduce((sum, weight) => sum + weight, 0);
  if (!repeats || total > LONGEST_LIST) {
    const why = repeats ? "they are too large to repeat addresses" : `${policy} looks at none`;
    text.remark(4, "weights", `Caddy 2.6.2 has no weights, and ${why}: all members count the same`, position);
    return addresses;
  }
  text.remark(
    4,
    "weights",
    "Caddy 2.6.2 has no weights: addresses stand here several times (from 2.7 on: lb_policy weighted_round_robin)",
    position,
  );
  return spreadByWeight(smallest).map((i) => addresses[i] ?? "");
}

function smallestRatios(weights: readonly number[]): readonly number[] {
  const divisor = weights.reduce((a, b) => {
    let [x, y] = [a, b];
    while (y !== 0) [x, y] = [y, x % y];
    return x;
  }, 0);
  return weights.map((weight) => weight / (divisor || 1));
}

function writeTierRemarks(members: readonly MemberIntent[], policy: string, text: ConfigurationText): void {
  for (const member of members) {
    if (member.slowStartUs > 0)
      text.remark(
        4,
        "slow-start",
        "Caddy has no slow start: a member that returns gets its whole share at once",
        member.position,
      );
    if ((member.tier === 0 && !member.isSpare) || policy === "first") continue;
    text.remark(
      4,
      "backup",
      `Caddy has no backups: ${addressOf(member)} takes requests like the others (take it out to keep it in reserve, or use lb_policy first, which sends everything to the first)`,
      member.position,
    );
  }
}

function writeRetries({ failover, members, timeouts, position }: GroupIntent, text: ConfigurationText): void {
  const { again, attempts, elsewhere } = failover;
  const tries = attempts ?? members.filter(({ state }) => state === "in-service").length;
  if (tries > 1) {
    if (!elsewhere)
      text.remark(4, "retries", "the source tries the same member again; Caddy elects anew", failover.position);
    if (!again.closed || !again.silence)
      text.remark(
        4,
        "retries",
        "Caddy repeats GET also when the member broke off or was silent after the connection stood; the source does not",
        failover.position,
      );
    if (again.unsafe)
      text.remark(
        4,
        "retries",
        "Caddy repeats only GET once a connection stood, and no request with a body (2.6.2)",
        failover.position,
      );
    if (again.statuses.length > 0)
      text.remark(
        4,
        "retries",
        `Caddy never repeats a request that was answered (${again.statuses.join(", ")} in the source)`,
        failover.position,
      );
    text.line(4, `lb_retries ${tries - 1}`);
  }
  if (timeouts.waitUs === null || timeouts.waitUs > 0)
    text.remark(
      4,
      "wait",
      "requests that find no free member get 503 at once; lb_try_duration would let them wait, but would also go on retrying dead members",
      position,
    );
}

function writePassive({ members, failover, position }: GroupIntent, text: ConfigurationText): void {
  const out = members.find((member) => member.out !== null)?.out ?? null;
  const limit = members.find(({ mostConnections }) => mostConnections > 0)?.mostConnections ?? 0;
  if (members.some((member) => member.out?.forUs !== out?.forUs || member.out?.afterFails !== out?.afterFails))
    text.remark(
      4,
      "out-rule",
      "Caddy has one rule for all members: the one of the first member that has any",
      position,
    );
  if (limit > 0) {
    text.remark(
      4,
      "limits",
      "a full member is passed over, nobody waits for it; one limit holds for all members",
      position,
    );
    text.line(4, `unhealthy_request_count ${limit}`);
  }
  if (out === null) {
    // Without max_fails any other passive option would make every upstream unavailable (spec/caddy.md 7, no. 3).
    if (limit > 0) text.line(4, "max_fails 1");
    return;
  }
  text.remark(
    4,
    "out-rule",
    "Caddy's failures expire one by one after fail_duration, then the member gets its whole share again, without a request that tries it",
    position,
  );
  if (failover.forced)
    text.remark(
      4,
      "out-rule",
      "when all members are out the source tries them all again; Caddy answers 503",
      failover.position,
    );
  text.line(4, `fail_duration ${durationWords(Math.max(1, out.forUs))}`);
  text.line(4, `max_fails ${Math.max(1, out.afterFails)}`);
  if (failover.badStatuses.length > 0) text.line(4, `unhealthy_status ${failover.badStatuses.join(" ")}`);
}

function writeActive({ members, position }: GroupIntent, text: ConfigurationText): void {
  const check = members.find((member) => member.check !== null)?.check ?? null;
  if (check === null) return;
  if (check.kind === "tcp")
    text.remark(4, "health-check", "Caddy checks with GET only; the source only connects", position);
  else if (check.method !== "GET")
    text.remark(4, "health-check", `Caddy checks with GET; the source with ${check.method}`, position);
  if (check.rise > 1 || check.fall > 1)
    text.remark(
      4,
      "health-check",
      `in Caddy 2.6.2 one bad check takes a member out and one good one brings it back (${check.fall} and ${check.rise} in the source)`,
      position,
    );
  text.line(4, `health_uri ${inQuotes(check.uri)}`);
  text.line(4, `health_interval ${durationWords(check.intervalUs)}`);
  if (check.timeoutUs !== null) text.line(4, `health_timeout ${durationWords(check.timeoutUs)}`);
  const [status] = check.statuses;
  if (check.statuses.length === 1 && status !== undefined && /^\d(?:\d\d|xx)$/.test(status))
    text.line(4, `health_status ${status}`);
  else if (check.statuses.length > 0)
    text.remark(
      4,
      "health-check",
      `Caddy can expect one status or class; the source expects ${check.statuses.join(", ")}`,
      position,
    );
}

function writeHeaders(group: GroupIntent, text: ConfigurationText): void {
  if (group.host === "of-member") text.line(4, "header_up Host {upstream_hostport}");
  if (group.host === "of-group")
    text.remark(
      4,
      "host-header",
      "the source sends the upstream's name as Host; Caddy passes the client's Host on",
      group.position,
    );
  if (!group.forwardedFor) text.line(4, "header_up -X-Forwarded-For");
  for (const header of group.headers) {
    const { name, value, position } = header;
    if (typeof value === "string" && value.includes("{"))
      text.remark(4, "left-out", `the header ${name}: "{" begins a placeholder in Caddy`, position);
    else text.line(4, value === "" ? `header_up -${name}` : `header_up ${name} ${headerValue(header)}`);
  }
}

function headerValue({ value }: HeaderIntent): string {
  if (typeof value === "string") return inQuotes(value);
  return value.fact === "client-address" ? "{remote_host}" : value.fact === "scheme" ? "{scheme}" : "{host}";
}

function writeTransport({ timeouts, tls, keepsConnections, position }: GroupIntent, text: ConfigurationText): void {
  const { connectUs, silenceUs } = timeouts;
  if (connectUs === null)
    text.remark(4, "timeouts", "the source sets no limit for connecting; Caddy gives up after 3 s", position);
  text.line(4, "transport http {");
  if (connectUs !== null && connectUs !== DEFAULT_DIAL_US) text.line(5, `dial_timeout ${durationWords(connectUs)}`);
  if (silenceUs !== null) text.line(5, `response_header_timeout ${durationWords(silenceUs)}`);
  if (tls) {
    text.remark(
      5,
      "certificate",
      "Caddy verifies the certificates of members, and fails where they are not trusted",
      position,
    );
    text.line(5, "tls");
  }
  if (!keepsConnections) text.line(5, "keepalive off");
  text.line(4, "}");
}
