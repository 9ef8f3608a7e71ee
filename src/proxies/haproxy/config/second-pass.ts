import { hasBackend, hasFrontend, type ProxyDraft, typeWord } from "./drafts.ts";
import { sourceOf } from "./keywords/stick.ts";
import type { Reader } from "./reader.ts";
import { Fault } from "./report.ts";
import type { Condition } from "./sample-expression.ts";
import { SAMPLE_FETCHES } from "./sample-fetches.ts";
import { parseFormat, parseSample, plainText } from "./sample-parser.ts";
import { checkAddresses, checkServers, duplicateNames, tracking } from "./server-checks.ts";

/**
 * What HAProxy looks at when all lines are read, in its order: names that lead nowhere, modes that don't fit, timeouts
 * that are missing. Source: HAProxy 2.6.12 src/cfgparse.c, check_config_validity.
 */
export function secondPass(reader: Reader): void {
  const { proxies, report } = reader;
  for (const proxy of proxies) {
    if (proxy.settings.disabled) continue;
    if (proxy.settings.mode === "tcp") needsHttp(reader, proxy);
    if (hasFrontend(proxy) && proxy.binds.length === 0) {
      const text = `has no 'bind' directive. Please declare it as a backend if this was intended.`;
      report.warn(`${typeWord(proxy)} '${proxy.name}' ${text}`, proxy.position);
    }
    healthCheckRules(reader, proxy);
    defaultBackends(reader, proxy);
    switching(reader, proxy);
    useServers(reader, proxy);
    sticking(reader, proxy);
    balanceHash(reader, proxy);
    references(reader, proxy);
    timeouts(reader, proxy);
    unusedTcpChecks(reader, proxy);
    duplicateNames(reader, proxy);
    tracking(reader, proxy);
    logging(reader, proxy);
    if (proxy.settings.mode === "tcp") ignoredInTcp(reader, proxy);
  }
  checkServers(reader);
  if (report.fatal === 0) checkAddresses(reader);
}

/** Source: src/proxy.c, proxy_cfg_ensure_no_http. */
function needsHttp(reader: Reader, proxy: ProxyDraft): void {
  const { settings } = proxy;
  const who = `${typeWord(proxy)} '${proxy.name}'`;
  if (settings.cookie !== null && hasBackend(proxy)) {
    reader.report.warn(`cookie will be ignored for ${who} (needs 'mode http').`, settings.cookie.position);
    settings.cookie = null;
  }
  if (["uri", "url_param", "hdr"].includes(settings.balance.method) && hasBackend(proxy)) {
    const text = "Layer 7 hash not possible for";
    reader.report.warn(
      `${text} ${who} (needs 'mode http'). Falling back to round robin.`,
      settings.balancePosition ?? proxy.position,
    );
    settings.balance = { method: "roundrobin" };
  }
}

function healthCheckRules(reader: Reader, proxy: ProxyDraft): void {
  const { settings } = proxy;
  const who = `${typeWord(proxy)} '${proxy.name}'`;
  if (!hasBackend(proxy)) return;
  if (settings.hasCheckRules && settings.checkKind !== "http") {
    reader.report.warn(
      `${who} uses http-check rules without 'option httpchk', so the rules are ignored.`,
      proxy.places.get("http-check") ?? proxy.position,
    );
  }
  if (settings.disableOn404 && settings.checkKind === "other") {
    reader.report.warn(`'disable-on-404' will be ignored for ${who} (requires 'option httpchk').`, proxy.position);
  }
}

function findBackend(reader: Reader, name: string): ProxyDraft | undefined {
  return reader.proxies.find((each) => each.name === name && hasBackend(each));
}

