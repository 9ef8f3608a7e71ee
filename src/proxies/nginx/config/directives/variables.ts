import type { Call, Handler } from "../call.ts";
import { plainTemplate } from "../compile-template.ts";
import { refuse, refuseAtEnd } from "../conf-error.ts";
import { argumentsOf, type ConfNode, nameOf, positionOf } from "../conf-node.ts";
import { includedNodes } from "../includes.ts";
import { ipv4Octets } from "../parse-address.ts";
import { parseNetwork } from "../parse-network.ts";
import type { GeoVariable, MapVariable, SplitClientsVariable, Template } from "../template.ts";

type Entry = readonly [node: ConfNode, key: string, values: readonly string[]];

/** Lines of a map-like block, files of `include` put in. */
function* entriesOf(call: Call, nodes: readonly ConfNode[]): Generator<Entry> {
  for (const node of nodes) {
    if (node.error !== null) throw refuse(node, node.error);
    const [key, values] = [nameOf(node), argumentsOf(node)];
    if (key === "include" && values.length === 1) {
      yield* entriesOf(call, includedNodes(call.reader, node));
      call.reader.includeDepth--;
    } else yield [node, key, values];
  }
}

function variableName({ node, args }: Call, word: number): string {
  const name = args[word - 1] ?? "";
  if (!name.startsWith("$") || name.length < 2) throw refuse(node, `invalid variable name "${name}"`, word);
  return name.slice(1).toLowerCase();
}

/** Source: ngx_http_map_module.c, nginx 1.22.1. */
const map: Handler = (call) => {
  const { reader, node, args } = call;
  const input = reader.template(args[0] ?? "", node, 1);
  const name = variableName(call, 2);
  const exact: Record<string, Template> = {};
  const wildcards: { head: boolean; text: string; value: Template }[] = [];
  const regexes: MapVariable["regexes"][number][] = [];
  let otherwise: Template | null = null;
  let isHostnames = false;
  for (const [line, key, values] of entriesOf(call, node.children ?? [])) {
    if (values.length === 0 && (key === "hostnames" || key === "volatile")) {
      isHostnames ||= key === "hostnames";
      continue;
    }
    if (values.length !== 1) throw refuse(line, "invalid number of the map parameters");
    const value = reader.template(values[0] ?? "", line, 1);
    if (key === "default") {
      if (otherwise !== null) throw refuse(line, "duplicate default map parameter");
      otherwise = value;
    } else if (key.startsWith("~")) {
      const isCaseless = key.startsWith("~*");
      regexes.push({ regex: reader.regex(key.slice(isCaseless ? 2 : 1), isCaseless, line), value });
    } else {
      const text = key.replace(/^\\/, "").toLowerCase();
      const isHead = isHostnames && /^\*?\./.test(text);
      const isTaken = wildcards.some((each) => each.text === text.replace(/^\*/, "").replace(/\*$/, ""));
      if (isHostnames && isTaken) throw refuse(line, `conflicting parameter "${key}"`);
      if (isHead) wildcards.push({ head: true, text: text.replace(/^\*/, ""), value });
      else if (isHostnames && text.endsWith(".*")) wildcards.push({ head: false, text: text.slice(0, -1), value });
      // ngx_hash_add_key: a star stands for whole labels at the beginning or the end.
      const stars = isHostnames ? text.replace(/^\*(?=\.)/, "").replace(/\.\*$/, ".") : "";
      if (/\*|\.\.|\0/.test(stars) || (isHostnames && text.startsWith("*.") && text.endsWith(".*")))
        throw refuse(line, `invalid hostname or wildcard "${key.replace(/^\\/, "")}"`);
      if (isHead && text.startsWith("*")) continue;
      if (isHostnames && text.endsWith(".*")) continue;
      const plain = isHead ? text.slice(1) : text;
      if (Object.hasOwn(exact, plain)) throw refuse(line, `conflicting parameter "${key.replace(/^\\/, "")}"`);
      exact[plain] = value;
    }
  }
  const position = positionOf(node);
  const definition: MapVariable = {
    kind: "map",
    name,
    input,
    exact,
    wildcards,
    regexes,
    otherwise: otherwise ?? plainTemplate(""),
    position,
  };
  reader.draft.variables[name] = definition;
  return undefined;
};

