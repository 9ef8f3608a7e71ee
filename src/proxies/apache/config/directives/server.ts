import { nodePosition, wordPosition } from "../directive-node.ts";
import type { ServerDraft } from "../drafts.ts";
import { atoi, timeoutParameter } from "../unit-values.ts";
import { readWords } from "../words.ts";
import { type Call, type Handler, type HandlerTable, passOver, refuse } from "./call.ts";

const SECOND_US = 1_000_000;

type FlagName =
  | "keepAlive"
  | "preserveHost"
  | "addForwardedHeaders"
  | "sslProxyEngine"
  | "passInherit"
  | "balancerInherit";

/** An On/Off directive that lbsim keeps for whole servers. */
function flag(name: FlagName): Handler {
  return (call) => {
    if (call.context.reach === "part") {
      passOver(call, "unmodelled");
      return;
    }
    const server: ServerDraft = call.context.server;
    server[name] = call.words[0]?.text.toLowerCase() === "on";
  };
}

/** Inside <Proxy> it turns TLS on for these members alone; here for all of the server (README.md, Assumptions). */
function sslProxyEngine(call: Call): void {
  const isOn = call.words[0]?.text.toLowerCase() === "on";
  if (call.context.kind !== "proxy") flag("sslProxyEngine")(call);
  else if (isOn) call.context.server.sslProxyEngine = true;
}

