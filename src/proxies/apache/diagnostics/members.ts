import { note, warning } from "../../shared/diagnostic.ts";
import type { ApacheConfig, MemberConfig } from "../config/apache-config.ts";
import { type Diagnostic, perBalancer, perParameter } from "./diagnostic.ts";

function allMembers(config: ApacheConfig): readonly MemberConfig[] {
  return [...config.balancers.flatMap((b) => b.members), ...config.workers];
}

const noAddress: Diagnostic = warning(
  "no-such-address",
  "a host that looks like an IPv4 address but is none",
  ({ config }) =>
    allMembers(config).flatMap((m) => {
      const numbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(m.host)?.slice(1).map(Number);
      if (numbers === undefined || numbers.every((n) => n <= 255)) return [];
      const message = `${m.host} is no IPv4 address (no part may exceed 255): httpd takes it as a host name, loads, and answers 500 when it can't resolve it`;
      const hint = "lbsim simulates it as a backend of its own under exactly this name";
      return [{ message, hint, position: m.position }];
    }),
);

const shared: Diagnostic = warning(
  "member-line-shared",
  "a BalancerMember line adds no member because an earlier one stands for its URL",
  ({ sharedMembers }) =>
    sharedMembers.map(({ url, taken, position }) => ({
      message: `BalancerMember ${url} adds nothing: the member ${taken} stands for it, and its parameters count`,
      hint: "a URL stands for all URLs that begin with it; list each backend once",
      position,
    })),
);

const SCHEMES = ["http", "https", "ws", "wss"];

const unmodelledScheme: Diagnostic = warning(
  "unmodelled-scheme",
  "members of this protocol are simulated as if they spoke HTTP/1.1",
  ({ config }) =>
    allMembers(config)
      .filter((m) => !SCHEMES.includes(m.scheme))
      .map((m) => ({
        message: `${m.url}: ${m.scheme} is not modelled; lbsim treats the member as an HTTP/1.1 one`,
        hint: "selection, sessions and weights are the same, failures in mid-exchange may differ",
        position: m.position,
      })),
);

const sslEngine: Diagnostic = warning(
  "https-without-sslproxyengine",
  "https members can't be reached without SSLProxyEngine on",
  ({ config }) => {
    const engines = config.servers.filter((s) => s.passRules.length + s.locations.length > 0);
    if (engines.length === 0 || engines.every((s) => s.sslProxyEngine)) return [];
    return allMembers(config)
      .filter((m) => m.scheme === "https" || m.scheme === "wss")
      .map((m) => ({
        message: `${m.url} needs SSLProxyEngine on in the server that proxies to it: without it every request fails`,
        hint: "add SSLProxyEngine on to the virtual host",
        position: m.position,
      }));
  },
);

const noMembers: Diagnostic = warning(
  "balancer-without-members",
  "a balancer has no members, every request to it gets 503",
  perBalancer(({ name, members, position, defined }) => {
    if (members.length > 0) return [];
    const message = defined
      ? `balancer ${name} has no members: every request to it gets 503`
      : `balancer ${name} is named by ProxyPass but has no member: every request to it gets 503`;
    const hint = `add BalancerMember lines to <Proxy balancer://${name}>, or mend the name`;
    return [{ message, hint, position }];
  }),
);

const plainParameters: Diagnostic = warning(
  "direct-worker-parameter",
  "a parameter that only means something for balancer members stands on a ProxyPass to one URL",
  perParameter(["retry", "loadfactor", "lbset", "route", "redirect", "status"], (use) => {
    if (use.owner !== "worker") return null;
    const message = `${use.key}=${use.value} does nothing for ${use.name}: a ProxyPass to one URL has no error state and no alternatives`;
    return { message, hint: "make it a balancer with BalancerMember lines", position: use.position };
  }),
);

const statusLost: Diagnostic = note(
  "websocket-scheme",
  "ws:// members serve WebSockets and nothing else well",
  perBalancer(({ members }) => {
    const first = members.find((m) => m.scheme === "ws" || m.scheme === "wss");
    if (first === undefined) return [];
    const message = `${first.url}: since httpd 2.4.47 an http member with upgrade=websocket serves plain requests and WebSockets alike`;
    const hint = `write ${first.url.replace(/^ws/, "http")} upgrade=websocket`;
    return [{ message, hint, position: first.position }];
  }),
);

export const MEMBERS: readonly Diagnostic[] = [
  noAddress,
  shared,
  unmodelledScheme,
  sslEngine,
  noMembers,
  plainParameters,
  statusLost,
];
