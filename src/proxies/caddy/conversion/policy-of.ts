import type { GroupIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { stickyCookie } from "../../shared/sticky-cookie.ts";

const OWN_COOKIE = "lb";

/** Arguments of lb_policy; Caddy has one policy for stickiness and election together. */
export function policyOf(group: GroupIntent, text: ConfigurationText): string {
  return stickyPolicy(group, text) ?? electionPolicy(group, text);
}

function stickyPolicy(
  { stickiness, election, members, failover }: GroupIntent,
  text: ConfigurationText,
): string | null {
  if (stickiness === null) return null;
  const { position } = stickiness;
  const say = (why: string): void => text.remark(4, "stickiness", why, position);
  if (failover.staysWithMember)
    text.remark(
      4,
      "nofailover",
      "the source answers 503 when the member of a session is out; Caddy elects another one",
      failover.position,
    );
  const lost = election.kind === "random" ? "" : `; sessions begin on a member by chance, not by ${election.words}`;
  switch (stickiness.kind) {
    case "table":
      if (stickiness.key.kind === "header") return `header ${stickiness.key.name}`;
      say(`Caddy remembers no sessions (${stickiness.words}): the client's address is hashed${lost}`);
      return "ip_hash";
    case "route-suffix":
      if (members.every(({ route }) => route === "")) return null;
      say(
        `Caddy does not read the route behind "${stickiness.separator}" in ${stickiness.cookie}: it sets a cookie of its own, ${OWN_COOKIE}${lost}`,
      );
      return `cookie ${OWN_COOKIE}`;
    case "read-cookie":
      say(`Caddy does not read ${stickiness.cookie}: it sets a cookie of its own, ${OWN_COOKIE}${lost}`);
      return `cookie ${OWN_COOKIE}`;
    default: {
      const own = stickyCookie(stickiness);
      if (own !== null && own.why !== null) text.remark(4, "sticky-cookie", own.why, position);
      say(`the value of Caddy's cookie is a hash of the address, so clients are balanced anew once${lost}`);
      return `cookie ${own?.cookie ?? OWN_COOKIE}`;
    }
  }
}

function electionPolicy({ election, members, position }: GroupIntent, text: ConfigurationText): string {
  const say = (why: string): void => text.remark(4, "election", `${election.words}: ${why}`, position);
  switch (election.kind) {
    case "requests":
      if (members.length > 1)
        text.remark(
          4,
          "order",
          `${election.words}: Caddy's round_robin begins with the second address, and steps over members that are out`,
          position,
        );
      return "round_robin";
    case "connections":
      if (election.weighted) say("Caddy's least_conn knows no weights and breaks ties by chance");
      return "least_conn";
    case "random":
      return election.draws > 1 ? `random_choose ${election.draws}` : "random";
    case "first":
      return "first";
    case "bytes":
      say("Caddy has no method by bytes");
      return "round_robin";
    case "response-time":
      say("Caddy has no method by response times; least_conn sends less to slow members");
      return "least_conn";
    case "reported-load":
      say("Caddy hears no load reports");
      return "least_conn";
    default:
  }
  say("the same key goes to the same member again, but to another one than before: the hash functions differ");
  switch (election.key.kind) {
    case "address":
      return "ip_hash";
    case "uri":
      if (!election.key.query) say("the arguments are hashed too");
      return "uri_hash";
    case "header":
      return `header ${election.key.name}`;
    case "cookie":
      say(`Caddy 2.6.2 can't hash one cookie: it sets a cookie of its own, ${OWN_COOKIE}`);
      return `cookie ${OWN_COOKIE}`;
    case "parameter":
      say(`Caddy 2.6.2 can't hash one parameter: the whole URI is hashed (from 2.7 on: query ${election.key.name})`);
      return "uri_hash";
    default:
      say(`Caddy has no name for ${election.key.text}; the client's address is hashed instead`);
      return "ip_hash";
  }
}
