import type { Finding } from "../../shared/diagnostic.ts";
import { note, warning } from "../../shared/diagnostic.ts";
import type { ServerConfig } from "../config/apache-config.ts";
import type { RewriteRuleConfig } from "../config/rewrite-config.ts";
import { Expansion } from "../rewrite/expansion.ts";
import { schemeLength } from "../rewrite/target-url.ts";
import { matchPrefix } from "../url-path.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";

/** Servers in which rules act or would, each with its rules. */
function rewritten({
  config,
}: Subject): readonly { readonly server: ServerConfig; rules: readonly RewriteRuleConfig[] }[] {
  return config.servers.flatMap((server) => (server.rewrite === null ? [] : [{ server, rules: server.rewrite.rules }]));
}

const engineOff: Diagnostic = warning(
  "rewrite-engine-off",
  "RewriteRules without RewriteEngine On do nothing",
  (subject) =>
    rewritten(subject).flatMap(({ server, rules }) => {
      const said = server.sections.some(({ rewrites }) => rewrites === true);
      if (server.rewrite?.isOn === true || said || rules.length === 0) return [];
      const message = "RewriteEngine is off here: this rule and those behind it never act";
      return { message, hint: "write RewriteEngine On in the same server", position: rules[0]?.position ?? null };
    }),
);

const notInherited: Diagnostic = warning(
  "rewrite-not-inherited",
  "RewriteRules of the main server do not act in virtual hosts",
  ({ config }) => {
    const [main, ...hosts] = config.servers;
    const own = main?.rewrite?.rules ?? [];
    const [first] = own;
    if (first === undefined || hosts.length === 0) return [];
    if (hosts.some((host) => host.rewrite?.rules.some((rule) => own.includes(rule)))) return [];
    const message = "a virtual host does not inherit RewriteRules: those of the main server act in none of them";
    const hint = "put the rules into the virtual host, or write RewriteOptions Inherit there";
    return [{ message, hint, position: first.position }];
  },
);

/** The path that a rule makes goes nowhere else: it has none of the flags that say so. */
function staysHere(rule: RewriteRuleConfig): boolean {
  const leaves = rule.proxy || rule.passThrough || rule.redirect > 0;
  return rule.output !== null && !leaves && schemeLength(rule.output) === 0;
}

function withoutPassThrough(server: ServerConfig, rules: readonly RewriteRuleConfig[]): readonly Finding[] {
  return rules.flatMap((rule, i) => {
    const output = new Expansion(rule.output ?? "");
    if (!staysHere(rule) || output.parts.every(({ kind }) => kind !== "group")) return [];
    const goesOn = !rule.last && rules.slice(i + 1).some(({ proxy, passThrough }) => proxy || passThrough);
    const pass = server.passRules.find(
      ({ match, target }) =>
        match.kind === "prefix" && target.kind !== "none" && matchPrefix(output.fixedStart, match.path) > 0,
    );
    if (goesOn || pass?.match.kind !== "prefix") return [];
    const message = `${rule.output} is looked for among the files of the server: ProxyPass ${pass.match.path} is not asked any more, clients get 404`;
    return [{ message, hint: "add the flag PT", position: rule.position }];
  });
}

const passThroughMissing: Diagnostic = warning(
  "rewrite-without-passthrough",
  "a path that a RewriteRule made does not reach ProxyPass without the flag PT",
  (subject) => rewritten(subject).flatMap(({ server, rules }) => withoutPassThrough(server, rules)),
);

const defaultWorker: Diagnostic = note(
  "rewrite-default-worker",
  "a RewriteRule with P leads to a URL that no worker is defined for: no connection is kept",
  ({ config }) => {
    const used = new Set(config.servers.flatMap(({ rewrite }) => Object.values(rewrite?.defaults ?? {})));
    return [...used].flatMap((index) => {
      const worker = config.workers[index];
      if (worker === undefined || worker.scheme.startsWith("ws")) return [];
      const message = `${worker.url} has no worker of its own: every request opens a connection and closes it again`;
      const hint = `define one with <Proxy ${worker.url}> and ProxySet, or lead to a balancer`;
      return [{ message, hint, position: worker.position }];
    });
  },
);

export const REWRITING: readonly Diagnostic[] = [engineOff, notInherited, passThroughMissing, defaultWorker];
