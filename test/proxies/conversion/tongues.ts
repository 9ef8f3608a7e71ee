import type { BalancingIntent, WrittenConfiguration } from "../../../src/contract/balancing-intent.ts";
import type { ProxyFacts } from "../../../src/contract/proxy-facts.ts";
import type { ReadHost, Reading } from "../../../src/contract/proxy-family.ts";
import { apacheIntent } from "../../../src/proxies/apache/balancing-intent.ts";
import { readHttpdConf } from "../../../src/proxies/apache/config/read-httpd-conf.ts";
import { proxyFactsOf as apacheFacts } from "../../../src/proxies/apache/proxy-facts.ts";
import { writeHttpdConf } from "../../../src/proxies/apache/write-configuration.ts";
import { caddyIntent } from "../../../src/proxies/caddy/balancing-intent.ts";
import { readCaddyfile } from "../../../src/proxies/caddy/config/read-caddyfile.ts";
import { proxyFactsOf as caddyFacts } from "../../../src/proxies/caddy/proxy-facts.ts";
import { writeCaddyfile } from "../../../src/proxies/caddy/write-configuration.ts";
import { haproxyIntent } from "../../../src/proxies/haproxy/balancing-intent.ts";
import { readHaproxyCfg } from "../../../src/proxies/haproxy/config/read-haproxy-cfg.ts";
import { proxyFactsOf as haproxyFacts } from "../../../src/proxies/haproxy/proxy-facts.ts";
import { writeHaproxyCfg } from "../../../src/proxies/haproxy/write-configuration.ts";
import { nginxIntent } from "../../../src/proxies/nginx/balancing-intent.ts";
import { readNginxConf } from "../../../src/proxies/nginx/config/read-nginx-conf.ts";
import { proxyFactsOf as nginxFacts } from "../../../src/proxies/nginx/proxy-facts.ts";
import { writeNginxConf } from "../../../src/proxies/nginx/write-configuration.ts";
import type { Source } from "./sources.ts";

const HOST: ReadHost = { load: () => null, list: () => [], env: { APACHE_LOG_DIR: "/var/log/apache2" } };

export type FamilyName = Source["family"];

/** What a family reads out of a text. */
export interface Understood {
  readonly intent: BalancingIntent;
  readonly facts: ProxyFacts;
  readonly unmodelled: readonly string[];
}

function understood<Config>(
  reading: Reading<Config>,
  intent: (config: Config) => BalancingIntent,
  facts: (config: Config) => ProxyFacts,
): Understood {
  if (reading.refusal !== null || reading.config === null)
    throw new RangeError(reading.refusal?.text ?? "no configuration");
  const unmodelled = reading.passedOver.filter(({ kind }) => kind === "unmodelled").map(({ directive }) => directive);
  return { intent: intent(reading.config), facts: facts(reading.config), unmodelled };
}

/** Reads a text as its family does. @throws RangeError with the program's own words when it refuses the text. */
export function read(family: FamilyName, text: string): Understood {
  switch (family) {
    case "apache":
      return understood(readHttpdConf("httpd.conf", text, HOST, {}), apacheIntent, apacheFacts);
    case "nginx":
      return understood(readNginxConf("nginx.conf", text, HOST, {}), nginxIntent, nginxFacts);
    case "haproxy":
      return understood(readHaproxyCfg("haproxy.cfg", text, HOST, {}), haproxyIntent, haproxyFacts);
    default:
      return understood(readCaddyfile("Caddyfile", text, HOST), caddyIntent, caddyFacts);
  }
}

export const WRITERS: Readonly<Record<FamilyName, (intent: BalancingIntent) => WrittenConfiguration>> = {
  apache: writeHttpdConf,
  nginx: writeNginxConf,
  haproxy: writeHaproxyCfg,
  caddy: writeCaddyfile,
};

export const NAMES: readonly FamilyName[] = ["apache", "nginx", "haproxy", "caddy"];

/** A text of one family as text of another. */
export function convertText(from: FamilyName, to: FamilyName, text: string): WrittenConfiguration {
  return WRITERS[to](read(from, text).intent);
}
