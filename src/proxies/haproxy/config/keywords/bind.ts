import type { Args } from "../args.ts";
import type { ProxyDraft } from "../drafts.ts";
import type { BindConfig } from "../haproxy-config.ts";
import { leadingInteger } from "../number-values.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";
import { isBrokenAddress } from "../server-address.ts";
import { similarWord } from "../similar-word.ts";
import type { Keyword } from "./keyword.ts";

/** Words of a `bind` line that take a value, and those that don't (`haproxy -dKcfg`, 2.6.12). */
const WITH_VALUE = `backlog expose-fd gid group id interface level maxconn mode mss name namespace nice process proto
  severity-output shards tcp-ut thread uid user accept-netscaler-cip alpn ca-file ca-ignore-err ca-sign-file
  ca-sign-pass ca-verify-file ciphers ciphersuites crl-file crt crt-ignore-err crt-list curves ecdhe npn ssl-max-ver
  ssl-min-ver tls-ticket-keys verify`.split(/\s+/);
const ALONE =
  `accept-proxy defer-accept tfo transparent v4v6 v6only ssl allow-0rtt force-sslv3 force-tlsv10 force-tlsv11
  force-tlsv12 force-tlsv13 generate-certificates no-ca-names no-sslv3 no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12
  no-tlsv13 prefer-client-ciphers strict-sni`.split(/\s+/);

type BindDraft = { -readonly [K in keyof BindConfig]: BindConfig[K] };

/** `bind ADDRESS[,…] …`. Source: HAProxy 2.6.12 src/cfgparse-listen.c, src/cfgparse.c str2listener. */
export const bind: Keyword = (reader, args, proxy) => {
  if (proxy.kind === "defaults") {
    reader.alert(args, `'${args.keyword}' not allowed in 'defaults' section.`);
    return;
  }
  reader.needs(args, proxy, "frontend");
  if (args.at(1) === "") {
    reader.alert(args, "'bind' expects {<path>|[addr1]:port1[-end1]}{,[addr]:port[-end]}... as arguments.");
    return;
  }
  let addresses: readonly { readonly text: string; readonly host: string; readonly port: number }[];
  try {
    addresses = args.at(1).split(",").flatMap(listenAddresses);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.alert(args, `'bind' : ${error.message}`, 1);
    return;
  }
  const shared = readWords(reader, args, proxy);
  if (shared === null || proxy.kind === "backend") return;
  for (const address of addresses) proxy.binds.push({ ...shared, ...address });
};

function listenAddresses(text: string): readonly { text: string; host: string; port: number }[] {
  const plain = text.replace(/^(?:ipv[46]@|tcp[46]?@)/, "");
  if (plain.startsWith("/") || /^(?:unix|abns|fd|sockpair)@/.test(plain)) return [{ text, host: plain, port: 0 }];
  const cut = plain.lastIndexOf(":");
  const isBare = cut < 0 || plain.slice(cut).includes("]");
  if (isBare) throw new Fault(`missing port specification in '${text}'`);
  const host = plain.slice(0, cut).replace(/^\[|\]$/g, "");
  const [low = "", high = low] = plain.slice(cut + 1).split("-");
  for (const port of [low, high]) {
    const wrong = /\D/.exec(port)?.[0];
    if (wrong !== undefined) throw new Fault(`invalid character '${wrong}' in port number '${port}' in '${text}'`);
    if (port === "") throw new Fault(`missing port specification in '${text}'`);
    if (Number(port) > 65535 || Number(port) === 0) throw new Fault(`invalid port '${port}'`);
  }
  if (isBrokenAddress(host)) throw new Fault(`invalid address: '${host}' in '${text}'`);
  const count = Math.max(0, Math.min(Number(high) - Number(low), 65535)) + 1;
  const anyHost = host === "*" ? "" : host;
  if (count === 1) return [{ text, host: anyHost, port: Number(low) }];
  return Array.from({ length: count }, (_, i) => ({
    text: `${plain.slice(0, cut)}:${Number(low) + i}`,
    host: anyHost,
    port: Number(low) + i,
  }));
}

function readWords(reader: Reader, args: Args, proxy: ProxyDraft): BindDraft | null {
  const draft: BindDraft = {
    text: "",
    host: "",
    port: 0,
    maxconn: null,
    backlog: null,
    ssl: false,
    acceptProxy: false,
    name: null,
    position: args.span(0),
  };
  const where = `'bind ${args.at(1)}' in section '${proxy.kind}'`;
  for (let i = 2; args.at(i) !== ""; i++) {
    const word = args.at(i);
    const value = args.at(i + 1);
    if (ALONE.includes(word)) {
      if (word === "ssl") draft.ssl = true;
      if (word === "accept-proxy") draft.acceptProxy = true;
      continue;
    }
    if (!WITH_VALUE.includes(word)) {
      const best = similarWord(word, [...WITH_VALUE, ...ALONE]);
      const meant = best === null ? "." : `; did you mean '${best}' maybe ?`;
      reader.alert(args, `${where}: unknown keyword '${word}'${meant}`, i);
      return null;
    }
    if (value === "") {
      reader.alert(args, `${where} : '${word}' : missing ${word === "name" ? "name" : "value"}`, i);
      return null;
    }
    if (word === "maxconn" || word === "backlog") {
      reader.checkNumber(args, i + 1, word);
      draft[word] = leadingInteger(value) > 0 ? leadingInteger(value) : null;
    } else if (word === "name") draft.name = value;
    i++;
  }
  return draft;
}
