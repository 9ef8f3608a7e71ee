import type { EditResult, SettingTarget } from "../../../contract/config-editor.ts";
import { refuseEdit, refuseManyWays } from "../../shared/refuse-edit.ts";
import type { NginxConfig } from "../config/nginx-config.ts";
import { setDirective } from "./set-directive.ts";
import { SERVER_KEYS, setServerLine } from "./set-server-line.ts";
import { setUpstream, UPSTREAM_KEYS } from "./set-upstream.ts";

/**
 * Sets one value in the text of an nginx.conf and leaves everything else byte for byte: `upstream(NAME).method`,
 * `server(ADDRESS).weight` (or `member(…)`), `server.DIRECTIVE`.
 */
export function editNginxConf(
  text: string,
  config: NginxConfig,
  target: SettingTarget,
  key: string,
  value: string,
): EditResult {
  if (/[\r\n\0;{}]/.test(value) || value.includes("#")) {
    return refuseEdit(
      "wrong-value",
      "a value must stay within its directive",
      'leave out ";", "{", "}", "#" and line breaks',
    );
  }
  const { kind, name } = target;
  if (kind === "upstream" || kind === "balancer") return setUpstream(text, config, name, methodKey(key), value);
  if (kind === "member" || (kind === "server" && name !== "")) return setServerLine(text, config, name, key, value);
  // YAML reads true and false where nginx writes on and off.
  const written = value === "true" ? "on" : value === "false" ? "off" : value;
  if (kind === "server") return setDirective(text, config, key, written);
  return setBareKey(text, config, key, value);
}

/** `lbmethod` and `balance` are what other families call it. */
function methodKey(key: string): string {
  return key === "lbmethod" || key === "balance" ? "method" : key;
}

/** A key without target: allowed where only one upstream or server can be meant. */
function setBareKey(text: string, config: NginxConfig, key: string, value: string): EditResult {
  const blocks = config.upstreams.filter(({ implicit }) => !implicit);
  const servers = blocks.flatMap(({ name, servers: lines }) => lines.map((line) => `${name}/${line.text}`));
  const isServer = SERVER_KEYS.includes(key);
  if (!isServer && !UPSTREAM_KEYS.includes(methodKey(key))) {
    const hint = `upstream: ${UPSTREAM_KEYS.join(", ")}; server: ${SERVER_KEYS.join(", ")}; server.${key} for a directive`;
    return refuseEdit("unknown-setting", `"${key}" is not a setting of an upstream or server`, hint);
  }
  const ways = isServer
    ? servers.map((server) => `server(${server}).${key}`)
    : blocks.map(({ name }) => `upstream(${name}).${key}`);
  const [only, second] = ways;
  if (only === undefined)
    return refuseEdit("unknown-setting", `the configuration has nothing that could have "${key}"`);
  if (second !== undefined) return refuseManyWays(key, ways);
  if (isServer) return setServerLine(text, config, servers[0] ?? "", key, value);
  return setUpstream(text, config, blocks[0]?.name ?? "", methodKey(key), value);
}
