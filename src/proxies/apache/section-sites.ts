import type { ApacheConfig } from "./config/apache-config.ts";
import type { PolicyConfig } from "./config/policy.ts";
import type { OwnPages } from "./error-pages.ts";
import { HeaderRules } from "./header-rules.ts";
import type { ReadyServer } from "./proxy-server.ts";
import { RequestPolicy } from "./request-policy.ts";

/**
 * A server as requests find it that <Location> sections match: each section adds its header directives after those of the
 * server, and its ProxyErrorOverride and ProxyPreserveHost count before what was said earlier (httpd: merge of per-directory settings in
 * ap_location_walk of request.c, merge_headers_config of mod_headers.c).
 */
export class SectionSites {
  private readonly base: ReadyServer;
  private readonly config: ApacheConfig;
  private readonly pages: OwnPages;
  private readonly byMatch = new Map<string, ReadyServer>();

  constructor(base: ReadyServer, config: ApacheConfig, pages: OwnPages) {
    this.base = base;
    this.config = config;
    this.pages = pages;
  }

  /** @param matching indexes of the sections that match, in the order in which they act, joined by commas */
  siteFor(matching: string): ReadyServer {
    let site = this.byMatch.get(matching);
    if (site === undefined) {
      site = this.merged(matching.split(",").map(Number));
      this.byMatch.set(matching, site);
    }
    return site;
  }

  private policyOf(sections: readonly PolicyConfig[]): RequestPolicy | null {
    const { config } = this.base;
    if (sections.length === 0) return this.base.policy;
    return new RequestPolicy(this.config, config, config.policy, sections, this.pages);
  }

  private merged(matching: readonly number[]): ReadyServer {
    const { base } = this;
    const sections = matching.flatMap((index) => base.config.sections[index] ?? []);
    const headers = [...base.config.headers, ...sections.flatMap((section) => section.headers)];
    const said = sections.findLast((section) => section.errorOverride !== undefined)?.errorOverride;
    const preserved = sections.findLast((section) => section.preserveHost !== undefined)?.preserveHost;
    return {
      ...base,
      config: {
        ...base.config,
        errorOverride: said === undefined ? base.config.errorOverride : said,
        preserveHost: preserved ?? base.config.preserveHost,
      },
      headers: headers.length === 0 ? null : new HeaderRules(headers),
      policy: this.policyOf(sections.flatMap(({ policy }) => policy ?? [])),
    };
  }
}
