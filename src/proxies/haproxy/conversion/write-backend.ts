import type { BalancingIntent, ElectionIntent, GroupIntent, HeaderIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { inQuotes } from "./in-quotes.ts";
import { writeServers } from "./write-servers.ts";
import { writeStickiness } from "./write-stickiness.ts";

/** Statuses that retry-on can name. */
const RETRY_STATUSES = [401, 403, 404, 408, 425, 429, 500, 501, 502, 503, 504];

/** A backend section. */
export function writeBackend(group: GroupIntent, intent: BalancingIntent, text: ConfigurationText): void {
  text.line(0, `backend ${group.name}`);
  for (const line of balanceLines(group, text)) text.line(1, line);
  writeStickiness(group, text);
  writeRewrites(group, intent, text);
  writeHeaders(group, text);
  writeTimeouts(group, text);
  writeRetries(group, text);
  writeServers(group, text);
  text.line(0, "");
}

function balanceLines(group: GroupIntent, text: ConfigurationText): readonly string[] {
  const { election, position, members } = group;
  const say = (why: string): void => text.remark(1, "election", `${election.words}: ${why}`, position);
  switch (election.kind) {
    case "requests":
      if (new Set(members.map(({ weight }) => weight)).size > 1)
        text.remark(
          1,
          "order",
          `${election.words}: the shares are kept, but HAProxy's roundrobin mixes unequal weights in another order (5, 1, 1 gives 1 1 1 2 1 1 3)`,
          position,
        );
      return ["balance roundrobin"];
    case "connections":
      if (!election.weighted)
        say(
          "HAProxy's leastconn divides the requests in flight by the weight, the source does not; servers without any take turns whatever their weight",
        );
      return ["balance leastconn"];
    case "random":
      return [`balance random(${election.draws})`];
    case "first":
      if (members.every(({ mostConnections }) => mostConnections === 0))
        say("HAProxy's first fills a server up to its maxconn; without one the first server takes everything");
      return ["balance first"];
    case "hash":
      return hashLines(election, say);
    case "bytes":
      say("HAProxy has no method by bytes; roundrobin keeps the shares of requests");
      return ["balance roundrobin"];
    case "response-time":
      say("HAProxy has no method by response times; leastconn sends less to slow servers");
      return ["balance leastconn"];
    default:
      say("HAProxy has no heartbeat; an agent-check beside each server can report weights");
      return ["balance leastconn"];
  }
}

function hashLines(election: Extract<ElectionIntent, { kind: "hash" }>, say: (why: string) => void): readonly string[] {
  const { key, consistent } = election;
  const ending = consistent ? ["hash-type consistent"] : [];
  say("the same key goes to the same member again, but to another one than before: the hash functions differ");
  switch (key.kind) {
    case "address":
      return ["balance source", ...ending];
    case "uri":
      return [key.query ? "balance uri whole" : "balance uri", ...ending];
    case "cookie":
      return [`balance hash req.cook(${key.name})`, ...ending];
    case "header":
      return [`balance hdr(${key.name})`, ...ending];
    case "parameter":
      return [`balance url_param ${key.name}`, ...ending];
    default:
      say(`HAProxy has no name for ${key.text}; the client's address is hashed instead`);
      return ["balance source", ...ending];
  }
}

/** What takes the place of the matched prefix; in the backend, because the frontend's rules look at the path as it came. */
function writeRewrites({ name }: GroupIntent, { sites }: BalancingIntent, text: ConfigurationText): void {
  const lines: string[] = [];
  for (const { match, to } of sites.flatMap(({ routes }) => routes)) {
    if (to.kind !== "group" || to.group !== name || to.path === null || match.kind !== "prefix") continue;
    const pattern = `^${match.path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(.*)$`;
    const line = `http-request replace-path ${inQuotes(pattern)} ${inQuotes(`${to.path.replace(/[\\%]/g, "\\$&")}\\1`)}`;
    if (!lines.includes(line)) lines.push(line);
  }
  if (lines.length > 1)
    text.comment(1, "One rule after the other: a path that one of them made must not fit the next.");
  for (const line of lines) text.line(1, line);
}

function writeHeaders(group: GroupIntent, text: ConfigurationText): void {
  if (group.host !== "of-client")
    text.remark(
      1,
      "host-header",
      `the source sends ${group.host === "of-member" ? "each member its own name" : "the upstream's name"} as Host; HAProxy passes the client's Host on`,
      group.position,
    );
  if (group.forwardedFor) text.line(1, "option forwardfor");
  if (!group.keepsConnections) text.line(1, "option http-server-close");
  for (const header of group.headers)
    text.line(
      1,
      header.value === ""
        ? `http-request del-header ${header.name}`
        : `http-request set-header ${header.name} ${headerValue(header)}`,
    );
}

function headerValue({ value }: HeaderIntent): string {
  if (typeof value === "string") return inQuotes(value.replaceAll("%", "%%"));
  const samples = { "client-address": "%[src]", scheme: "%[ssl_fc,iif(https,http)]", host: "%[req.hdr(host)]" };
  return inQuotes(samples[value.fact]);
}

function writeTimeouts({ timeouts, position }: GroupIntent, text: ConfigurationText): void {
  const { connectUs, silenceUs, waitUs } = timeouts;
  if (connectUs === null || silenceUs === null)
    text.remark(1, "timeouts", "the source sets no limit; those of the defaults section hold here", position);
  if (connectUs !== null) text.line(1, `timeout connect ${durationWords(connectUs)}`);
  if (silenceUs !== null) text.line(1, `timeout server ${durationWords(silenceUs)}`);
  if (waitUs === null || waitUs === 0) return;
  text.remark(
    1,
    "wait",
    `requests wait up to ${durationWords(waitUs)} for a free member in the source; in HAProxy only for servers with a maxconn, and get 503 at once when all are down`,
    position,
  );
  text.line(1, `timeout queue ${durationWords(waitUs)}`);
}

function writeRetries({ failover, members }: GroupIntent, text: ConfigurationText): void {
  const { again, attempts, elsewhere, staysWithMember, position } = failover;
  const tries = attempts ?? members.filter(({ state }) => state !== "disabled").length;
  text.line(1, `retries ${Math.max(0, tries - 1)}`);
  if (staysWithMember) {
    text.remark(
      1,
      "nofailover",
      "the source never moves a session, but fails other requests over; HAProxy's redispatch would do both, so it is off, and requests without a session stay on a dead server until a check finds it",
      position,
    );
    text.line(1, "option persist");
  } else if (elsewhere && tries > 1) text.line(1, "option redispatch 1");
  if (failover.forced && members.some(({ out }) => out !== null))
    text.remark(
      1,
      "out-rule",
      "when all members are out the source tries them all again; HAProxy answers 503 until a check succeeds",
      position,
    );
  const statuses = again.statuses.filter((status) => RETRY_STATUSES.includes(status));
  const words = [
    ...(again.closed ? ["empty-response"] : []),
    ...(again.silence ? ["response-timeout"] : []),
    ...statuses.map(String),
  ];
  if (words.length === 0 || tries < 2) return;
  text.line(1, `retry-on conn-failure ${words.join(" ")}`);
  if (!again.unsafe) text.line(1, "http-request disable-l7-retry if { method POST LOCK PATCH }");
}
