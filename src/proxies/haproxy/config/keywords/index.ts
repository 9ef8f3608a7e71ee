import type { Args } from "../args.ts";
import type { ProxyDraft } from "../drafts.ts";
import type { Reader } from "../reader.ts";
import { similarWord } from "../similar-word.ts";
import { passOverSamples } from "../unmodelled-samples.ts";
import { balance, hashBalanceFactor, hashType } from "./balance.ts";
import { bind } from "./bind.ts";
import { httpCheckRule, tcpCheckRule } from "./check-options.ts";
import { cookie, dynamicCookieKey } from "./cookie.ts";
import { errorFile, errorFiles, errorLocation } from "./error-pages.ts";
import { httpAfterResponse, httpRequest, httpResponse, redirect } from "./http-rules.ts";
import type { Keyword } from "./keyword.ts";
import { backlog, disabled, fullconn, httpReuse, maxconn, mode, monitorUri, retries, retryOn } from "./limits.ts";
import { option, setLogFormat } from "./options.ts";
import { removedKeyword } from "./removed.ts";
import { acl, defaultBackend, monitor, persistRule, useBackend, useServer } from "./routing.ts";
import { defaultServer, server, serverTemplate } from "./server-line.ts";
import { stick, stickTable } from "./stick.ts";
import { oldTimeout, rateLimit, timeout } from "./timeouts.ts";

const log: Keyword = (reader, args, proxy) => {
  if (args.modifier === "no") proxy.settings.hasLog = false;
  else if (args.at(1) !== "global" && args.at(2) === "") {
    reader.alert(args, "log : expects <address> and <facility> or global as arguments");
    return;
  } else proxy.settings.hasLog = args.at(1) === "global" ? reader.global.defaultLog : true;
  reader.passOver("ignored", "log", args.position());
};

const logFormat: Keyword = (reader, args, proxy) => {
  if (args.at(1) === "") reader.alert(args, `${args.keyword} expects an argument.`);
  else if (args.at(2) !== "") {
    reader.alert(args, `${args.keyword} expects only one argument, don't forget to escape spaces!`, 2);
  } else if (args.keyword === "log-format") setLogFormat(reader, args, proxy, "log-format", "log-format");
  else reader.passOver("ignored", args.keyword, args.position());
};

const ACTED_ON: ReadonlyMap<string, Keyword> = new Map([
  ["acl", acl],
  ["backlog", backlog],
  ["balance", balance],
  ["bind", bind],
  ["clitimeout", oldTimeout],
  ["contimeout", oldTimeout],
  ["cookie", cookie],
  ["default-server", defaultServer],
  ["default_backend", defaultBackend],
  ["disabled", disabled],
  ["dynamic-cookie-key", dynamicCookieKey],
  ["enabled", disabled],
  ["errorfile", errorFile],
  ["errorfiles", errorFiles],
  ["errorloc", errorLocation],
  ["errorloc302", errorLocation],
  ["errorloc303", errorLocation],
  ["error-log-format", logFormat],
  ["force-persist", persistRule],
  ["fullconn", fullconn],
  ["hash-balance-factor", hashBalanceFactor],
  ["hash-type", hashType],
  ["http-after-response", httpAfterResponse],
  ["http-check", httpCheckRule],
  ["http-request", httpRequest],
  ["http-response", httpResponse],
  ["http-reuse", httpReuse],
  ["ignore-persist", persistRule],
  ["log", log],
  ["log-format", logFormat],
  ["log-format-sd", logFormat],
  ["maxconn", maxconn],
  ["mode", mode],
  ["monitor", monitor],
  ["monitor-uri", monitorUri],
  ["option", option],
  ["rate-limit", rateLimit],
  ["redirect", redirect],
  ["retries", retries],
  ["retry-on", retryOn],
  ["server", server],
  ["server-template", serverTemplate],
  ["srvtimeout", oldTimeout],
  ["stick", stick],
  ["stick-table", stickTable],
  ["tcp-check", tcpCheckRule],
  ["timeout", timeout],
  ["use-server", useServer],
  ["use_backend", useBackend],
]);

/** Without effect on balancing. */
const IGNORED =
  `bind-process capture clitcpka-cnt clitcpka-idle clitcpka-intvl compression declare description email-alert
  id load-server-state-from-file log-tag max-session-srv-conns server-state-file-name source srvtcpka-cnt
  srvtcpka-idle srvtcpka-intvl stats unique-id-format unique-id-header http-send-name-header external-check`.split(
    /\s+/,
  );
/** Changes results in life, not here. */
const UNMODELLED = `dispatch filter http-error max-keep-alive-queue persist tcp-request tcp-response transparent
  use-fcgi-app`.split(/\s+/);

/** Carries out one line of a proxy section. */
export function proxyKeyword(reader: Reader, args: Args, proxy: ProxyDraft): void {
  const name = args.keyword;
  const keyword = ACTED_ON.get(name) ?? removedKeyword(name);
  passOverSamples(reader, args);
  if (keyword !== null) keyword(reader, args, proxy);
  else if (IGNORED.includes(name)) reader.passOver("ignored", name, args.position());
  else if (UNMODELLED.includes(name)) reader.passOver("unmodelled", name, args.position());
  else {
    const best = similarWord(name, [...IGNORED, ...UNMODELLED, ...ACTED_ON.keys(), "listen", "frontend", "backend"]);
    const meant = best === null ? "" : `; did you mean '${best}' maybe ?`;
    reader.alert(args, `unknown keyword '${name}' in '${proxy.kind}' section${meant}`);
  }
}