function leadsTo(reader: Reader, proxy: ProxyDraft, name: string, keyword: "default_backend" | "use_backend"): void {
  const { report } = reader;
  const target = findBackend(reader, name);
  const position =
    keyword === "default_backend"
      ? (proxy.settings.defaultBackend?.position ?? proxy.position)
      : (proxy.useBackend.find((rule) => rule.name === name)?.position ?? proxy.position);
  if (target === undefined) {
    report.alert(`Proxy '${proxy.name}': unable to find required ${keyword}: '${name}'.`, position);
  } else if (target === proxy) {
    report.alert(`Proxy '${proxy.name}': loop detected for ${keyword}: '${name}'.`, position);
  } else if (target.settings.mode !== proxy.settings.mode && proxy.settings.mode !== "tcp") {
    const as = keyword === "default_backend" ? "as its default backend" : "in a 'use_backend' rule";
    report.alert(`${described(proxy)} tries to use incompatible ${described(target)} ${as} (see 'mode').`, position);
  } else if (keyword === "default_backend" && proxy.servers.length > 0) {
    report.warn(
      `In proxy '${proxy.name}', the 'default_backend' rule always has precedence over the servers, which will never be used.`,
      position,
    );
  }
}

function described(proxy: ProxyDraft): string {
  const { file, line } = proxy.position;
  return `${proxy.settings.mode} ${typeWord(proxy)} '${proxy.name}' (${file}:${line})`;
}

function defaultBackends(reader: Reader, proxy: ProxyDraft): void {
  const chosen = proxy.settings.defaultBackend;
  if (chosen !== null) leadsTo(reader, proxy, chosen.name, "default_backend");
}

function switching(reader: Reader, proxy: ProxyDraft): void {
  for (const rule of proxy.useBackend) {
    const name = attemptFormat(rule.name, (says) =>
      reader.report.alert(
        `Parsing [${rule.here}]: failed to parse use_backend rule '${rule.name}' : ${says}.`,
        rule.position,
      ),
    );
    if (name !== null) leadsTo(reader, proxy, name, "use_backend");
  }
}

function useServers(reader: Reader, proxy: ProxyDraft): void {
  if (!hasBackend(proxy)) return;
  for (const rule of proxy.useServer) {
    const name = attemptFormat(rule.name, (says) =>
      reader.report.alert(
        `Parsing [${rule.here}]; use-server rule failed to parse log-format '${rule.name}' : ${says}.`,
        rule.position,
      ),
    );
    if (name === null || proxy.servers.some((each) => each.name === name)) continue;
    reader.report.alert(
      `${typeWord(proxy)} '${proxy.name}' : unable to find server '${name}' referenced in a 'use-server' rule.`,
      rule.position,
    );
  }
}

/** The name that a format always gives; null when it depends on the request or can't be read. */
function attemptFormat(text: string, refuse: (says: string) => void): string | null {
  try {
    return plainText(parseFormat(text));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const expression = /%(?:\{[^}]*\})?\[(.*)$/.exec(text)?.[1] ?? "";
    refuse(expression === "" ? error.message : `failed to parse sample expression <${expression}> : ${error.message}`);
    return null;
  }
}

function sticking(reader: Reader, proxy: ProxyDraft): void {
  if (!hasBackend(proxy)) return;
  for (const rule of proxy.stickRules) {
    const name = rule.table ?? proxy.name;
    if (reader.proxies.some((each) => each.name === name && each.stickTable !== null)) continue;
    const what = rule.kind === "match" ? "stick-table" : "store table";
    reader.report.alert(`Proxy '${proxy.name}': unable to find ${what} '${name}'.`, rule.position);
    // `stick on` is one match rule in HAProxy: its second half is not told again.
    if (rule.kind === "match") break;
  }
}

function balanceHash(reader: Reader, proxy: ProxyDraft): void {
  const text = proxy.settings.balanceHash;
  if (text === null || !hasBackend(proxy)) return;
  const { file, line } = proxy.position;
  const at = proxy.settings.balancePosition ?? proxy.position;
  const who = `${typeWord(proxy)} '${proxy.name}' [${file}:${line}]`;
  try {
    const sample = parseSample(text);
    const written = /^[\w.]+/.exec(text)?.[0] ?? "";
    if (SAMPLE_FETCHES.get(written)?.request === false) {
      reader.report.alert(
        `${who}: error detected while parsing 'balance hash' expression '${text}' which requires information from ${sourceOf(sample.fetch)}, which is not available here.`,
        at,
      );
    } else proxy.settings.balance = { method: "hash", sample };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.report.alert(`${who}: failed to parse 'balance hash' expression '${text}' in : ${error.message}.`, at);
  }
}

