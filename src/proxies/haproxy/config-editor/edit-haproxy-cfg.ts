import type { EditResult, SettingTarget } from "../../../contract/config-editor.ts";
import { refuseEdit, refuseManyWays } from "../../shared/refuse-edit.ts";
import type { HaproxyConfig } from "../config/haproxy-config.ts";
import { SERVER_WORDS } from "../config/server-words.ts";
import { similarWord } from "../config/similar-word.ts";
import { BACKEND_KEYS, setBackendKeyword } from "./set-backend-keyword.ts";
import { setServerParameter } from "./set-server-parameter.ts";

/**
 * Changes one thing in the text of a haproxy.cfg and leaves everything else byte for byte: `backend(NAME).balance`,
 * `server(BACKEND/NAME).weight`, `server.maxconn` for a keyword of `global`, or a bare key where one thing can be meant.
 */
export function editHaproxyCfg(
  text: string,
  config: HaproxyConfig,
  target: SettingTarget,
  key: string,
  value: string,
): EditResult {
  if (/[\r\n\0]/.test(value)) return refuseEdit("wrong-value", "a value must stay on one line");
  if (target.kind === "server" && target.name === "") return setBackendKeyword(text, "global", key, value);
  if (target.kind === "server" || target.kind === "member") return serverEdit(text, config, target.name, key, value);
  if (target.kind === "backend" || target.kind === "balancer" || target.kind === "upstream") {
    const known = config.backends.map(({ name }) => name);
    if (known.includes(target.name)) return backendEdit(text, target.name, key, value);
    const near = similarWord(target.name, known);
    const hint = near === null ? `backends: ${known.join(", ")}` : `did you mean "${near}"?`;
    return refuseEdit("unknown-setting", `there is no backend "${target.name}"`, hint);
  }
  if (target.kind !== "any") {
    return refuseEdit(
      "unknown-setting",
      `HAProxy has no ${target.kind}`,
      `write backend(NAME).${key} or server(NAME).${key}`,
    );
  }
  return bareKey(text, config, key, value);
}

function backendEdit(text: string, name: string, key: string, value: string): EditResult {
  if (!isBackendKey(key)) {
    const near = similarWord(key, BACKEND_KEYS);
    const hint = near === null ? `settings of a backend: ${BACKEND_KEYS.join(", ")}` : `did you mean "${near}"?`;
    return refuseEdit("unknown-setting", `"${key}" is not a setting of a backend`, hint);
  }
  return setBackendKeyword(text, `backend ${name}`, key, value);
}

function isBackendKey(key: string): boolean {
  return BACKEND_KEYS.includes(key) || key.startsWith("timeout-");
}

function serverEdit(text: string, config: HaproxyConfig, name: string, key: string, value: string): EditResult {
  if (!SERVER_WORDS.has(key)) {
    const near = similarWord(key, [...SERVER_WORDS.keys()]);
    const hint = near === null ? null : `did you mean "${near}"?`;
    return refuseEdit("unknown-setting", `"${key}" is not a parameter of a server`, hint);
  }
  const all = config.backends.flatMap((backend) =>
    backend.servers.map((server) => ({
      title: `${backend.name}/${server.name}`,
      names: [server.name, `${backend.name}/${server.name}`, server.address, `${backend.name}/${server.address}`],
      backend: backend.name,
      server,
    })),
  );
  const found = all.filter(({ names }) => names.includes(name));
  const [only, second] = found;
  if (only === undefined) {
    const titles = all.map(({ title }) => title);
    const near = similarWord(
      name,
      all.flatMap(({ names }) => names),
    );
    const hint = near === null ? `servers: ${titles.join(", ")}` : `did you mean "${near}"?`;
    return refuseEdit("unknown-setting", `there is no server "${name}"`, hint);
  }
  if (second !== undefined) {
    const ways = found.map(({ title }) => `server(${title}).${key}`);
    return refuseEdit(
      "ambiguous-setting",
      `"${name}" can mean ${found.length} servers`,
      `write one of: ${ways.join(", ")}`,
    );
  }
  if (only.server.fromTemplate) {
    return refuseEdit(
      "unknown-setting",
      `"${name}" comes from a server-template`,
      "write it as a server line of its own",
    );
  }
  return setServerParameter(text, only.backend, only.server.name, key, value);
}

function bareKey(text: string, config: HaproxyConfig, key: string, value: string): EditResult {
  const backends = config.backends.filter(({ servers }) => servers.length > 0);
  const servers = backends.flatMap(({ name, servers: own }) => own.map((server) => `${name}/${server.name}`));
  const ways = isBackendKey(key)
    ? backends.map(({ name }) => `backend(${name}).${key}`)
    : SERVER_WORDS.has(key)
      ? servers.map((name) => `server(${name}).${key}`)
      : null;
  if (ways === null) {
    const near = similarWord(key, [...BACKEND_KEYS, ...SERVER_WORDS.keys()]);
    const hint = near === null ? "write backend(NAME).KEY or server(NAME).KEY" : `did you mean "${near}"?`;
    return refuseEdit("unknown-setting", `"${key}" is not a setting of a backend or server`, hint);
  }
  if (ways.length === 0) return refuseEdit("unknown-setting", `the configuration has nothing that could have "${key}"`);
  if (ways.length > 1) return refuseManyWays(key, ways);
  if (isBackendKey(key)) return backendEdit(text, backends[0]?.name ?? "", key, value);
  return serverEdit(text, config, servers[0] ?? "", key, value);
}
