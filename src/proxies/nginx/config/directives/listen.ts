import type { Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { type ConfNode, positionOf } from "../conf-node.ts";
import { canResolve, parseAddress } from "../parse-address.ts";
import { parseNumber, parseSize } from "../unit-values.ts";

/** Parameters of `listen` without a value; true = makes options of the socket that only one server may set. */
const FLAGS: Readonly<Record<string, boolean>> = {
  default_server: false,
  default: false,
  bind: true,
  deferred: true,
  reuseport: true,
  ssl: false,
  http2: false,
  proxy_protocol: false,
};

/** Source: ngx_http_core_listen, nginx 1.22.1. */
const listen: Handler = ({ node, args, server }) => {
  const [text = "", ...parameters] = args;
  const address = parseAddress(text, { defaultPort: 80, isListen: true });
  if (typeof address === "string") throw refuse(node, `${address} in "${text}" of the "listen" directive`, 1);
  // A listening address belongs to this machine; words that look like a mistyped port are none.
  const isWord = address.family === "name" && !address.host.includes(".") && address.host !== "localhost";
  if (isWord || !canResolve(address)) throw refuse(node, `host not found in "${text}" of the "listen" directive`, 1);
  for (const [i, parameter] of parameters.entries()) checkParameter(node, parameter, i + 2);
  const host =
    address.family === "unix" ? `unix:${address.host}` : address.family === "ipv6" ? `[${address.host}]` : address.host;
  server?.listens.push({
    text,
    address: host === "0.0.0.0" ? "*" : host,
    port: address.port,
    ssl: parameters.includes("ssl"),
    proxyProtocol: parameters.includes("proxy_protocol"),
    position: positionOf(node, 1),
  });
  return undefined;
};

function checkParameter(node: ConfNode, parameter: string, word: number): void {
  const equals = parameter.indexOf("=");
  const key = equals < 0 ? parameter : parameter.slice(0, equals);
  const value = equals < 0 ? null : parameter.slice(equals + 1);
  if (value === null) {
    if (!Object.hasOwn(FLAGS, key)) throw refuse(node, `invalid parameter "${parameter}"`, word);
    return;
  }
  const number = parseNumber(value);
  if (key === "backlog" && !number) throw refuse(node, `invalid backlog "${parameter}"`, word);
  if (key === "fastopen" && number === null) throw refuse(node, `invalid fastopen "${parameter}"`, word);
  if ((key === "rcvbuf" || key === "sndbuf") && parseSize(value) === null) {
    throw refuse(node, `invalid ${key} "${parameter}"`, word);
  }
  if (key === "ipv6only" && value !== "on" && value !== "off") {
    throw refuse(
      node,
      value.startsWith("o") ? `invalid ipv6only flags "${value}"` : `invalid parameter "${parameter}"`,
      word,
    );
  }
  if (key === "so_keepalive" && !/^(?:on|off|\d*[smh]?:\d*[smh]?:\d*|\d+[smh]?)$/.test(value)) {
    throw refuse(node, `invalid so_keepalive value: "${value}"`, word);
  }
  if (!["backlog", "fastopen", "rcvbuf", "sndbuf", "ipv6only", "so_keepalive", "accept_filter"].includes(key)) {
    throw refuse(node, `invalid parameter "${parameter}"`, word);
  }
}

/** Source: ngx_http_core_server_name, nginx 1.22.1. */
const serverName: Handler = ({ reader, node, args }) => {
  for (const [i, name] of args.entries()) {
    if ((name.startsWith("*") && (name.length < 3 || name[1] !== ".")) || name === ".") {
      throw refuse(node, `server name "${name}" is invalid`, i + 1);
    }
    if (name.includes("/")) reader.warn(node, `server name "${name}" has suspicious symbols`);
    if (name === "~") throw refuse(node, `empty regex in server name "${name}"`, i + 1);
    if (name.startsWith("~")) reader.regex(name.slice(1), /[A-Z]/.test(name), node, i + 1);
  }
  return undefined;
};

export const LISTEN: readonly (readonly [string, Handler])[] = [
  ["listen@S", listen],
  ["server_name", serverName],
];