const BACKEND_ARGUMENT = ["nbsrv", "be_conn", "be_conn_free", "be_sess_rate", "connslots", "avg_queue", "queue"];

/** Backends that acls ask about must exist. Source: src/sample.c, smp_resolve_args. */
function references(reader: Reader, proxy: ProxyDraft): void {
  for (const tests of proxy.acls.values()) {
    for (const { sample, position } of tests) {
      const name = sample.args[0] ?? "";
      if (!BACKEND_ARGUMENT.includes(sample.fetch) || name === "" || findBackend(reader, name) !== undefined) continue;
      reader.report.alert(
        `parsing [${position.file}:${position.line}]: unable to find backend '${name}' referenced in arg 1 of ACL keyword '${sample.fetch}' in proxy '${proxy.name}'.`,
        position,
      );
    }
  }
}

function timeouts(reader: Reader, proxy: ProxyDraft): void {
  const { timeouts: set, mode } = proxy.settings;
  const has = (name: string): boolean => (set.get(name) ?? 0) > 0;
  const lacksClient = hasFrontend(proxy) && !has("client");
  const lacksServer = !has("server") && (mode === "http" || !has("tunnel"));
  const lacks = lacksClient || (hasBackend(proxy) && proxy.servers.length > 0 && (!has("connect") || lacksServer));
  if (!lacks) return;
  reader.report.warn(
    [
      `missing timeouts for ${typeWord(proxy)} '${proxy.name}'.`,
      "   | While not properly invalid, you will certainly encounter various problems",
      "   | with such a configuration. To fix this, please ensure that all following",
      "   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.",
    ].join("\n"),
    proxy.position,
  );
}

function unusedTcpChecks(reader: Reader, proxy: ProxyDraft): void {
  const at = proxy.places.get("tcp-check");
  if (at === undefined || proxy.places.has("option tcp-check") || !hasBackend(proxy)) return;
  const text = "uses tcp-check rules without 'option tcp-check', so the rules are ignored.";
  reader.report.warn(`${typeWord(proxy)} '${proxy.name}' ${text}`, at);
}

function logging(reader: Reader, proxy: ProxyDraft): void {
  const { logFormat, hasLog } = proxy.settings;
  if (logFormat === null || hasLog || !hasFrontend(proxy)) return;
  reader.report.warn(
    `log format ignored for ${typeWord(proxy)} '${proxy.name}' since it has no log address.`,
    proxy.position,
  );
}

function ignoredInTcp(reader: Reader, proxy: ProxyDraft): void {
  const who = `${typeWord(proxy)} '${proxy.name}'`;
  const rules: readonly (readonly [string, readonly { readonly condition: Condition | null }[]])[] = [
    ["http-request", proxy.requestRules],
    ["http-response", proxy.responseRules],
    ["http-after-response", proxy.afterResponseRules],
    ["redirect", proxy.redirects],
  ];
  for (const [name, list] of rules) {
    if (list.length === 0) continue;
    const plural = "rules ignored for";
    reader.report.warn(`'${name}' ${plural} ${who} as they require HTTP mode.`, proxy.position);
  }
  if (proxy.settings.forwardFor !== null) {
    reader.report.warn(`'option forwardfor' ignored for ${who} as it requires HTTP mode.`, proxy.position);
    proxy.settings.forwardFor = null;
  }
  for (const server of hasBackend(proxy) ? proxy.servers : []) {
    if (server.redir !== null) {
      reader.report.alert(`${who} : server cannot have cookie or redirect prefix in non-HTTP mode.`, server.position);
    }
    if (server.cookie !== null) {
      reader.report.warn(
        `${who} : ignoring cookie for server '${server.name}' as HTTP mode is disabled.`,
        server.position,
      );
    }
  }
}
