import { nodePosition } from "../directive-node.ts";
import type { Call } from "../directives/call.ts";
import { readWords } from "../words.ts";
import { type ArgumentCheck, always, atLeast, type CheckTable, firstWord, oneOf } from "./check.ts";

const invalid = (call: Call, word: string): string => `${call.known.name}: Invalid argument '${word}'`;
const notNegative = atLeast(0, invalid);
const seconds = atLeast(0, (call) => `${call.known.name}: invalid argument`);

const verify = oneOf(["none", "off", "optional", "require", "on", "optional_no_ca"], invalid);

/** The first word, then flags. */
function words(first: readonly string[], more: readonly string[]): ArgumentCheck {
  return (call) => {
    const [head = "", ...rest] = readWords(call.node.args).map(({ text }) => text);
    const known = first.includes(head.toLowerCase());
    const wrong = known ? rest.find((word) => !more.includes(word.toLowerCase())) : head;
    return wrong === undefined ? null : invalid(call, wrong);
  };
}

const PROTOCOLS = ["sslv3", "tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3", "all"];

/** SSLProtocol and SSLProxyProtocol (ssl_cmd_protocol_parse of ssl_engine_config.c). */
function protocols(call: Call): string | null {
  for (const { text } of readWords(call.node.args)) {
    const taken = text.startsWith("-");
    const word = text.replace(/^[+-]/, "");
    const lower = word.toLowerCase();
    if (taken && (lower === "sslv2" || lower === "sslv3")) continue;
    if (lower === "sslv2") return "SSLProtocol: SSLv2 is no longer supported";
    if (lower === "sslv3") return "SSLv3 not supported by this version of OpenSSL";
    if (!PROTOCOLS.includes(lower)) return `${call.known.name}: Illegal protocol '${word}'`;
  }
  return null;
}

const OPTIONS = [
  "stdenvvars",
  "exportcertdata",
  "fakebasicauth",
  "strictrequire",
  "optrenegotiate",
  "legacydnstringformat",
];

function options(call: Call): string | null {
  for (const { text } of readWords(call.node.args)) {
    const word = text.replace(/^[+-]/, "");
    if (!OPTIONS.includes(word.toLowerCase())) return `SSLOptions: Illegal option '${word}'`;
  }
  return null;
}

function cipherSuite(call: Call): string | null {
  const [first = ""] = call.words.map(({ text }) => text);
  return call.words.length < 2 || first === "SSL" || first === "TLSv1.3" ? null : `protocol '${first}' not supported`;
}

function randomSeed(call: Call): string | null {
  const [when = ""] = call.words.map(({ text }) => text);
  return ["startup", "connect"].includes(when.toLowerCase()) ? null : `SSLRandomSeed: invalid context: \`${when}'`;
}

function engine(call: Call): string | null {
  if (firstWord(call).toLowerCase() === "optional") {
    call.reader.warn("[ssl:notice] AH10510: 'SSLEngine optional' is no longer supported", nodePosition(call.node));
    return null;
  }
  return oneOf(["on", "off"], "Argument must be On or Off")(call);
}

/** The size behind a cache in shared memory. */
function sessionCache(call: Call): string | null {
  const size = /^shm(?:cb|ht)?:[^(]*\((.*)\)$/s.exec(firstWord(call))?.[1];
  if (size === undefined) return null;
  if (!/^\d+$/.test(size)) return "SSLSessionCache: Invalid argument: cache size not numerical";
  return Number(size) < 8192 ? "SSLSessionCache: Invalid argument: size has to be >= 8192 bytes" : null;
}

const crl = words(["none", "leaf", "chain"], ["no_crl_for_cert_ok"]);

/** Directives of mod_ssl that lbsim passes over (httpd 2.4.x: ssl_engine_config.c). */
export const TLS_CHECKS: CheckTable = {
  sslcarevocationcheck: crl,
  sslciphersuite: cipherSuite,
  sslengine: engine,
  ssllog: always("SSLLog directive is no longer supported - use ErrorLog."),
  sslloglevel: always("SSLLogLevel directive is no longer supported - use LogLevel."),
  sslocspenable: words(["on", "off", "leaf"], ["no_ocsp_for_cert_ok"]),
  sslocsprespondertimeout: seconds,
  sslocspresponsemaxage: seconds,
  sslocspresponsetimeskew: seconds,
  ssloptions: options,
  sslpassphrasedialog: (call) =>
    /^(?:builtin$|exec:|\|)/i.test(firstWord(call)) ? null : "SSLPassPhraseDialog: Invalid argument",
  sslprotocol: protocols,
  sslproxycarevocationcheck: crl,
  sslproxyciphersuite: cipherSuite,
  sslproxyprotocol: protocols,
  sslproxyverify: verify,
  sslproxyverifydepth: notNegative,
  sslrandomseed: randomSeed,
  sslsessioncache: sessionCache,
  sslsessioncachetimeout: atLeast(0, (call) => `${call.known.name}: Invalid argument`),
  sslstaplingerrorcachetimeout: seconds,
  sslstaplingrespondertimeout: seconds,
  sslstaplingresponsemaxage: seconds,
  sslstaplingresponsetimeskew: seconds,
  sslstaplingstandardcachetimeout: seconds,
  sslverifyclient: verify,
  sslverifydepth: notNegative,
  sslvhostsnipolicy: oneOf(
    ["secure", "strict", "authonly", "insecure"],
    (_call, word) => `Invalid SSLVhostSNIPolicy argument '${word}'`,
  ),
};
