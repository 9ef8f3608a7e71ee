import { implicitUpstream } from "./assemble-upstreams.ts";
import { implicitName } from "./directives/proxy-pass.ts";
import type { LocationDraft } from "./drafts.ts";
import { parseAddress } from "./parse-address.ts";
import type { Template, VariableDefinition } from "./template.ts";
import type { UpstreamConfig } from "./upstream-config.ts";

/** More values than this a configuration is not searched for. */
const MOST_VALUES = 1024;
/** A variable made of variables made of variables. */
const DEEPEST = 4;

/**
 * Upstreams for addresses that `proxy_pass` can come to only by variables: `map … { default 10.0.0.1:8080; }` and
 * `proxy_pass http://$backend`. nginx takes an address as it is (a name would need a resolver) and gives the request a list of
 * this one peer (ngx_http_upstream_init_request, ngx_http_upstream_create_round_robin_peer), as an implicit upstream has.
 * Only values that stand in the file are known beforehand; an address out of the request itself is not.
 */
export function upstreamsOfVariables(
  locations: readonly LocationDraft[],
  variables: Readonly<Record<string, VariableDefinition>>,
  known: readonly UpstreamConfig[],
): readonly UpstreamConfig[] {
  const values = new PossibleValues(locations, variables);
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  const found: UpstreamConfig[] = [];
  for (const { proxyPass } of locations) {
    if (proxyPass?.kind !== "variable") continue;
    for (const url of values.ofTemplate(proxyPass.url, DEEPEST)) {
      const target = variableTarget(url);
      if (target === null || !target.isAddress || names.has(target.address)) continue;
      names.add(target.address);
      found.push(implicitUpstream(target.address, proxyPass.position));
    }
  }
  return found;
}

/** Where a URL made of variables leads; null when it is none that proxy_pass takes. */
export interface VariableTarget {
  /** As an upstream block would be called, lower case; null with a port. */
  readonly name: string | null;
  /** As an implicit upstream is called. */
  readonly address: string;
  readonly isAddress: boolean;
  /** $proxy_host: the default port of the scheme is left away (ngx_http_proxy_set_vars). */
  readonly host: string;
  /** "" = the request's own. */
  readonly uri: string;
}

/** Source: ngx_http_proxy_eval, nginx 1.22.1. */
export function variableTarget(url: string): VariableTarget | null {
  const scheme = /^https?:\/\//i.exec(url)?.[0].toLowerCase();
  if (scheme === undefined) return null;
  const defaultPort = scheme === "https://" ? 443 : 80;
  const parsed = parseAddress(url.slice(scheme.length), { defaultPort, takesUri: true });
  if (typeof parsed === "string") return null;
  const host = parsed.host.toLowerCase();
  const bracketed = parsed.family === "ipv6" ? `[${host}]` : host;
  return {
    name: parsed.noPort ? host : null,
    address: implicitName(host, parsed.port),
    isAddress: parsed.family === "ipv4" || parsed.family === "ipv6",
    host: parsed.noPort || parsed.port === defaultPort ? bracketed : `${bracketed}:${parsed.port}`,
    uri: parsed.uri.startsWith("?") ? `/${parsed.uri}` : parsed.uri,
  };
}

/** Texts that variables may have, as far as they stand in the file. */
class PossibleValues {
  private readonly variables: Readonly<Record<string, VariableDefinition>>;
  private readonly set = new Map<string, Template[]>();

  constructor(locations: readonly LocationDraft[], variables: Readonly<Record<string, VariableDefinition>>) {
    this.variables = variables;
    for (const { steps } of locations)
      for (const step of steps)
        if (step.kind === "set") this.set.set(step.name, [...(this.set.get(step.name) ?? []), step.value]);
  }

  ofTemplate({ parts }: Template, depth: number): readonly string[] {
    let texts: readonly string[] = [""];
    for (const part of parts) {
      const next = part.kind === "text" ? [part.text] : part.kind === "variable" ? this.of(part.name, depth) : [""];
      // What only the request knows is left out: of a host nothing is found then, of a URI nothing is missed.
      const known = next.length === 0 ? [""] : next;
      texts = [...new Set(texts.flatMap((text) => known.map((value) => text + value)))].slice(0, MOST_VALUES);
    }
    return texts;
  }

  private of(name: string, depth: number): readonly string[] {
    if (depth === 0) return [];
    const written = (this.set.get(name) ?? []).flatMap((value) => this.ofTemplate(value, depth - 1));
    const definition = Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
    return definition === undefined ? written : [...written, ...this.ofDefinition(definition, depth - 1)];
  }

  private ofDefinition(definition: VariableDefinition, depth: number): readonly string[] {
    if (definition.kind === "split_clients") return definition.parts.map(({ value }) => value);
    if (definition.kind === "geo")
      return [...definition.networks, ...definition.ranges].map(({ value }) => value).concat(definition.otherwise);
    const values = [
      ...Object.values(definition.exact),
      ...[...definition.wildcards, ...definition.regexes].map(({ value }) => value),
      definition.otherwise,
    ];
    return values.flatMap((value) => this.ofTemplate(value, depth));
  }
}
