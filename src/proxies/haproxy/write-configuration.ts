import type { BalancingIntent, WrittenConfiguration } from "../../contract/balancing-intent.ts";
import { beginConversion } from "../shared/begin-conversion.ts";
import { writeBackend } from "./conversion/write-backend.ts";
import { writeFrontends } from "./conversion/write-frontends.ts";

/** The nearest haproxy.cfg (HAProxy 2.6) to an intent (spec/haproxy.md). */
export function writeHaproxyCfg(intent: BalancingIntent): WrittenConfiguration {
  const text = beginConversion(intent, "HAProxy");
  if (intent.mostClients !== null) {
    text.line(0, "global");
    text.line(1, `maxconn ${intent.mostClients}`);
    text.line(0, "");
  }
  text.line(0, "defaults");
  text.line(1, "mode http");
  text.line(1, "timeout connect 5s");
  text.line(1, "timeout client 60s");
  text.line(1, "timeout server 60s");
  text.line(0, "");
  writeFrontends(intent, text);
  for (const group of intent.groups) writeBackend(group, intent, text);
  return text.written();
}
