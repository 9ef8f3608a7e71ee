import { AccessRules } from "./access-rules.ts";
import type { ApacheConfig, ServerConfig } from "./config/apache-config.ts";
import type { PolicyConfig } from "./config/policy.ts";
import { EnvironmentRules, setFixed } from "./environment-rules.ts";
import { ErrorDocuments } from "./error-documents.ts";
import type { OwnPages } from "./error-pages.ts";
import type { Exchange } from "./exchange.ts";
import { RemoteIp } from "./remote-ip.ts";

/** What a server says about requests before a member is chosen. */
export class RequestPolicy {
  readonly errorDocuments: ErrorDocuments | null;
  private readonly early: EnvironmentRules | null;
  private readonly late: EnvironmentRules | null;
  private readonly access: AccessRules | null;
  /** Access of <Proxy> sections, asked before that of the others. */
  private readonly proxyAccess: ReadonlyMap<string, AccessRules>;
  private readonly fixed: Readonly<Record<string, string>> | null;
  private readonly remoteIp: RemoteIp | null;

  /**
   * @param policy what the server itself says
   * @param sections what the sections say that match, in the order in which they act
   */
  constructor(
    config: ApacheConfig,
    server: ServerConfig,
    policy: PolicyConfig | null,
    sections: readonly PolicyConfig[],
    pages: OwnPages,
  ) {
    const all = [...(policy === null ? [] : [policy]), ...sections];
    const documents = new Map(all.flatMap(({ errorDocuments }) => errorDocuments));
    const layers = all.flatMap(({ access }) => access);
    this.early = policy === null || policy.environment.length === 0 ? null : new EnvironmentRules(policy.environment);
    const more = sections.flatMap(({ environment }) => environment);
    this.late = more.length === 0 ? null : new EnvironmentRules(more);
    const fixed = Object.assign({}, ...all.map((each) => each.fixed)) as Record<string, string>;
    this.fixed = Object.keys(fixed).length === 0 ? null : fixed;
    this.errorDocuments = documents.size === 0 ? null : new ErrorDocuments(documents, pages, config.localFiles);
    this.access = layers.length === 0 ? null : new AccessRules(layers);
    const everywhere = server.proxyAccess.filter(({ balancer }) => balancer === null).map(({ access }) => access);
    this.proxyAccess = new Map(
      server.proxyAccess.map(({ balancer, access }) => [
        balancer ?? "",
        new AccessRules([...(balancer === null ? [] : everywhere), access, ...layers]),
      ]),
    );
    this.remoteIp = server.remoteIp === null ? null : new RemoteIp(server.remoteIp.header, server.remoteIp.trusted);
  }

  /** Before anything is looked for: whose request it is, and SetEnvIf of the server. */
  begin(exchange: Exchange): void {
    this.remoteIp?.act(exchange);
    this.early?.act(exchange);
  }

  /** Once it is known where the request goes: variables of its sections, and whether it is let in. */
  admits(exchange: Exchange): boolean {
    this.late?.act(exchange);
    const rules = this.accessTo(exchange);
    if (rules !== null && !rules.admits(exchange)) return false;
    if (this.fixed !== null) setFixed(exchange, this.fixed);
    return true;
  }

  private accessTo({ balancer }: Exchange): AccessRules | null {
    if (this.proxyAccess.size === 0 || balancer === null) return this.access;
    const name = balancer.name.replace(/@.*$/, "");
    return this.proxyAccess.get(name) ?? this.proxyAccess.get("") ?? this.access;
  }

  /** SetEnvIf … no-proxy: ProxyPass does not act on this request (proxy_trans of mod_proxy.c). */
  avoidsProxy(exchange: Exchange): boolean {
    return this.early !== null && exchange.env("no-proxy") !== null;
  }
}

/** Null: the server says nothing of the kind. */
export function requestPolicy(config: ApacheConfig, server: ServerConfig, pages: OwnPages): RequestPolicy | null {
  const { policy, proxyAccess, remoteIp } = server;
  if (policy === null && proxyAccess.length === 0 && remoteIp === null) return null;
  return new RequestPolicy(config, server, policy, [], pages);
}
