import type { ElectionIntent, GroupIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { stickyCookie } from "../../shared/sticky-cookie.ts";
import { writeMembers } from "./write-members.ts";

const SECOND_US = 1_000_000;

/** Which of httpd's four methods comes nearest. */
export function lbmethodOf(election: ElectionIntent): "byrequests" | "bytraffic" | "bybusyness" | "heartbeat" {
  switch (election.kind) {
    case "bytes":
      return "bytraffic";
    case "connections":
    case "response-time":
      return "bybusyness";
    case "reported-load":
      return "heartbeat";
    default:
      return election.kind === "random" && election.draws > 1 ? "bybusyness" : "byrequests";
  }
}

/** A `<Proxy balancer://…>` section. */
export function writeBalancer(group: GroupIntent, text: ConfigurationText): void {
  text.line(1, `<Proxy balancer://${group.name}>`);
  writeMembers(group, text);
  remarkElection(group, text);
  text.line(2, `ProxySet lbmethod=${lbmethodOf(group.election)}`);
  writeStickiness(group, text);
  writeFailover(group, text);
  text.line(1, "</Proxy>");
  text.line(1, "");
}

function remarkElection({ election, members, position }: GroupIntent, text: ConfigurationText): void {
  const say = (why: string): void => text.remark(2, "election", `${election.words}: ${why}`, position);
  switch (election.kind) {
    case "requests":
      if (new Set(members.map(({ weight }) => weight)).size > 1)
        text.remark(
          2,
          "order",
          `${election.words}: the shares are kept, but byrequests mixes unequal weights in another order`,
          position,
        );
      return;
    case "connections":
      if (election.weighted)
        say("in bybusyness loadfactor only breaks ties, it does not divide the requests in flight");
      return;
    case "random":
      say(
        election.draws > 1
          ? "httpd draws no lots; bybusyness compares all members instead"
          : "httpd draws no lots; byrequests gives the same shares in turn",
      );
      return;
    case "first":
      say("httpd has no such method; byrequests shares among all (lbset makes an order of preference)");
      return;
    case "hash":
      say(
        "httpd hashes nothing, so the same key goes to any member; stickysession keeps sessions together if the application names its route",
      );
      return;
    case "response-time":
      say("httpd has no method by response times; bybusyness sends less to slow members");
      return;
    default:
  }
}

function writeStickiness({ stickiness, failover, members }: GroupIntent, text: ConfigurationText): void {
  if (stickiness === null) return;
  const { position } = stickiness;
  const own = stickyCookie(stickiness);
  const say = (why: string): void => text.remark(2, "stickiness", why, position);
  if (own !== null && own.why !== null) text.remark(2, "sticky-cookie", own.why, position);
  if (own !== null) {
    say(
      `httpd sets the cookie with mod_headers (Header in the virtual host), as ".ROUTE": cookies of the source mean nothing to it`,
    );
    text.line(2, `ProxySet stickysession=${own.cookie}`);
  } else if (stickiness.kind === "route-suffix") {
    const { cookie, parameter } = stickiness;
    text.line(2, `ProxySet stickysession=${parameter === "" ? cookie : `${cookie}|${parameter}`}`);
  } else if (stickiness.kind === "read-cookie") {
    say(
      `httpd looks for the route behind the first "." of the value: the application has to write ${stickiness.cookie}=.ROUTE`,
    );
    text.line(2, `ProxySet stickysession=${stickiness.cookie}`);
  } else if (stickiness.kind === "table") {
    const named = stickiness.key.kind === "cookie" ? stickiness.key.name : null;
    say(
      `httpd remembers no sessions (${stickiness.words})${named === null ? ": requests of one client go to any member" : `: the application has to write the route behind its id (${named}=id.ROUTE)`}`,
    );
    if (named !== null) text.line(2, `ProxySet stickysession=${named}`);
  }
  if (failover.staysWithMember && members.some(({ route }) => route !== "")) text.line(2, "ProxySet nofailover=On");
}

function writeFailover({ failover, timeouts, members }: GroupIntent, text: ConfigurationText): void {
  const { again, attempts, elsewhere, position } = failover;
  if (attempts !== null && attempts !== members.length) text.line(2, `ProxySet maxattempts=${attempts - 1}`);
  if (!elsewhere && attempts !== 1)
    text.remark(
      2,
      "retries",
      `the source tries the same member again; httpd ${members.length > 1 ? "goes on to another one" : "has no other one, so the request fails at once"}`,
      position,
    );
  const lost = [
    ...(again.closed ? ["was closed without an answer"] : []),
    ...(again.silence ? ["got no answer in time"] : []),
    ...(again.statuses.length > 0 ? [`was answered ${again.statuses.join(", ")}`] : []),
  ];
  if (lost.length > 0 && attempts !== 1)
    text.remark(
      2,
      "retries",
      `httpd repeats a request only when no connection came about, not one that ${lost.join(" or ")}: its client gets 502 or the answer`,
      position,
    );
  const counted = [...new Set([...failover.badStatuses])];
  if (counted.length > 0) {
    text.remark(
      2,
      "bad-status",
      "one such answer takes the member out of httpd's rotation for its retry time",
      position,
    );
    text.line(2, `ProxySet failonstatus=${counted.join(",")}`);
  }
  if (failover.silenceCounts) text.line(2, "ProxySet failontimeout=On");
  if (!failover.forced) text.line(2, "ProxySet forcerecovery=Off");
  const { waitUs } = timeouts;
  if (waitUs === null || waitUs <= 0) return;
  const seconds = Math.ceil(waitUs / SECOND_US);
  if (seconds * SECOND_US !== waitUs)
    text.remark(2, "wait", `httpd waits whole seconds: ${seconds}s, not ${durationWords(waitUs)}`, position);
  text.line(2, `ProxySet timeout=${seconds}`);
}
