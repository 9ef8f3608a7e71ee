import { type Finding, note, warning } from "../../shared/diagnostic.ts";
import type { PassRule, ServerConfig } from "../config/apache-config.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";

interface Pass {
  readonly rule: PassRule;
  readonly server: ServerConfig;
  /** Front path. */
  readonly path: string;
  /** Path in the target URL. */
  readonly back: string;
}

/** All prefix lines with a target, each once; those inside a <Location> too. */
function passes({ config }: Subject): readonly Pass[] {
  const seen = new Map<string, Pass>();
  for (const server of config.servers) {
    for (const rule of [...server.passRules, ...server.locations.map((l) => l.rule)]) {
      const key = `${rule.position.file}:${rule.position.line}`;
      if (rule.match.kind !== "prefix" || rule.target.kind === "none" || seen.has(key)) continue;
      seen.set(key, { rule, server, path: rule.match.path, back: rule.target.path });
    }
  }
  return [...seen.values()];
}

function each(test: (pass: Pass, subject: Subject) => Omit<Finding, "position"> | null) {
  return (subject: Subject): readonly Finding[] =>
    passes(subject).flatMap((pass) => {
      const found = test(pass, subject);
      return found === null ? [] : [{ ...found, position: pass.rule.position }];
    });
}

const missingSlash: Diagnostic = warning(
  "slash-missing-after-balancer",
  "the rest of the path is glued to the balancer's name because no slash stands between",
  each(({ rule, path, back }) => {
    if (rule.target.kind !== "balancer" || !path.endsWith("/") || back !== "") return null;
    const message = `${path}x becomes ${rule.url}x, a balancer that does not exist: everything but ${path} itself gets 500`;
    return { message, hint: `write ${rule.url}/` };
  }),
);

const slashMismatch: Diagnostic = warning(
  "slash-mismatch",
  "front path and target URL do not both end with a slash, or both without",
  each(({ rule, path, back }) => {
    const bare = path.endsWith("/") && back !== "" && !back.endsWith("/");
    const double = !path.endsWith("/") && back.endsWith("/");
    if (!bare && !double) return null;
    const seen = `${back}${bare ? "a" : "/a"}`;
    const message = `${path}${bare ? "a" : "/a"} is asked for as ${seen} at the backend: the rest of the path is glued on as it is`;
    const hint = bare
      ? `write ${rule.url}/, or ${path.slice(0, -1) || "/"}`
      : `write ${path}/, or ${rule.url.replace(/\/$/, "")}`;
    return { message, hint };
  }),
);

const reverseMissing: Diagnostic = note(
  "proxypassreverse-missing",
  "without ProxyPassReverse the client sees the backend's own address in redirects",
  each(({ rule, server, path }) => {
    if (server.reverse.some((r) => r.path.startsWith(path) || path.startsWith(r.path))) return null;
    const message = `no ProxyPassReverse for ${path}: redirects of the application send clients to the backend's own address`;
    return { message, hint: `add ProxyPassReverse ${path} ${rule.url}` };
  }),
);

const reverseElsewhere: Diagnostic = warning(
  "proxypassreverse-differs",
  "ProxyPassReverse names another URL than the ProxyPass of the same path",
  each(({ rule, server, path }) => {
    const same = server.reverse.filter((r) => r.path === path);
    const [first] = same;
    const equal = (url: string) => url.toLowerCase().replace(/\/$/, "") === rule.url.toLowerCase().replace(/\/$/, "");
    const direct = same.some((r) => equal(r.url) || /^https?:/i.test(r.url));
    if (first === undefined || direct) return null;
    const message = `ProxyPassReverse ${path} names ${first.url}, ProxyPass leads to ${rule.url}: redirects are not rewritten`;
    return { message, hint: `write ProxyPassReverse ${path} ${rule.url}` };
  }),
);

