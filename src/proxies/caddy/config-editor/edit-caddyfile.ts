import type { EditResult, SettingTarget } from "../../../contract/config-editor.ts";
import type { Problem } from "../../../contract/problem.ts";
import { refuseEdit } from "../../shared/refuse-edit.ts";
import type { CaddyConfig, ReverseProxyConfig } from "../config/caddy-config.ts";

/** Subdirectives of reverse_proxy that a scenario may set. */
const KEYS: readonly string[] = [
  "lb_policy",
  "lb_retries",
  "lb_try_duration",
  "lb_try_interval",
  "fail_duration",
  "max_fails",
  "unhealthy_status",
  "unhealthy_latency",
  "unhealthy_request_count",
  "health_uri",
  "health_port",
  "health_interval",
  "health_timeout",
  "health_status",
];
const TRANSPORT_KEYS: readonly string[] = ["dial_timeout", "response_header_timeout", "read_timeout", "write_timeout"];

/** `lbmethod` is what other families call it; scenarios compare families with one word. */
const SYNONYMS: Readonly<Record<string, string>> = { lbmethod: "lb_policy", method: "lb_policy", balance: "lb_policy" };

/** Every word that a setting may have, for suggestions. */
export const SETTING_KEYS: readonly string[] = [...KEYS, ...TRANSPORT_KEYS, ...Object.keys(SYNONYMS)];

function refuse(message: string, hint: string | null): Problem {
  return refuseEdit("unknown-setting", message, hint);
}

/** Writes `reverse_proxy(NAME).KEY = value` into the text of a Caddyfile; everything else stays byte for byte. */
export function editCaddyfile(
  text: string,
  config: CaddyConfig,
  target: SettingTarget,
  key: string,
  value: string,
): EditResult {
  const name = Object.hasOwn(SYNONYMS, key) ? (SYNONYMS[key] as string) : key;
  if (!KEYS.includes(name) && !TRANSPORT_KEYS.includes(name)) {
    return refuse(
      `reverse_proxy has no "${key}" that can be set`,
      `one of: ${[...KEYS, ...TRANSPORT_KEYS].join(", ")}`,
    );
  }
  if (/[\n{}]/.test(value)) return refuse(`"${value}" can't stand in a Caddyfile`, null);
  if (target.kind === "server" || target.kind === "member")
    return refuse(`a ${target.kind} of Caddy has no settings`, `write reverse_proxy(NAME).${name}`);
  const proxy = proxyNamed(config, target);
  if ("code" in proxy) return proxy;
  if (proxy.position.file !== config.file)
    return refuse(`${proxy.name} is written in ${proxy.position.file}, not in ${config.file}`, "set it there");
  if (/^\s*\{\s*"/.test(text))
    return refuse("a JSON configuration can't be edited", "write a second configuration file");
  return { text: edited(text, lineOf(text, config, proxy), name, value) };
}

function proxyNamed(config: CaddyConfig, { kind, name }: SettingTarget): ReverseProxyConfig | Problem {
  const known = config.proxies.map((proxy) => proxy.name);
  if (kind === "any") {
    const [only, second] = config.proxies;
    if (only !== undefined && second === undefined) return only;
    return refuse(
      `which reverse_proxy? there are ${known.length}`,
      `write reverse_proxy(NAME).KEY with one of: ${known.join(", ")}`,
    );
  }
  const found = config.proxies.find((proxy) => proxy.name === name);
  return found ?? refuse(`no reverse_proxy is called "${name}"`, `known: ${known.join(", ")}`);
}

/** Line of the handler in a text that earlier settings may have made longer: the n-th `reverse_proxy` of the file. */
function lineOf(text: string, config: CaddyConfig, proxy: ReverseProxyConfig): number {
  const own = config.proxies
    .filter(({ position }) => position.file === config.file)
    .map(({ position }) => position.line);
  const rank = [...new Set(own)].sort((a, b) => a - b).indexOf(proxy.position.line);
  const lines = text.split("\n");
  const starts = lines.flatMap((line, i) => (/^\s*reverse_proxy\b/.test(line) ? [i] : []));
  return starts[rank] ?? proxy.position.line - 1;
}

function edited(text: string, start: number, key: string, value: string): string {
  const lines = text.split("\n");
  const first = lines[start] as string;
  const indent = `${/^\s*/.exec(first)?.[0] ?? ""}\t`;
  if (!/\{\s*(#.*)?$/.test(first)) {
    const inner = TRANSPORT_KEYS.includes(key)
      ? [`${indent}transport http {`, `${indent}\t${key} ${value}`, `${indent}}`]
      : [`${indent}${key} ${value}`];
    lines.splice(start, 1, `${first.trimEnd()} {`, ...inner, `${indent.slice(0, -1)}}`);
    return lines.join("\n");
  }
  const end = closingLine(lines, start);
  const written = lines.findIndex((line, i) => i > start && i < end && new RegExp(`^\\s*${key}(\\s|$)`).test(line));
  if (written > 0) {
    const before = /^\s*/.exec(lines[written] as string)?.[0] ?? "";
    lines[written] = `${before}${key} ${value}`;
    return lines.join("\n");
  }
  if (!TRANSPORT_KEYS.includes(key)) lines.splice(start + 1, 0, `${indent}${key} ${value}`);
  else {
    const transport = lines.findIndex((line, i) => i > start && i < end && /^\s*transport\s+http\s*\{/.test(line));
    if (transport > 0) lines.splice(transport + 1, 0, `${indent}\t${key} ${value}`);
    else lines.splice(start + 1, 0, `${indent}transport http {`, `${indent}\t${key} ${value}`, `${indent}}`);
  }
  return lines.join("\n");
}

/** Line of the brace that closes the block opened on a line. */
function closingLine(lines: readonly string[], start: number): number {
  let depth = 0;
  for (let i = start; i < lines.length; i++) {
    const line = (lines[i] as string).replace(/(^|\s)#.*$/, "");
    if (/\{\s*$/.test(line)) depth++;
    if (/^\s*\}/.test(line) && --depth === 0) return i;
  }
  return lines.length;
}
