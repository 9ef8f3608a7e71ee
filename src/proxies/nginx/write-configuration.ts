import type {
  BalancingIntent,
  GroupIntent,
  SiteIntent,
  WrittenConfiguration,
} from "../../contract/balancing-intent.ts";
import { beginConversion } from "../shared/begin-conversion.ts";
import type { ConfigurationText } from "../shared/configuration-text.ts";
import { writeLocations } from "./conversion/write-locations.ts";
import { writeStickyMaps } from "./conversion/write-sticky-maps.ts";
import { writeUpstreams } from "./conversion/write-upstreams.ts";

/** The nearest nginx.conf (nginx 1.22.1, open source) to an intent (spec/nginx.md). */
export function writeNginxConf(intent: BalancingIntent): WrittenConfiguration {
  const text = beginConversion(intent, "nginx");
  const { mostClients, groups, sites } = intent;
  text.line(0, "events {");
  if (mostClients !== null) {
    text.remark(
      1,
      "client-limit",
      `${mostClients} clients at once: worker_connections counts clients and members of each worker, so twice as many are needed in all`,
      null,
    );
    text.line(1, `worker_connections ${Math.max(512, mostClients * 2)};`);
  }
  text.line(0, "}");
  text.line(0, "");
  text.line(0, "http {");
  if (groups.some(({ upgrades }) => upgrades)) writeUpgradeMap(text);
  for (const group of groups) writeGroup(group, text);
  for (const site of sites) writeServer(site, intent, text);
  text.line(0, "}");
  return text.written();
}

/** Connection: upgrade for clients that ask for it, else none, so that kept connections stay open. */
function writeUpgradeMap(text: ConfigurationText): void {
  text.line(1, "map $http_upgrade $connection_upgrade {");
  text.line(2, "default upgrade;");
  text.line(2, "'' '';");
  text.line(1, "}");
  text.line(0, "");
}

function writeGroup(group: GroupIntent, text: ConfigurationText): void {
  writeUpstreams(group, text);
  writeStickyMaps(group, text);
}

function writeServer(site: SiteIntent, intent: BalancingIntent, text: ConfigurationText): void {
  const { listens, names, takesRest } = site;
  const shares = intent.sites.some(
    (other) => other !== site && other.listens.some(({ port }) => listens.some((listen) => listen.port === port)),
  );
  text.line(1, "server {");
  for (const { host, port, tls } of listens) {
    const address = host === "" ? String(port) : `${host.includes(":") ? `[${host}]` : host}:${port}`;
    text.line(2, `listen ${address}${tls ? " ssl" : ""}${takesRest && shares ? " default_server" : ""};`);
  }
  if (names.length > 0) text.line(2, `server_name ${names.join(" ")};`);
  if (listens.some(({ tls }) => tls)) {
    text.remark(2, "certificate", "lbsim does not carry certificates over: name yours here", site.position);
    text.line(2, "ssl_certificate /etc/ssl/certs/site.pem;");
    text.line(2, "ssl_certificate_key /etc/ssl/private/site.key;");
  }
  text.line(0, "");
  writeLocations(site, intent.groups, text);
  text.line(1, "}");
  text.line(0, "");
}