const cookiePath: Diagnostic = warning(
  "cookie-path-not-rewritten",
  "session cookies keep the backend's path, so the browser never sends them back",
  each(({ rule, server, path, back }, { config }) => {
    const { target } = rule;
    if (target.kind !== "balancer") return null;
    const balancer = config.balancers.find((b) => b.name === target.balancer);
    const [front, inner] = [path.replace(/\/$/, ""), back.replace(/\/$/, "")];
    if (balancer === undefined || balancer.stickySession === null || inner === "" || front === inner) return null;
    if (`${front}/`.startsWith(`${inner}/`) || server.cookieRewrites.some((r) => r.attribute === "path")) return null;
    const message = `cookies of ${inner} reach the browser with Path=${inner}, which it does not send for ${front || "/"}: sessions of ${balancer.name} are lost`;
    return { message, hint: `add ProxyPassReverseCookiePath ${inner} ${front || "/"}` };
  }),
);

const WEBSOCKET_PATH = /(?:^|\/)(?:wss?|websockets?|socket\.io|sockjs|cable|signalr)(?:\/|$)/i;

const upgradeMissing: Diagnostic = warning(
  "upgrade-missing",
  "a path that looks like WebSockets leads to members without upgrade=",
  each(({ rule, server, path, back }, { config }) => {
    const { target } = rule;
    const places = server.rewrite?.places.flatMap(({ rules }) => rules) ?? [];
    const rewritten = [...(server.rewrite?.rules ?? []), ...places];
    if (rewritten.some(({ proxy, output }) => proxy && /^wss?:/i.test(output ?? ""))) return null;
    if (target.kind === "none" || !(WEBSOCKET_PATH.test(path) || WEBSOCKET_PATH.test(back))) return null;
    const found = target.kind === "balancer" ? config.balancers.find((b) => b.name === target.balancer)?.members : null;
    const direct = target.kind === "worker" ? config.workers[target.worker] : undefined;
    const members = found ?? (direct === undefined ? [] : [direct]);
    const plain = members.find((m) => m.upgrade === null);
    if (plain === undefined) return null;
    const message = `${path} looks like WebSockets but ${plain.url} has no upgrade=: the Upgrade header is dropped`;
    return { message, hint: "add upgrade=websocket to the BalancerMember (or to a ProxyPass that leads to one URL)" };
  }),
);

/** Balancers that RewriteRules with P name; "" = one of them takes the name out of the request. */
function rewrittenTo({ balancers, rewrite }: ServerConfig): readonly string[] {
  const rules = [...(rewrite?.rules ?? []), ...(rewrite?.places.flatMap((place) => place.rules) ?? [])];
  const outputs = rules.flatMap(({ proxy, output }) => (proxy ? [output ?? ""] : []));
  return outputs.flatMap((output) => {
    const name = /^balancer:\/\/([^/?]*)/i.exec(output)?.[1]?.toLowerCase();
    if (name === undefined) return [];
    return /[$%]/.test(name.replace(/\$\d$/, "")) ? [""] : [balancers[name.replace(/\$\d$/, "")] ?? name];
  });
}

const unused: Diagnostic = note("balancer-not-reached", "no ProxyPass leads to this balancer", ({ config }) => {
  const rules = config.servers.flatMap((s) => [...s.passRules, ...s.locations.map((l) => l.rule)]);
  const named = rules.flatMap((r) => (r.target.kind === "balancer" ? [r.target.balancer] : []));
  const used = new Set([...named, ...config.servers.flatMap(rewrittenTo)]);
  const dynamic = used.has("") || rules.some((r) => r.match.kind === "regex" && r.url.includes("$"));
  return config.balancers
    .filter((b) => !used.has(b.name) && !dynamic)
    .map((b) => ({
      message: `no ProxyPass and no RewriteRule leads to balancer ${b.name}`,
      hint: null,
      position: b.position,
    }));
});

export const PROXY_PASS_URLS: readonly Diagnostic[] = [
  missingSlash,
  slashMismatch,
  reverseMissing,
  reverseElsewhere,
  cookiePath,
  upgradeMissing,
  unused,
];
