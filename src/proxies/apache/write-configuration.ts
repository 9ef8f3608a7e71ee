import type {
  BalancingIntent,
  GroupIntent,
  SiteIntent,
  WrittenConfiguration,
} from "../../contract/balancing-intent.ts";
import { beginConversion } from "../shared/begin-conversion.ts";
import type { ConfigurationText } from "../shared/configuration-text.ts";
import { stickyCookie } from "../shared/sticky-cookie.ts";
import { inQuotes } from "./conversion/in-quotes.ts";
import { lbmethodOf, writeBalancer } from "./conversion/write-balancer.ts";
import { writePasses } from "./conversion/write-passes.ts";

/** The nearest httpd.conf (Apache httpd 2.4 with mod_proxy_balancer) to an intent (spec/apache.md). */
export function writeHttpdConf(intent: BalancingIntent): WrittenConfiguration {
  const text = beginConversion(intent, "Apache httpd");
  const { sites, mostClients } = intent;
  text.comment(0, `Needs these modules: ${modulesOf(intent).join(", ")}.`);
  if (mostClients !== null)
    text.remark(
      0,
      "client-limit",
      `${mostClients} clients at once: MaxRequestWorkers counts requests in progress, one thread each; it is left to the server's own configuration`,
      null,
    );
  const ports = [
    ...new Set(
      sites.flatMap(({ listens }) =>
        listens.map(({ host, port }) => (host === "" ? String(port) : `${addressOf(host)}:${port}`)),
      ),
    ),
  ];
  text.comment(0, "Drop the Listen lines that another file has already.");
  for (const port of ports) text.line(0, `Listen ${port}`);
  text.line(0, "");
  for (const site of sites)
    for (const tls of [false, true]) {
      // SSLEngine holds for a whole virtual host.
      const listens = site.listens.filter((listen) => listen.tls === tls);
      if (listens.length > 0) writeHost({ ...site, listens }, intent, text);
    }
  return text.written();
}

function addressOf(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function modulesOf({ groups, sites }: BalancingIntent): readonly string[] {
  const methods = [...new Set(groups.map((group) => `lbmethod_${lbmethodOf(group.election)}`))];
  const extra = [
    groups.some(({ members }) => members.some(({ check }) => check !== null)) ? ["proxy_hcheck", "watchdog"] : [],
    groups.some(({ headers, stickiness }) => headers.length > 0 || stickyCookie(stickiness) !== null)
      ? ["headers"]
      : [],
    groups.some(({ tls }) => tls) || sites.some(({ listens }) => listens.some(({ tls }) => tls)) ? ["ssl"] : [],
  ];
  return ["proxy", "proxy_http", "proxy_balancer", ...methods, "slotmem_shm", ...extra.flat()];
}

function writeHost(site: SiteIntent, { groups, sites }: BalancingIntent, text: ConfigurationText): void {
  const { listens, names, routes } = site;
  const used = groups.filter(({ name }) => routes.some(({ to }) => to.kind === "group" && to.group === name));
  const addresses = listens.map(({ host, port }) => `${host === "" ? "*" : addressOf(host)}:${port}`);
  text.line(0, `<VirtualHost ${addresses.join(" ")}>`);
  const [first, ...others] = names;
  if (first !== undefined) text.line(1, `ServerName ${first.replace(/^\*\.?/, "")}`);
  const aliases = first?.startsWith("*") ? names : others;
  if (aliases.length > 0) text.line(1, `ServerAlias ${aliases.join(" ")}`);
  if (listens.some(({ tls }) => tls)) {
    text.remark(1, "certificate", "lbsim does not carry certificates over: name yours here", site.position);
    text.line(1, "SSLEngine on");
    text.line(1, "SSLCertificateFile /etc/ssl/certs/site.pem");
    text.line(1, "SSLCertificateKeyFile /etc/ssl/private/site.key");
  }
  if (used.some(({ tls }) => tls)) text.line(1, "SSLProxyEngine on");
  writeForwarding(used, text);
  for (const group of used) {
    const hosts = sites.filter((other) =>
      other.routes.some(({ to }) => to.kind === "group" && to.group === group.name),
    );
    if (hosts.length > 1)
      text.remark(
        1,
        "shared-state",
        "several virtual hosts use this balancer, and httpd keeps its counts and errors for each of them apart",
        group.position,
      );
    writeBalancer(group, text);
  }
  writePasses(site, groups, text);
  text.line(0, "</VirtualHost>");
  text.line(0, "");
}

/** What httpd says for a whole virtual host. */
function writeForwarding(groups: readonly GroupIntent[], text: ConfigurationText): void {
  const [first] = groups;
  if (first === undefined) return;
  if (groups.some(({ host, forwardedFor }) => host !== first.host || forwardedFor !== first.forwardedFor))
    text.remark(
      1,
      "host-header",
      "httpd has one rule for Host and X-Forwarded-For in a virtual host: that of the first group holds",
      first.position,
    );
  if (first.host === "of-group")
    text.remark(
      1,
      "host-header",
      "the source sends the upstream's name as Host; httpd sends each member its own",
      first.position,
    );
  if (first.host === "of-client") text.line(1, "ProxyPreserveHost On");
  if (!first.forwardedFor) text.line(1, "ProxyAddHeaders Off");
  const seen: string[] = [];
  for (const { headers, stickiness } of groups) {
    for (const { name, value } of headers) {
      const line =
        value === ""
          ? `RequestHeader unset ${name}`
          : `RequestHeader set ${name} ${typeof value === "string" ? inQuotes(value.replaceAll("%", "%%")) : factWords(value.fact)}`;
      if (!seen.includes(line)) text.line(1, line);
      seen.push(line);
    }
    const own = stickyCookie(stickiness);
    if (own === null) continue;
    const line = `Header add Set-Cookie "${own.cookie}=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED`;
    if (!seen.includes(line)) text.line(1, line);
    seen.push(line);
  }
}

function factWords(fact: "client-address" | "scheme" | "host"): string {
  const variable = { "client-address": "REMOTE_ADDR", scheme: "REQUEST_SCHEME", host: "HTTP_HOST" }[fact];
  return `expr=%{${variable}}`;
}