/** Name and port; a scheme in front says nothing that bears on balancing. */
function serverName(call: Call): void {
  const { server } = call.context;
  const written = call.words[0]?.text ?? "";
  if (/[*?[]/.test(written)) {
    refuse(call, `Invalid ServerName "${written}" use ServerAlias to set multiple server names.`);
  }
  const [name = "", port] = written.replace(/^.*?:\/\//s, "").split(/:(.*)/s, 2);
  server.port = port === undefined ? 0 : atoi(port);
  if (port !== undefined && (server.port <= 0 || server.port > 65535)) {
    refuse(call, `The port number "${written}" is outside the appropriate range (i.e., 1..65535).`);
  }
  server.names.unshift(name);
}

function documentRoot(call: Call): void {
  call.context.server.documentRoot = call.words[0]?.text ?? "";
  passOver(call, "ignored");
}

function useCanonicalName(call: Call): void {
  const value = (call.words[0]?.text ?? "").toLowerCase();
  if (!["on", "off", "dns"].includes(value)) refuse(call, "parameter must be 'on', 'off', or 'dns'");
  if (call.context.reach === "server") call.context.server.canonicalName = value === "on";
  passOver(call, "ignored");
}

function serverAlias(call: Call): void {
  const { server } = call.context;
  if (server === call.reader.draft.servers[0]) refuse(call, "ServerAlias only used in <VirtualHost>");
  server.names.push(...readWords(call.node.args).map((word) => word.text));
}

/** Keeps the number as written: units behind it are cut off without a word. */
function recordSeconds(call: Call): void {
  const [word] = call.words;
  if (word === undefined) return;
  const { name } = call.known;
  const position = wordPosition(call.node, word);
  const use = { key: name.toLowerCase(), value: word.text, name: "", directive: name, position };
  call.reader.parameters.push({ ...use, owner: "server" });
}

function timeout(call: Call): void {
  recordSeconds(call);
  call.context.server.timeoutUs = atoi(call.words[0]?.text ?? "") * SECOND_US;
}

function proxyTimeout(call: Call): void {
  const seconds = atoi(call.words[0]?.text ?? "");
  if (seconds < 1) refuse(call, "Proxy Timeout must be at least 1 second.");
  recordSeconds(call);
  call.context.server.proxyTimeoutUs = seconds * SECOND_US;
}

function keepAliveTimeout(call: Call): void {
  const us = timeoutParameter(call.words[0]?.text ?? "", "s");
  if (us === null) refuse(call, "KeepAliveTimeout has wrong format");
  call.context.server.keepAliveTimeoutUs = us;
}

function maxKeepAliveRequests(call: Call): void {
  call.context.server.maxKeepAliveRequests = Math.max(0, atoi(call.words[0]?.text ?? ""));
}

function errorOverride(call: Call): void {
  const [first, ...codes] = call.words;
  const value = first?.text.toLowerCase();
  const complain = (text: string) => refuse(call, `ProxyErrorOverride${text}`);
  if (value !== "on" && value !== "off") complain(" first parameter must be one of: off | on");
  if (codes.length > 0 && value === "off") complain(": status codes must follow a value of 'on'");
  const numbers = codes.map((word) => {
    if (!/^\d/.test(word.text)) complain(": status codes to intercept must be numeric");
    const code = atoi(word.text);
    if (code < 400 || code > 599) {
      complain(": status codes to intercept must be valid HTTP Status Codes >=400 && <600");
    }
    return code;
  });
  const { reach, section, server } = call.context;
  if ((section === null && reach === "part") || (section?.guards.length ?? 0) > 0) passOver(call, "unmodelled");
  else (section ?? server).errorOverride = value === "on" ? numbers : null;
}

function preserveHost(call: Call): void {
  const { reach, section, server } = call.context;
  if ((section === null && reach === "part") || (section?.guards.length ?? 0) > 0) passOver(call, "unmodelled");
  else (section ?? server).preserveHost = call.words[0]?.text.toLowerCase() === "on";
}

function passInherit(call: Call): void {
  flag("passInherit")(call);
  if (call.context.server.passInherit === false) call.context.server.passInheritPosition = nodePosition(call.node);
}

function maxForwards(call: Call): void {
  const value = atoi(call.words[0]?.text ?? "");
  call.context.server.maxForwards = value < 0 ? -1 : value;
}

/** A value out of a fixed list that does not bear on balancing. */
function oneOf(name: string, values: readonly string[]): Handler {
  return (call) => {
    const value = call.words[0]?.text ?? "";
    const known = values.some((v) => v.toLowerCase() === value.toLowerCase());
    if (!known) refuse(call, `${name} must be one of: ${values.join(" | ")}`);
    passOver(call, "ignored");
  };
}

function balancerGrowth(call: Call): void {
  const value = atoi(call.words[0]?.text ?? "");
  if (value < 0 || value > 1000) refuse(call, "BalancerGrowth must be between 0 and 1000");
  passOver(call, "ignored");
}

/** ProxyIOBufferSize and ProxyReceiveBufferSize. */
function bufferSize(call: Call): void {
  const bytes = atoi(call.words[0]?.text ?? "");
  if (bytes < 512 && bytes !== 0) refuse(call, `${call.known.name} must be >= 512 bytes, or 0 for system default.`);
  passOver(call, "ignored");
}

export const SERVER: HandlerTable = [
  ["servername", serverName],
  ["serveralias", serverAlias],
  ["documentroot", documentRoot],
  ["usecanonicalname", useCanonicalName],
  ["timeout", timeout],
  ["proxytimeout", proxyTimeout],
  ["keepalive", flag("keepAlive")],
  ["keepalivetimeout", keepAliveTimeout],
  ["maxkeepaliverequests", maxKeepAliveRequests],
  ["proxypreservehost", preserveHost],
  ["proxyaddheaders", flag("addForwardedHeaders")],
  ["sslproxyengine", sslProxyEngine],
  ["proxypassinherit", passInherit],
  ["balancerinherit", flag("balancerInherit")],
  ["proxyerroroverride", errorOverride],
  ["proxymaxforwards", maxForwards],
  ["proxyvia", oneOf("ProxyVia", ["off", "on", "full", "block"])],
  ["proxystatus", oneOf("ProxyStatus", ["off", "on", "full"])],
  ["proxyiobuffersize", bufferSize],
  ["proxyreceivebuffersize", bufferSize],
  ["proxybadheader", oneOf("ProxyBadHeader", ["IsError", "Ignore", "StartBody"])],
  ["balancergrowth", balancerGrowth],
];
