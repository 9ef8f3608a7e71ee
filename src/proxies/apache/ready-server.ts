import type { RandomSource } from "../../contract/proxy-machine.ts";
import type { Balancer } from "./balancer.ts";
import type { ApacheConfig, ServerConfig } from "./config/apache-config.ts";
import type { OwnPages } from "./error-pages.ts";
import { HeaderRules } from "./header-rules.ts";
import type { ReadyServer } from "./proxy-server.ts";
import { Redirects } from "./redirects.ts";
import { requestPolicy } from "./request-policy.ts";
import { ReverseMapping } from "./reverse-mapping.ts";
import { Rewriting } from "./rewrite/rewriting.ts";
import { SectionSites } from "./section-sites.ts";
import type { UrlMapping } from "./url-mapping.ts";

/** A server of a configuration, made ready for requests: what it says nothing about is null. */
export function readyServer(
  config: ApacheConfig,
  index: number,
  balancers: ReadonlyMap<string, Balancer>,
  pages: OwnPages,
  mapping: UrlMapping,
  random: RandomSource,
): ReadyServer {
  const server = config.servers[index] as ServerConfig;
  const secure = server.addresses.some((address) => address.endsWith(":443"));
  const site: ReadyServer = {
    config: server,
    headers: server.headers.length === 0 ? null : new HeaderRules(server.headers),
    reverse:
      server.reverse.length === 0 && server.cookieRewrites.length === 0
        ? null
        : new ReverseMapping(server, index, secure ? "https" : "http", balancers),
    sections: null,
    rewriting: server.rewrite === null ? null : new Rewriting(config, index, mapping, pages, random),
    policy: requestPolicy(config, server, pages),
    redirects: server.redirects.length === 0 ? null : new Redirects(server.redirects, pages),
    name: server.names[0] ?? config.servers[0]?.names[0] ?? "localhost",
  };
  return server.sections.length === 0 ? site : { ...site, sections: new SectionSites(site, config, pages) };
}