/** Source: ngx_http_geo_module.c, nginx 1.22.1. */
const geo: Handler = (call) => {
  const { reader, node, args } = call;
  const input = args.length > 1 ? variableName(call, 1) : "remote_addr";
  const name = variableName(call, args.length);
  const networks: GeoVariable["networks"][number][] = [];
  const ranges: GeoVariable["ranges"][number][] = [];
  let otherwise: string | null = null;
  for (const [line, key, values] of entriesOf(call, node.children ?? [])) {
    if (values.length === 0 && (key === "ranges" || key === "proxy_recursive")) continue;
    const [value = ""] = values;
    if (values.length !== 1) throw refuse(line, "invalid number of the geo parameters");
    const bounds = key.split("-").map(ipv4Number);
    if (key === "default") {
      // One line about the IPv4 and one about the IPv6 addresses.
      for (let i = 0; i < 2 && otherwise !== null; i++) warnDuplicate(call, line, key, value, otherwise);
      otherwise = value;
    } else if (key === "proxy" || key === "delete") reader.passOver("unmodelled", line);
    else if (bounds.length === 2 && bounds[0] != null && bounds[1] != null) {
      ranges.push({ from: bounds[0], to: bounds[1], value });
    } else {
      const parsed = parseNetwork(key);
      if (parsed === null) throw refuse(line, `invalid network "${key}"`);
      if (parsed.hasLowBits) reader.warn(line, `low address bits of ${key} are meaningless`);
      const text = JSON.stringify(parsed.network);
      const before = networks.findIndex(({ network }) => JSON.stringify(network) === text);
      if (before >= 0) {
        warnDuplicate(call, line, key, value, networks[before]?.value ?? "");
        networks.splice(before, 1);
      }
      networks.push({ network: parsed.network, value });
    }
  }
  const position = positionOf(node);
  reader.draft.variables[name] = { kind: "geo", name, input, networks, ranges, otherwise: otherwise ?? "", position };
  return undefined;
};

/** The later value counts. */
function warnDuplicate({ reader }: Call, line: ConfNode, network: string, value: string, before: string): void {
  reader.warn(line, `duplicate network "${network}", value: "${value}", old value: "${before}"`);
}

function ipv4Number(text: string): number | null {
  const octets = ipv4Octets(text);
  return octets === null ? null : octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** Source: ngx_http_split_clients_module.c, nginx 1.22.1: parts of 2^32, added up in order. */
const splitClients: Handler = (call) => {
  const { reader, node, args } = call;
  const input = reader.template(args[0] ?? "", node, 1);
  const name = variableName(call, 2);
  const parts: { readonly share: number; readonly value: string }[] = [];
  for (const [line, key, values] of entriesOf(call, node.children ?? [])) {
    const share =
      key === "*" ? 0 : /^\d+(?:\.\d{1,2})?%$/.test(key) ? Math.round(Number.parseFloat(key) * 100) : Number.NaN;
    if (key !== "*" && !(share > 0)) throw refuse(line, `invalid percent value "${key}"`);
    parts.push({ share, value: values[0] ?? "" });
  }
  const definition: SplitClientsVariable = {
    kind: "split_clients",
    name,
    input,
    parts: withLimits(node, parts),
    position: positionOf(node),
  };
  reader.draft.variables[name] = definition;
  return undefined;
};

/** "*" takes all that is left, so nothing may follow it. */
function withLimits(
  node: ConfNode,
  parts: readonly { readonly share: number; readonly value: string }[],
): SplitClientsVariable["parts"] {
  let sum = 0;
  let last = 0;
  return parts.map(({ share, value }) => {
    sum = share === 0 ? 10_000 : sum + share;
    if (sum > 10_000) throw refuseAtEnd(node, "percent total is greater than 100%");
    last += Math.floor((share * 4_294_967_295) / 10_000);
    return { limit: share === 0 ? 4_294_967_296 : last, value };
  });
}

/** The variables of a log format must exist. */
const logFormat: Handler = ({ reader, node, args }) => {
  const [, ...texts] = args;
  for (const [i, text] of texts.entries()) if (!/^escape=/.test(text)) reader.template(text, node, i + 2);
  return undefined;
};

/** auth_request_set and the like make variables that have no value in the simulation. */
const otherVariable: Handler = ({ reader, args }) => {
  const name = args.find((arg) => arg.startsWith("$"));
  if (name !== undefined) reader.draft.madeVariables.add(name.slice(1).toLowerCase());
  return undefined;
};

export const VARIABLES: readonly (readonly [string, Handler])[] = [
  ["map", map],
  ["geo", geo],
  ["split_clients", splitClients],
  ["auth_request_set", otherVariable],
  ["log_format", logFormat],
];
