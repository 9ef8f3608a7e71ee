import type { Call, Handler } from "../call.ts";
import { refuse } from "../conf-error.ts";
import { positionOf } from "../conf-node.ts";
import { canResolve, type ParsedAddress, parseAddress } from "../parse-address.ts";
import { NEWER_SERVER_PARAMETERS } from "../plus-directives.ts";
import { parseNumber, parseTime, parseTimeUs } from "../unit-values.ts";
import { SERVER_DEFAULTS, type ServerLine } from "../upstream-config.ts";

type Writable = { -readonly [K in keyof ServerLine]: ServerLine[K] };

/** Source: ngx_http_upstream_server, nginx 1.22.1; Plus parameters: spec/nginx-plus.md (e). */
const server: Handler = (call) => {
  const { node, args, upstream } = call;
  const [text = "", ...parameters] = args;
  const line: Writable = {
    text,
    addresses: [],
    ...SERVER_DEFAULTS,
    position: positionOf(node),
  };
  for (const [i, parameter] of parameters.entries()) {
    if (!readParameter(call, line, parameter, i + 2)) throw refuse(node, `invalid parameter "${parameter}"`, i + 2);
  }
  const address = parseAddress(text, { defaultPort: 80 });
  if (typeof address === "string") throw refuse(node, `${address} in upstream "${text}"`, 1);
  // With `resolve` (nginx 1.27.3) the name is looked up again and again while nginx runs, and may be unknown at the start.
  if (!line.resolve && !canResolve(address)) throw refuse(node, `host not found in upstream "${text}"`, 1);
  line.addresses = [addressText(address)];
  upstream?.servers.push(line);
  return undefined;
};

/** "host:port" as the machine lists it. */
export function addressText({ host, port, family }: ParsedAddress): string {
  if (family === "unix") return `unix:${host}`;
  return family === "ipv6" ? `[${host}]:${port}` : `${host}:${port}`;
}

function readParameter(call: Call, line: Writable, parameter: string, word: number): boolean {
  const equals = parameter.indexOf("=");
  const key = equals < 0 ? parameter : parameter.slice(0, equals);
  const value = equals < 0 ? null : parameter.slice(equals + 1);
  if (value === null) return readFlag(call, line, key, word);
  const number = parseNumber(value);
  if (key === "weight" && number !== null && number > 0) line.weight = number;
  else if (key === "max_conns" && number !== null) line.maxConns = number;
  else if (key === "max_fails" && number !== null) line.maxFails = number;
  else if (key === "fail_timeout" && parseTime(value, true) !== null) line.failTimeoutS = parseTime(value, true) ?? 0;
  else return readNewer(call, line, key, value, word);
  return true;
}

function readFlag(call: Call, line: Writable, key: string, word: number): boolean {
  if (key === "down") line.down = true;
  else if (key === "backup") {
    if (call.upstream?.refusesBackup) {
      throw refuse(call.node, `balancing method does not support parameter "backup"`, word);
    }
    line.backup = true;
  } else return readNewer(call, line, key, null, word);
  return true;
}

/** Parameters that nginx 1.22.1 refuses. */
function readNewer({ reader, node }: Call, line: Writable, key: string, value: string | null, word: number): boolean {
  const since = NEWER_SERVER_PARAMETERS[key];
  if (reader.isStrict || since === undefined) return false;
  if (key === "slow_start") {
    const timeUs = value === null ? null : parseTimeUs(value);
    if (timeUs === null) return false;
    line.slowStartUs = timeUs;
  } else if (key === "route" && value !== null) line.route = value;
  else if (key === "drain" && value === null) line.drain = true;
  else if (key === "resolve" && value === null) line.resolve = true;
  else if (key !== "service") return false;
  reader.newer(`server ${key}`, since, positionOf(node, word));
  return true;
}

export const UPSTREAM_SERVER: readonly (readonly [string, Handler])[] = [["server@U", server]];
